/** Any message of this network, for property tests. */
import fc from "fast-check";
import type { AdditionalData, WireFormat, WireMessage } from "../../core/iso8583/mod.ts";
import { fen } from "../../core/units.ts";

/** Objects as everybody writes them, with all their keys or with any of them. */
const ALL = { noNullPrototype: true } as const;
const SOME: fc.RecordConstraints<never> = { requiredKeys: [], noNullPrototype: true };

const text = (units: string, minLength: number, maxLength = minLength) =>
  fc.string({ unit: fc.constantFrom(...units), minLength, maxLength });

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SPECIALS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).join("");

const digits = (count: number) => text(DIGITS, count);

/** A score as the face service gives one; −0 and 0 are one number on the wire. */
const score = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const additional: fc.Arbitrary<AdditionalData> = fc.record({
  number: fc.oneof(digits(11), fc.tuple(digits(17), text(DIGITS + "X", 1)).map(([a, b]) => a + b)),
  face: fc.record({ score, threshold: score, model: text(SPECIALS, 1, 99) }, ALL),
  reference: fc.constantFrom("template", "id_photo", "none"),
  pin_tries_left: fc.integer({ min: 0, max: 99 }),
  reason: fc.constantFrom("4018", "4017", "4021", "4000"),
  nonce: text("0123456789ABCDEF", 32),
  token: text(SPECIALS, 1, 99),
  key_block: text(DIGITS + "ABCDEF", 16, 112),
}, SOME);

const code = fc.constantFrom(
  "00",
  "12",
  "14",
  "25",
  "51",
  "55",
  "61",
  "62",
  "65",
  "75",
  "96",
  "A0",
);
const line = {
  7: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
    .map((date) => date.toISOString().slice(5, 19).replace(/[^0-9]/g, "")),
  11: digits(6).filter((number) => number !== "000000"),
  12: digits(6),
  13: digits(4),
  39: code,
  41: text(LETTERS + DIGITS + SPECIALS + " ", 8),
} as const;

/** What any message about a customer may carry. */
const common = {
  7: line[7],
  11: line[11],
  12: line[12],
  13: line[13],
  41: line[41],
  2: text(DIGITS, 1, 19),
  3: fc.constantFrom("330000", "310000", "010000"),
  4: fc.integer({ min: 0, max: 999_999_999_999 }).map(fen),
  18: fc.constant("6011"),
  22: fc.constant("012"),
  37: text(LETTERS + DIGITS + " ", 12),
  48: additional,
  49: fc.constant("156"),
  64: text("0123456789ABCDEF", 16),
  128: text("0123456789ABCDEF", 16),
} as const;
const pinBlock = { 52: text("0123456789ABCDEF", 32) };
const verdict = { 38: text(LETTERS + DIGITS + " ", 6), 39: code };
const balance = { 54: fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }).map(fen) };

const money = fc.oneof(
  fc.record({
    mti: fc.constantFrom("0100", "0200"),
    fields: fc.record({ ...common, ...pinBlock }, SOME),
  }, ALL),
  fc.record({
    mti: fc.constantFrom("0110", "0210"),
    fields: fc.record({ ...common, ...pinBlock, ...verdict, ...balance }, SOME),
  }, ALL),
  fc.record({
    mti: fc.constantFrom("0420", "0421", "0430"),
    fields: fc.record({ ...common, ...verdict, 90: digits(20) }, SOME),
  }, ALL),
);

const network = fc.record({
  mti: fc.constantFrom("0800", "0810"),
  fields: fc.record({
    ...line,
    48: additional,
    70: fc.constantFrom("001", "002", "101", "301"),
  }, SOME),
}, ALL);

/** Any message, with any of its elements. */
export const anyMessage = fc.oneof(
  { weight: 5, arbitrary: money },
  { weight: 1, arbitrary: network },
) as fc.Arbitrary<WireMessage>;

/** The four ways to write one. */
export const WIRES: readonly WireFormat[] = [
  { bitmap: "hex", encoding: "ascii" },
  { bitmap: "binary", encoding: "ascii" },
  { bitmap: "hex", encoding: "bcd" },
  { bitmap: "binary", encoding: "bcd" },
];

export const anyWire = fc.constantFrom(...WIRES);
