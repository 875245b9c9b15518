/**
 * Somebody to stand at a paced machine: a customer by a script, for an ATM application under test.
 *
 * They know nothing of the application. They see what a person sees of the devices, and each step of
 * their script waits for what it answers:
 *
 *   type ◄── the keypad takes keys      take: cash ◄── notes at the open shutter
 *                                       take: receipt ◄── paper in the slot
 *
 * @module
 */
import * as z from "zod";
import { keyOfCharacter } from "../../../core/session/mod.ts";
import { milliseconds, seconds } from "../../../core/units.ts";
import { type DeviceMessage, isMessage, payloadOf } from "../../../core/xfs4iot/mod.ts";
import { ATTACK_SPECIES } from "../../../devices/camera/mod.ts";
import { personOf, POPULATION } from "../../people/mod.ts";
import { padKeySchema } from "../../plan/mod.ts";
import type { PacedMachine } from "./machine.ts";

const wait_s = z.number().min(0).max(3_600);

const NO_TEXT = "must be phone, id, pin, or the digits to type, in quotes";

const step = z.union([
  z.strictObject({
    /** The person's own `phone`, `id` or `pin`, or what to type; `enter` follows. */
    type: z.string().regex(/^(phone|id|pin|[0-9]{1,18}X?)$/, NO_TEXT),
  }),
  z.strictObject({ press: z.array(padKeySchema).min(1).max(64) }),
  z.strictObject({
    take: z.enum(["cash", "receipt"]),
    /** Notes that are taken; absent: all. */
    notes: z.number().int().min(1).max(1_000).optional(),
  }).refine((given) => given.notes === undefined || given.take === "cash", {
    message: "is for take: cash",
    path: ["notes"],
  }),
  z.strictObject({ wait_s }),
], { error: "must be one of type (text in quotes), press, take, wait_s" });

/** A customer as a file describes them. */
export const customerScriptSchema = z.strictObject({
  person: z.number().int().min(0).max(POPULATION - 1),
  distance_cm: z.number().min(20).max(150).default(45),
  attack: z.enum(ATTACK_SPECIES).nullable().default(null),
  /** From the moment the machine is on, or from their last goodbye, to their stepping up. */
  arrives_after_s: wait_s.default(1),
  does: z.array(step).max(100),
  /** Comes again and again, until the machine is switched off. */
  again: z.boolean().default(false),
});
export type CustomerScript = z.infer<typeof customerScriptSchema>;
type Step = z.infer<typeof step>;

/** From seeing something to the hand being there. */
const REACTION = milliseconds(800);

/** More keys than one hand ever has ahead of it. */
const BUSY_AT_MOST = seconds(60);

export class ScriptedCustomer {
  readonly #script: CustomerScript;
  readonly #machine: PacedMachine;
  #at = 0;
  #reacting = false;
  #here = false;
  /** What can be seen of the devices. */
  readonly #sees = { keys: false, cash: false, receipt: false };

  constructor(script: CustomerScript, machine: PacedMachine) {
    this.#script = script;
    this.#machine = machine;
    this.#arriveSoon();
  }

  /** Sees and hears what a device does. */
  hears(message: DeviceMessage): void {
    const { header } = message;
    switch (header.name) {
      case "Keyboard.EnterDataEvent":
        this.#sees.keys = true;
        break;
      case "Keyboard.DataEntry":
      case "Keyboard.PinEntry":
        if (header.type === "completion") this.#sees.keys = false;
        break;
      case "CashManagement.ItemsPresentedEvent":
        this.#sees.cash = true;
        break;
      case "CashManagement.ItemsTakenEvent":
        this.#sees.cash = false;
        break;
      case "CashManagement.Retract":
      case "CashManagement.Reset":
        // One that fails may leave in the slot what lay there.
        if (header.type === "completion") {
          this.#sees.cash &&= header.completionCode !== "success" && this.#machine.cashLies;
        }
        break;
      case "Printer.MediaPresentedEvent":
      case "Printer.MediaPresentedUnsolicitedEvent":
        this.#sees.receipt = true;
        break;
      case "Printer.MediaDetectedEvent":
        // Where a reset has put it, or found it.
        if (!isMessage(message, header.name, "unsolicited")) return;
        this.#sees.receipt = payloadOf(message, header.name, "unsolicited").position === "entering";
        break;
      case "Printer.RetractMedia":
        if (header.type !== "completion" || header.completionCode !== "success") return;
        this.#sees.receipt = false;
        break;
      case "Printer.MediaTakenEvent":
      case "Printer.MediaAutoRetractedEvent":
        this.#sees.receipt = false;
        break;
      default:
        return;
    }
    this.#react();
  }

  #arriveSoon(): void {
    this.#machine.later(seconds(this.#script.arrives_after_s), () => {
      const { person, distance_cm, attack } = this.#script;
      this.#machine.stand({ person, distance_cm, attack });
      this.#here = true;
      this.#at = 0;
      this.#react();
    });
  }

  /** Does the next step after a moment, if what it waits for is there. */
  #react(): void {
    if (!this.#here || this.#reacting) return;
    const next = this.#script.does[this.#at];
    if (next !== undefined && !this.#isReady(next)) return;
    this.#reacting = true;
    const pause = next !== undefined && "wait_s" in next ? seconds(next.wait_s) : REACTION;
    this.#machine.later(pause, () => {
      this.#reacting = false;
      if (next === undefined) return this.#go();
      if (this.#isReady(next)) {
        this.#does(next);
        this.#at++;
      }
      this.#react();
    });
  }

  #isReady(next: Step): boolean {
    if ("wait_s" in next) return true;
    if ("take" in next) return this.#sees[next.take];
    return this.#sees.keys;
  }

  #does(next: Step): void {
    const machine = this.#machine;
    if ("type" in next) {
      this.#sees.keys = false; // this entry is answered
      machine.press([...[...this.#text(next.type)].map(keyOfCharacter), "enter"], BUSY_AT_MOST);
    } else if ("press" in next) machine.press(next.press, BUSY_AT_MOST);
    else if ("take" in next && next.take === "cash") machine.takeCash(next.notes ?? "all");
    else if ("take" in next) machine.takeReceipt();
  }

  #text(what: string): string {
    const { phone, idNumber, pin } = personOf(this.#script.person);
    switch (what) {
      case "phone":
        return phone;
      case "id":
        return idNumber;
      case "pin":
        return pin;
      default:
        return what;
    }
  }

  #go(): void {
    this.#here = false;
    this.#machine.leave();
    if (this.#script.again) this.#arriveSoon();
  }
}
