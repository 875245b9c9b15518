/**
 * From a line of a trace to the event the core was told, with what the mask took away put back.
 *
 * The digits of a phone or identity number, and of an amount, are known to the plan: which key was the
 * customer's is told by `press` lines, what was on it by {@linkcode Typing}, and what the keypad made of
 * it by {@linkcode Keypad}.
 */
import type { FaceResult } from "../../core/face/mod.ts";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import {
  type Control,
  type DeviceName,
  type Page,
  type SessionEventBody,
} from "../../core/session/mod.ts";
import { micros } from "../../core/units.ts";
import { canonicalJson } from "../../core/json.ts";
import { type DeviceMessage, toBase64 } from "../../core/xfs4iot/mod.ts";
import { TOLD_AGAIN_AFTER } from "../../devices/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { TraceLine } from "../trace/mod.ts";
import { isCommanded, type Told } from "../world/mod.ts";
import { Keypad } from "./keypad.ts";
import { Typing } from "./typing.ts";

/** A digit that a trace does not tell. */
const DOT = "•";
/** What a trace tells of a PIN block. */
const PIN_BLOCK = /^\((8|16) bytes, encrypted\)$/;

/** The fault of the pad's service under which its events come twice. */
const TWICE = "G13 pinpad";

/** An event that comes once more: when, as the trace tells it, and what it says. */
interface Repeated {
  readonly at: number;
  readonly masked: string;
  readonly message: DeviceMessage;
}

type XfsLine = Extract<TraceLine, { type: "xfs" }>;

export class Unmasking {
  readonly #typing: Typing;
  readonly #keypad: Keypad;
  /** Keys that stand in the entry. */
  #entered: string[] = [];
  /** Whether the pad's events come twice, and those that will come once more. */
  #twice = false;
  #again: Repeated[] = [];

  /** `late`: whether the keypad is somewhere else, and tells its keys when it comes to it. */
  constructor(plan: Plan, late: boolean) {
    this.#keypad = new Keypad(plan.profile, late);
    this.#typing = new Typing(plan);
  }

  /** The event of a line, `null` for a line that is none, a sentence where it cannot be told. */
  eventOf(line: TraceLine, page: Page["page"]): SessionEventBody | null | string {
    this.#keypad.passTo(micros(line.t));
    switch (line.type) {
      case "fault":
        this.#keypad.fault(line.id, line.active);
        if (line.id === TWICE) this.#twice = line.active;
        return null;
      case "customer":
        if (line.does === "arrives") {
          this.#typing.arrives();
          this.#keypad.forget();
        }
        this.#onCustomer(line.detail?.key, line.t, page);
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
        // What lamps and power supply say, the core is not told.
        if (line.from !== "device" || !isCommanded(line.device as Told)) return null;
        const message = this.#told(line, line.message as unknown as DeviceMessage);
        if (message === null) return "what was typed is masked, and the plan does not tell it";
        return { type: "device", device: line.device as DeviceName, message };
      }
      default:
        return null;
    }
  }

  #onCustomer(key: unknown, t: number, page: Page["page"]): void {
    if (typeof key !== "string" || (page !== "enter_number" && page !== "enter_amount")) return;
    if (key !== DOT) {
      this.#typing.named(key);
      return this.#keypad.press(key);
    }
    const pressed = this.#typing.character(page, t);
    if (pressed !== undefined) this.#keypad.press(pressed);
  }

  /** What came before is the same once more: no key was pressed for it. */
  #told({ t, device }: XfsLine, message: DeviceMessage): DeviceMessage | null {
    if (device !== "pinpad") return this.#unmasked(message);
    const masked = canonicalJson(message);
    this.#again = this.#again.filter(({ at }) => at >= t);
    const before = this.#again.findIndex((each) => each.at === t && each.masked === masked);
    if (before >= 0) return this.#again.splice(before, 1)[0]?.message ?? null;
    const told = this.#unmasked(message);
    const { type } = message.header;
    const repeats = this.#twice && type !== "acknowledge" && type !== "completion";
    if (repeats && told !== null) {
      this.#again.push({ at: t + TOLD_AGAIN_AFTER, masked, message: told });
    }
    return told;
  }

  #unmasked(message: DeviceMessage): DeviceMessage | null {
    this.#follow(message);
    if (!("payload" in message) || message.payload === undefined) return message;
    const { header, payload } = message;
    switch (`${header.type} ${header.name}`) {
      case "completion PinPad.GetPinBlock":
        if (!("pinBlock" in payload)) return message;
        return {
          ...message,
          payload: { ...payload, pinBlock: blockFor(payload) },
        } as DeviceMessage;
      case "event Keyboard.KeyEvent":
        return this.#key(message, payload);
      case "completion Keyboard.DataEntry":
        return this.#entry(message, payload);
      default:
        return message;
    }
  }

  /** When the keypad takes keys, and when no more. */
  #follow({ header: { name, type } }: DeviceMessage): void {
    if (name === "Keyboard.EnterDataEvent") {
      this.#entered = [];
      this.#keypad.listens();
    }
    const entry = name === "Keyboard.DataEntry" || name === "Keyboard.PinEntry";
    if (entry && type === "completion") this.#keypad.rests();
  }

  #key(message: DeviceMessage, payload: object): DeviceMessage | null {
    const digit = "digit" in payload ? payload.digit : undefined;
    if (digit === "clear") this.#entered = [];
    if (digit === "backspace") this.#entered.pop();
    if (digit !== DOT) return message;
    const pressed = this.#keypad.take();
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

/** Stands for the bytes of a PIN block: the core hands them on, and the trace tells their number. */
function blockFor({ pinBlock }: { readonly pinBlock?: unknown }): string {
  const bytes = Number(PIN_BLOCK.exec(String(pinBlock))?.[1] ?? 0);
  return toBase64(new Uint8Array(bytes));
}

/** An account with zeros for what its mask hides: as long, and its mask is the same again. */
function withAccount(message: Iso8583Message): Iso8583Message {
  const account = message.fields[2];
  if (account === undefined) return message;
  return { ...message, fields: { ...message.fields, 2: account.replaceAll("*", "0") } };
}
