/**
 * Between the bytes of this network and its typed messages.
 *
 * Strict both ways: an element that this kind of message does not carry is refused, not ignored.
 * One of them could be DE 95, and a bank that overlooks "only a part was paid" gives back too much.
 */
import { type Fen, fen } from "../units.ts";
import { readAdditional, writeAdditional } from "./additional.ts";
import {
  packElements,
  type PlacedElements,
  type SecondBitmap,
  type Unpacked,
  unpackElements,
} from "./codec.ts";
import type { WireFormat } from "./elements.ts";
import { Iso8583Error, type WireProblem } from "./error.ts";
import {
  ENTRY_MODES,
  type Fields,
  type Iso8583Message,
  MTIS,
  NETWORK_CODES,
  NETWORK_MTIS,
  type NetworkFields,
  type NetworkMessage,
  PROCESSING_CODES,
  TRACE_NUMBER,
  TRANSMISSION_TIME,
  type WireMessage,
} from "./message.ts";

/** Every element of this network, present. */
type Values = Required<Fields & NetworkFields>;
type Element = keyof Values;
type Read<T> = { readonly ok: true; readonly value: T } | Refusal;
type Refusal = { readonly ok: false; readonly problem: string };
type Written = { readonly ok: true; readonly text: string } | Refusal;

/** How one element of the typed message is written and read. */
interface Converter<T> {
  write(value: T): Written;
  read(text: string): Read<T>;
}

/** Available balance: account type 00, amount type 02, currency 156, C or D, twelve digits. */
const BALANCE_HEAD = "0002156";
/** DE 90 ends in two institutions; this network has none. */
const NO_INSTITUTIONS = "0".repeat(22);
const AMOUNT_MAX = 999_999_999_999;

const CONVERTERS: { readonly [E in Element]: Converter<Values[E]> } = {
  2: text(/^[0-9]{1,19}$/, "it has 1 to 19 digits"),
  3: oneOf(PROCESSING_CODES),
  4: { write: writeAmount, read: readAmount },
  7: text(TRANSMISSION_TIME, "it is month, day and time of day: MMDDhhmmss"),
  11: text(TRACE_NUMBER, "it is 000001 to 999999"),
  12: digits(6),
  13: digits(4),
  18: oneOf(["6011"]),
  22: oneOf(ENTRY_MODES),
  37: text(/^[A-Za-z0-9 ]{12}$/, "it has twelve letters and digits"),
  38: text(/^[A-Za-z0-9 ]{6}$/, "it has six letters and digits"),
  39: text(/^[0-9A-Z]{2}$/, "it has two digits or letters"),
  41: text(/^[ -~]{8}$/, "it has eight characters"),
  48: { write: writeAdditional, read: readAdditional },
  49: oneOf(["156"]),
  // Which of the two a wire has, its codec knows.
  52: text(/^([0-9A-F]{16}){1,2}$/, "it has 8 or 16 bytes, in upper-case hexadecimal"),
  54: { write: writeBalance, read: readBalance },
  64: text(/^[0-9A-F]{16}$/, "it has 8 bytes, in upper-case hexadecimal"),
  70: oneOf(NETWORK_CODES),
  90: {
    write: (original) => {
      const problem = "it is MTI, trace number and time: 20 digits";
      return /^[0-9]{20}$/.test(original)
        ? { ok: true, text: original + NO_INSTITUTIONS }
        : { ok: false, problem };
    },
    read: (original) =>
      original.endsWith(NO_INSTITUTIONS)
        ? { ok: true, value: original.slice(0, 20) }
        : { ok: false, problem: "its institutions are 22 zeros in this network" },
  },
  128: text(/^[0-9A-F]{16}$/, "it has 8 bytes, in upper-case hexadecimal"),
};

/** What any message about a customer may carry. */
const COMMON = [2, 3, 4, 7, 11, 12, 13, 18, 22, 37, 41, 48, 49, 64, 128] as const;
/** A request asks: it brings no answer, no balance, and nothing that was asked before. */
const REQUEST = [...COMMON, 52] as const;
/** An advice or a reversal says how a host answered, in its own words; a PIN is never kept for one. */
const ADVICE = [...COMMON, 38, 39] as const;
const REVERSAL = [...ADVICE, 90] as const;
/** Hosts there are that answer with all that they were asked, the PIN block too. */
const ANSWER = [...REQUEST, 38, 39, 54] as const;
const NETWORK = [7, 11, 12, 13, 39, 41, 48, 70] as const;

const CARRIED: { readonly [M in WireMessage["mti"]]: readonly Element[] } = {
  "0100": REQUEST,
  "0110": ANSWER,
  "0120": ADVICE,
  "0121": ADVICE,
  "0130": ADVICE,
  "0200": REQUEST,
  "0210": ANSWER,
  "0420": REVERSAL,
  "0421": REVERSAL,
  "0430": REVERSAL,
  "0800": NETWORK,
  "0810": NETWORK,
};

/**
 * The bytes of a message.
 *
 * @param second what becomes of the second bitmap where nothing is above 64; left out unless told
 * @throws {Iso8583Error} naming the element that this network cannot carry
 */
export function pack(
  message: WireMessage,
  wire: WireFormat,
  second?: SecondBitmap,
): Uint8Array {
  const { mti, fields } = message;
  const values = new Map<number, string>();
  for (const element of Object.keys(fields).map(Number)) {
    const written = writeField(mti, element, fields);
    if (written === null) continue;
    if (!written.ok) {
      throw new Iso8583Error({ field: element, offset: -1, problem: written.problem });
    }
    values.set(element, written.text);
  }
  return packElements({ mti, values }, wire, second);
}

/** The message of these bytes. Never throws; what is wrong is named by element and place. */
export function unpack(bytes: Uint8Array, wire: WireFormat): Unpacked<WireMessage> {
  const unpacked = unpackElements(bytes, wire);
  return unpacked.ok ? messageOf(unpacked.message) : unpacked;
}

/** The typed message of these elements, which may say what this network does not. */
export function messageOf({ mti, values, offsets }: PlacedElements): Unpacked<WireMessage> {
  function refused(field: number, problem: string): { ok: false; error: WireProblem } {
    return { ok: false, error: { field, offset: offsets.get(field) ?? 0, problem } };
  }
  const known = MTIS.find((one) => one === mti);
  const network = NETWORK_MTIS.find((one) => one === mti);
  if (known === undefined && network === undefined) {
    return refused(0, "this network has no such message type");
  }
  const fields: Record<number, unknown> = {};
  for (const [number, text] of values) {
    if (!carries(mti, number)) return refused(number, `a message ${mti} does not carry it`);
    const read = CONVERTERS[number].read(text);
    if (!read.ok) return refused(number, read.problem);
    fields[number] = read.value;
  }
  // Every value came out of the converter of its own element: the types hold by construction.
  const message = { mti: known ?? network, fields } as Iso8583Message | NetworkMessage;
  return { ok: true, message };
}

export function isNetworkMessage(message: WireMessage): message is NetworkMessage {
  return NETWORK_MTIS.some((mti) => mti === message.mti);
}

/** The text of one element; `null` when the message has none. */
function writeField(mti: string, element: number, fields: Partial<Values>): Written | null {
  if (carries(mti, element)) return writeValue(element, fields);
  return { ok: false, problem: `a message ${mti} does not carry it` };
}

function writeValue<E extends Element>(element: E, fields: Partial<Values>): Written | null {
  const value = fields[element];
  return value === undefined ? null : CONVERTERS[element].write(value);
}

/** Whether an element belongs to this kind of message. */
function carries(mti: string, number: number): number is Element {
  if (!Object.hasOwn(CARRIED, mti)) return false;
  return CARRIED[mti as keyof typeof CARRIED].some((one) => one === number);
}

function text(pattern: RegExp, problem: string): Converter<string> {
  return {
    write: (value) => pattern.test(value) ? { ok: true, text: value } : { ok: false, problem },
    read: (value) => pattern.test(value) ? { ok: true, value } : { ok: false, problem },
  };
}

function digits(count: number): Converter<string> {
  return text(new RegExp(`^[0-9]{${count}}$`), `it has ${count} digits`);
}

function oneOf<T extends string>(values: readonly T[]): Converter<T> {
  const problem = `it is one of ${values.join(", ")} in this network`;
  function find(text: string): T | undefined {
    return values.find((one) => one === text);
  }
  return {
    write: (value) =>
      find(value) === undefined ? { ok: false, problem } : { ok: true, text: value },
    read: (text) => {
      const value = find(text);
      return value === undefined ? { ok: false, problem } : { ok: true, value };
    },
  };
}

function writeAmount(amount: Fen): Written {
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= AMOUNT_MAX
    ? { ok: true, text: String(amount).padStart(12, "0") }
    : { ok: false, problem: "it is a whole number of fen, 0 to 999,999,999,999" };
}

function readAmount(text: string): Read<Fen> {
  return /^[0-9]{12}$/.test(text)
    ? { ok: true, value: fen(Number(text)) }
    : { ok: false, problem: "it has twelve digits" };
}

function writeBalance(balance: Fen): Written {
  const amount = writeAmount(fen(Math.abs(balance)));
  if (!amount.ok) return amount;
  return { ok: true, text: BALANCE_HEAD + (balance < 0 ? "D" : "C") + amount.text };
}

function readBalance(text: string): Read<Fen> {
  const parts = /^0002156([CD])([0-9]{12})$/.exec(text);
  if (parts === null) return { ok: false, problem: "it is one available balance in yuan" };
  const amount = Number(parts[2]);
  if (parts[1] === "C") return { ok: true, value: fen(amount) };
  return amount === 0
    ? { ok: false, problem: "nothing is credit, not debit" }
    : { ok: true, value: fen(-amount) };
}
