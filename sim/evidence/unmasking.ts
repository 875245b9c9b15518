/**
 * From a line of a trace to the event the core was told, with what the mask took away put back.
 *
 * The digits of a phone or identity number, and of an amount, are known to the plan: which key was the
 * customer's is told by `press` lines, what was on it by the plan. A key event is of the key pressed last,
 * so a key that bounces counts twice here as it did there; somebody else's keypad tells its keys later,
 * and there each event is of the next key.
 */
import type { FaceResult } from "../../core/face/mod.ts";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import {
  type Control,
  type DeviceName,
  keyOfCharacter,
  type Page,
  type SessionEventBody,
} from "../../core/session/mod.ts";
import { type DeviceMessage, toBase64 } from "../../core/xfs4iot/mod.ts";
import { personOf } from "../people/mod.ts";
import { ownerOf, type Plan, type Visit } from "../plan/mod.ts";
import type { TraceLine } from "../trace/mod.ts";
import { sessionConfigOf, visitsOf } from "../world/mod.ts";

type Pages = Page["page"];

/** A digit that a trace does not tell. */
const DOT = "•";
/** Stands for the 16 bytes of a PIN block: the core hands them on, and the trace tells their number. */
const PIN_BLOCK = toBase64(new Uint8Array(16));

type Typed = Record<"enter_number" | "enter_amount", string[]>;

function typedBy({ scenario, profile }: Plan, { at_the_machine, customer }: Visit): Typed {
  const owner = personOf(ownerOf(scenario, at_the_machine).person);
  const known: Readonly<Record<string, string>> = { id: owner.idNumber, phone: owner.phone };
  const offered = sessionConfigOf(profile).amounts_yuan;
  const actions = customer.filter((action) => typeof action === "object");
  return {
    enter_number: actions.flatMap((each) =>
      "enter" in each ? [known[each.enter] ?? each.enter] : []
    ),
    enter_amount: actions.flatMap((each) =>
      // An amount that has a key of its own on the screen is touched, not typed.
      "amount_yuan" in each && !offered.includes(each.amount_yuan) ? [String(each.amount_yuan)] : []
    ),
  };
}

export class Unmasking {
  /** Who comes, one after another, and what each of them types on each page, entry by entry. */
  readonly #visitors: readonly Typed[];
  #at = 0;
  #arrived = 0;
  /** What is left of the entry under way. */
  #rest: string | null = null;
  /** Pressed, and not told yet; one's own keypad may tell the last key twice. */
  #pressed: string[] = [];
  /** Keys that stand in the entry. */
  #entered: string[] = [];

  /** Whether the keypad is somewhere else, and tells its keys when it comes to it. */
  readonly #late: boolean;

  constructor(plan: Plan, late: boolean) {
    this.#late = late;
    this.#visitors = visitsOf(plan.scenario).map((visit) => typedBy(plan, visit));
  }

  /** The event of a line, `null` for a line that is none, a sentence where it cannot be told. */
  eventOf(line: TraceLine, page: Pages): SessionEventBody | null | string {
    switch (line.type) {
      case "customer":
        if (line.does === "arrives") this.#onArrival();
        this.#onCustomer(line.detail?.key, page);
        return null;
      case "touch":
        return { type: "touch", control: line.control as Control };
      case "face_result":
        return { type: "face", result: line.result as unknown as FaceResult };
      case "host": {
        if (line.from !== "bank" || line.seen !== "received") return null;
        return { type: "host", message: withAccount(line.message as unknown as Iso8583Message) };
      }
      case "xfs": {
        if (line.from !== "device") return null;
        const message = this.#unmasked(line.message as unknown as DeviceMessage);
        if (message === null) return "what was typed is masked, and the plan does not tell it";
        return { type: "device", device: line.device as DeviceName, message };
      }
      default:
        return null;
    }
  }

  /** The next visitor begins their own entries; what the last one left undone is gone. */
  #onArrival(): void {
    if (this.#arrived++ === 0) return;
    this.#at++;
    this.#rest = null;
    this.#pressed = [];
  }

  #onCustomer(key: unknown, page: Pages): void {
    if (page !== "enter_number" && page !== "enter_amount") return;
    if (key === "enter") this.#rest = null;
    if (key !== DOT) return;
    this.#rest ??= this.#nextTyped(page);
    if (!this.#late) this.#pressed = [];
    if (this.#rest !== "") this.#pressed.push(keyOfCharacter(this.#rest.slice(0, 1)));
    this.#rest = this.#rest.slice(1);
  }

  #nextTyped(page: "enter_number" | "enter_amount"): string {
    return this.#visitors[this.#at]?.[page].shift() ?? "";
  }

  #unmasked(message: DeviceMessage): DeviceMessage | null {
    if (!("payload" in message) || message.payload === undefined) return message;
    const { header, payload } = message;
    switch (`${header.type} ${header.name}`) {
      case "completion PinPad.GetPinBlock":
        if (!("pinBlock" in payload)) return message;
        return { ...message, payload: { ...payload, pinBlock: PIN_BLOCK } } as DeviceMessage;
      case "event Keyboard.KeyEvent":
        return this.#key(message, payload);
      case "completion Keyboard.DataEntry":
        return this.#entry(message, payload);
      default:
        return message;
    }
  }

  #key(message: DeviceMessage, payload: object): DeviceMessage | null {
    const digit = "digit" in payload ? payload.digit : undefined;
    if (digit === "clear") this.#entered = [];
    if (digit === "backspace") this.#entered.pop();
    if (digit !== DOT) return message;
    const pressed = this.#late ? this.#pressed.shift() : this.#pressed[0];
    if (pressed === undefined) return null;
    this.#entered.push(pressed);
    return { ...message, payload: { ...payload, digit: pressed } } as DeviceMessage;
  }

  #entry(message: DeviceMessage, payload: object): DeviceMessage | null {
    const count = /^\((\d+) keys\)$/.exec(String("pinKeys" in payload ? payload.pinKeys : ""))?.[1];
    const digits = this.#entered;
    this.#entered = [];
    if (count === undefined) return message;
    // The key that ends an entry may be reported with it; it stands for no character.
    const ends = "completion" in payload ? String(payload.completion) : "enter";
    if (Number(count) < digits.length || Number(count) > digits.length + 1) return null;
    const pinKeys = [
      ...digits.map((digit) => ({ completion: "continue", digit })),
      ...(Number(count) > digits.length ? [{ completion: ends, digit: ends }] : []),
    ];
    return { ...message, payload: { ...payload, pinKeys } } as DeviceMessage;
  }
}

/** An account with zeros for what its mask hides: as long, and its mask is the same again. */
function withAccount(message: Iso8583Message): Iso8583Message {
  const account = message.fields[2];
  if (account === undefined) return message;
  return { ...message, fields: { ...message.fields, 2: account.replaceAll("*", "0") } };
}
