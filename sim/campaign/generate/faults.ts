/**
 * What breaks, and when. A run of the swarm switches whole classes of faults off, so that those left meet
 * each other more often than they would in an even mixture.
 */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import {
  BREAKABLE_DEVICES,
  type CatalogueEntry,
  EVERY_DEVICE,
  FAULT_CATALOGUE,
} from "../../faults/mod.ts";
import type { Fault } from "../../plan/mod.ts";

const CLASSES: readonly string[] = [...new Set(FAULT_CATALOGUE.map(({ id }) => classOf(id)))];

/** The class of a fault: camera C, keypad K, dispenser D … */
export function classOf(id: string): string {
  return id.slice(0, 1);
}

const BY_CLASS: ReadonlyMap<string, readonly CatalogueEntry[]> = new Map(
  CLASSES.map((name) => [name, FAULT_CATALOGUE.filter(({ id }) => classOf(id) === name)]),
);

const HOST_MESSAGES = [
  "0100",
  "0110",
  "0200",
  "0200",
  "0210",
  "0210",
  "0420",
  "0421",
  "0430",
] as const;

/** Commands at which a machine can break, those that move money more often. */
const COMMANDS = [
  "Camera.TakePicture",
  "Keyboard.DataEntry",
  "Keyboard.PinEntry",
  "PinPad.GetPinBlock",
  "CashDispenser.Denominate",
  "CashDispenser.Dispense",
  "CashDispenser.Dispense",
  "CashDispenser.Present",
  "CashDispenser.Present",
  "CashDispenser.Reject",
  "CashManagement.Retract",
  "Printer.PrintNative",
] as const;

const STATES = [
  "capturing",
  "assessing",
  "entering_number",
  "looking_up",
  "entering_pin",
  "checking_pin",
  "choosing_service",
  "authorising",
  "dispensing",
  "presenting",
  "cash_waiting",
  "retracting",
  "rejecting",
  "printing",
  "ending",
] as const;

/** What can break between a debit and the cash: line, dispenser, power. */
const MONEY_CLASSES = ["N", "D", "D", "E"] as const;
const MONEY_MESSAGES = ["0200", "0210", "0210", "0420", "0430"] as const;
const MONEY_COMMANDS = ["CashDispenser.Dispense", "CashDispenser.Present"] as const;
const MONEY_STATES = [
  "dispensing",
  "presenting",
  "cash_waiting",
  "retracting",
  "rejecting",
] as const;

/** The classes that are on in this run: each with even chance, at least one. */
function classesOn(stream: RandomStream): readonly string[] {
  const on = CLASSES.filter(() => stream.uniform() < 0.5);
  return on.length > 0 ? on : [stream.pick(CLASSES)];
}

/** Where faults strike: anywhere; or, `about_money`, while money is on its way, and then at least one. */
export function drawFaults(stream: RandomStream, most: number, about_money: boolean): Fault[] {
  const classes = about_money ? MONEY_CLASSES : classesOn(stream);
  const count = stream.integer(about_money ? 1 : 0, most);
  return Array.from({ length: count }, () => {
    const entries = BY_CLASS.get(stream.pick(classes)) ?? FAULT_CATALOGUE;
    const { id, device } = stream.pick(entries);
    const whose = device === EVERY_DEVICE ? { device: stream.pick(BREAKABLE_DEVICES) } : {};
    const when = about_money ? moneyTrigger(stream, id) : drawTrigger(stream, id);
    const lasts = stream.uniform() < 0.6 ? { for_s: stream.integer(1, 60) } : {};
    return { id, ...whose, when, ...lasts };
  });
}

function drawTrigger(stream: RandomStream, id: string): Fault["when"] {
  const dice = stream.uniform();
  const network = classOf(id) === "N";
  if (id === "E3" && dice < 0.6) return { cut_point: stream.integer(20, 420) };
  if (dice < (network ? 0.6 : 0.1)) {
    return { host_message: stream.pick(HOST_MESSAGES), nth: nth(stream) };
  }
  if (dice < 0.6) return { command: stream.pick(COMMANDS), nth: nth(stream) };
  if (dice < 0.85) return { state: stream.pick(STATES), nth: 1 };
  return { at_s: stream.integer(0, 600) / 10 };
}

/** From the bank's yes to the cash in a hand, and whatever has to be undone. */
function moneyTrigger(stream: RandomStream, id: string): Fault["when"] {
  const network = classOf(id) === "N";
  if (network) return { host_message: stream.pick(MONEY_MESSAGES), nth: nth(stream) };
  if (stream.uniform() < 0.7) return { command: stream.pick(MONEY_COMMANDS), nth: 1 };
  return { state: stream.pick(MONEY_STATES), nth: 1 };
}

function nth(stream: RandomStream): number {
  return stream.uniform() < 0.7 ? 1 : stream.integer(2, 4);
}
