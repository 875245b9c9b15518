/**
 * The data elements of ISO 8583:1987, as data, in the standard's own notation.
 *
 * ```
 *   n 6        six digits              n..19      up to 19 digits after two of length (LL)
 *   an 2       letters, digits, blank  ans...999  up to 999 characters after three digits (LLL)
 *   x+n 8      C or D, then 8 digits   b 8        eight bytes
 *   ns         digits and specials     z          code set of tracks 2 and 3, 0x30…0x3F
 * ```
 *
 * Two things are this network's and not the standard's. Lengths of `b` are counted in bytes, not in
 * bits. And DE 52 has 16 bytes, not 8: an ISO 9564 format 4 block is one AES block. Where a wire says
 * `pinBytes: 8` it has the 8 of 1987, for blocks of formats 0 and 3 (TDEA): {@linkcode fieldOf}.
 *
 * The whole standard is listed, not only what this network carries: an element nobody here expects
 * can then be stepped over, named, and refused with an answer instead of with silence.
 */
import { assert } from "../assert.ts";
import type { WireFormat } from "./elements.ts";

/** What an element is made of. */
export type Format = "n" | "an" | "ans" | "ns" | "x+n" | "b" | "z";

/** One data element. */
export interface FieldSpec {
  readonly number: number;
  /** The standard's name. */
  readonly name: string;
  readonly format: Format;
  /** Digits of the length before it: 0 for a fixed length, 2 for LL, 3 for LLL. */
  readonly lengthDigits: 0 | 2 | 3;
  /** Its length, or the most it may have: characters, of `b` bytes. `x+n` counts its sign. */
  readonly length: number;
}

/** The bitmap is element 1: its first bit says that a second bitmap follows. */
const ROWS: readonly (readonly [number, string, string])[] = [
  [2, "n..19", "primary account number"],
  [3, "n 6", "processing code"],
  [4, "n 12", "amount, transaction"],
  [5, "n 12", "amount, settlement"],
  [6, "n 12", "amount, cardholder billing"],
  [7, "n 10", "transmission date and time"],
  [8, "n 8", "amount, cardholder billing fee"],
  [9, "n 8", "conversion rate, settlement"],
  [10, "n 8", "conversion rate, cardholder billing"],
  [11, "n 6", "system trace audit number"],
  [12, "n 6", "time, local transaction"],
  [13, "n 4", "date, local transaction"],
  [14, "n 4", "date, expiration"],
  [15, "n 4", "date, settlement"],
  [16, "n 4", "date, conversion"],
  [17, "n 4", "date, capture"],
  [18, "n 4", "merchant's type"],
  [19, "n 3", "acquiring institution country code"],
  [20, "n 3", "PAN extended, country code"],
  [21, "n 3", "forwarding institution country code"],
  [22, "n 3", "point of service entry mode"],
  [23, "n 3", "card sequence number"],
  [24, "n 3", "network international identifier"],
  [25, "n 2", "point of service condition code"],
  [26, "n 2", "point of service PIN capture code"],
  [27, "n 1", "authorization identification response length"],
  [28, "x+n 8", "amount, transaction fee"],
  [29, "x+n 8", "amount, settlement fee"],
  [30, "x+n 8", "amount, transaction processing fee"],
  [31, "x+n 8", "amount, settlement processing fee"],
  [32, "n..11", "acquiring institution identification code"],
  [33, "n..11", "forwarding institution identification code"],
  [34, "ns..28", "primary account number, extended"],
  [35, "z..37", "track 2 data"],
  [36, "z...104", "track 3 data"],
  [37, "an 12", "retrieval reference number"],
  [38, "an 6", "authorization identification response"],
  [39, "an 2", "response code"],
  [40, "an 3", "service restriction code"],
  [41, "ans 8", "card acceptor terminal identification"],
  [42, "ans 15", "card acceptor identification code"],
  [43, "ans 40", "card acceptor name and location"],
  [44, "an..25", "additional response data"],
  [45, "an..76", "track 1 data"],
  [46, "an...999", "additional data, ISO"],
  [47, "an...999", "additional data, national"],
  [48, "ans...999", "additional data, private"],
  [49, "an 3", "currency code, transaction"],
  [50, "an 3", "currency code, settlement"],
  [51, "an 3", "currency code, cardholder billing"],
  [52, "b 16", "personal identification number data"],
  [53, "n 16", "security related control information"],
  [54, "an...120", "additional amounts"],
  [64, "b 8", "message authentication code"],
  [65, "b 8", "bitmap, extended"],
  [66, "n 1", "settlement code"],
  [67, "n 2", "extended payment code"],
  [68, "n 3", "receiving institution country code"],
  [69, "n 3", "settlement institution country code"],
  [70, "n 3", "network management information code"],
  [71, "n 4", "message number"],
  [72, "n 4", "message number, last"],
  [73, "n 6", "date, action"],
  [74, "n 10", "credits, number"],
  [75, "n 10", "credits, reversal number"],
  [76, "n 10", "debits, number"],
  [77, "n 10", "debits, reversal number"],
  [78, "n 10", "transfer, number"],
  [79, "n 10", "transfer, reversal number"],
  [80, "n 10", "inquiries, number"],
  [81, "n 10", "authorizations, number"],
  [82, "n 12", "credits, processing fee amount"],
  [83, "n 12", "credits, transaction fee amount"],
  [84, "n 12", "debits, processing fee amount"],
  [85, "n 12", "debits, transaction fee amount"],
  [86, "n 16", "credits, amount"],
  [87, "n 16", "credits, reversal amount"],
  [88, "n 16", "debits, amount"],
  [89, "n 16", "debits, reversal amount"],
  [90, "n 42", "original data elements"],
  [91, "an 1", "file update code"],
  [92, "an 2", "file security code"],
  [93, "an 5", "response indicator"],
  [94, "an 7", "service indicator"],
  [95, "an 42", "replacement amounts"],
  [96, "b 8", "message security code"],
  [97, "x+n 16", "amount, net settlement"],
  [98, "ans 25", "payee"],
  [99, "n..11", "settlement institution identification code"],
  [100, "n..11", "receiving institution identification code"],
  [101, "ans..17", "file name"],
  [102, "ans..28", "account identification 1"],
  [103, "ans..28", "account identification 2"],
  [104, "ans...100", "transaction description"],
  [128, "b 8", "message authentication code"],
];

/** 55 to 63 and 105 to 127: left to ISO, to nations and to networks. */
const RESERVED = [[55, 63], [105, 127]] as const;

/** The table by element number: 2 to 128, complete. */
export const FIELDS: ReadonlyMap<number, FieldSpec> = new Map(
  [
    ...ROWS,
    ...RESERVED.flatMap(([first, last]) =>
      Array.from(
        { length: last - first + 1 },
        (_, i) => [first + i, "ans...999", "reserved"] as const,
      )
    ),
  ].map(([number, notation, name]) => [number, specOf(number, notation, name)]),
);

/** What the standard calls personal identification number data. */
export const PIN_DATA = 52;
/** As long as one block of AES, unless a wire says otherwise. */
const PIN_BYTES = 16;

/** How many bytes PIN data has on this wire. */
export function pinBytesOf({ pinBytes = PIN_BYTES }: WireFormat): 8 | 16 {
  return pinBytes;
}

/** The element with this number, as it is on this wire; undefined: there is none. */
export function fieldOf(number: number, wire: WireFormat): FieldSpec | undefined {
  const spec = FIELDS.get(number);
  return number === PIN_DATA && spec !== undefined ? { ...spec, length: pinBytesOf(wire) } : spec;
}

/** `lengths` in the notation: a blank is fixed, two points LL, three points LLL. */
function specOf(number: number, notation: string, name: string): FieldSpec {
  const parts = /^(n|an|ans|ns|x\+n|b|z)( |\.\.\.?)([0-9]+)$/.exec(notation);
  assert(parts !== null, `the notation of element ${number} is the standard's`);
  const [, format = "", dots = "", length = ""] = parts;
  const lengthDigits = dots === " " ? 0 : dots === ".." ? 2 : 3;
  // "x+n 8" is a sign and eight digits.
  const sign = format === "x+n" ? 1 : 0;
  return { number, name, format: format as Format, lengthDigits, length: Number(length) + sign };
}
