/**
 * Between the text of one element and its bytes.
 *
 * | format              | encoding "ascii"        | encoding "bcd"                              |
 * |---------------------|-------------------------|---------------------------------------------|
 * | n, z, LL, LLL, MTI  | one byte a character    | two to a byte, a zero before an odd number  |
 * | x+n                 | one byte a character    | the sign a byte, its digits two to a byte   |
 * | an, ans, ns         | one byte a character    | one byte a character                        |
 * | b                   | bytes; two hexadecimal digits a byte where the bitmap is "hex"        |
 *
 * Each text has one spelling in bytes, and only that one is read: upper-case hexadecimal, a zero
 * where a digit is missing, no blanks added or taken away.
 */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { Iso8583Error } from "./error.ts";
import type { FieldSpec, Format } from "./fields.ts";

/** How a network writes its messages. */
export interface WireFormat {
  readonly bitmap: "binary" | "hex";
  readonly encoding: "ascii" | "bcd";
  /** Bytes of PIN data (DE 52): 16, one block of AES, unless told; 8 in the standard, one of TDEA. */
  readonly pinBytes?: 8 | 16;
}

const ALPHABET: Readonly<Record<Format, { readonly pattern: RegExp; readonly of: string }>> = {
  n: { pattern: /^[0-9]*$/, of: "digits" },
  an: { pattern: /^[A-Za-z0-9 ]*$/, of: "letters, digits and blanks" },
  ans: { pattern: /^[ -~]*$/, of: "printable ASCII characters" },
  ns: { pattern: /^[!-@[-`{-~]*$/, of: "digits and special characters" },
  "x+n": { pattern: /^[CD][0-9]+$/, of: "C or D and digits" },
  b: { pattern: /^([0-9A-F]{2})*$/, of: "upper-case hexadecimal digits" },
  z: { pattern: /^[0-?]*$/, of: "characters of tracks 2 and 3" },
};

/** The bytes of an element, its length before it. Throws {@linkcode Iso8583Error}. */
export function writeElement(spec: FieldSpec, text: string, wire: WireFormat): Uint8Array {
  const { number: field, format, length, lengthDigits } = spec;
  const size = format === "b" ? text.length / 2 : text.length;
  const problem = !ALPHABET[format].pattern.test(text)
    ? `it is made of ${ALPHABET[format].of}`
    : lengthDigits === 0 && size !== length
    ? `it has ${length} ${unit(format)}, not ${size}`
    : size > length
    ? `it has at most ${length} ${unit(format)}, not ${size}`
    : null;
  if (problem !== null) throw new Iso8583Error({ field, offset: -1, problem });
  const head = lengthDigits === 0
    ? new Uint8Array()
    : writeDigits(String(size).padStart(lengthDigits, "0"), wire);
  return joined([head, writeBody(format, text, wire)]);
}

/** Digits as this network writes them. */
export function writeDigits(text: string, { encoding }: WireFormat): Uint8Array {
  return encoding === "ascii" ? ascii(text) : packed(text);
}

function writeBody(format: Format, text: string, wire: WireFormat): Uint8Array {
  switch (format) {
    case "n":
    case "z":
      return writeDigits(text, wire);
    case "x+n":
      return joined([ascii(text.slice(0, 1)), writeDigits(text.slice(1), wire)]);
    case "b":
      return wire.bitmap === "hex" ? ascii(text) : hexToBytes(text);
    case "an":
    case "ans":
    case "ns":
      return ascii(text);
  }
}

/** Reads a message from its front. Throws {@linkcode Iso8583Error} at what is wrong. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #wire: WireFormat;
  /** The element being read, and where it began. */
  #field = 0;
  #start = 0;
  #offset = 0;

  constructor(bytes: Uint8Array, wire: WireFormat) {
    this.#bytes = bytes;
    this.#wire = wire;
  }

  /** Names what comes next; a problem from here on is its. */
  begin(field: number): void {
    this.#field = field;
    this.#start = this.#offset;
  }

  /** Where the element being read begins. */
  get start(): number {
    return this.#start;
  }

  fail(problem: string): never {
    throw new Iso8583Error({ field: this.#field, offset: this.#start, problem });
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  element({ format, length, lengthDigits }: FieldSpec): string {
    const size = lengthDigits === 0 ? length : Number(this.digits(lengthDigits, "its length"));
    if (size > length) this.fail(`it has at most ${length} ${unit(format)}, not ${size}`);
    const text = this.#body(format, size);
    if (!ALPHABET[format].pattern.test(text)) this.fail(`it is made of ${ALPHABET[format].of}`);
    return text;
  }

  digits(count: number, what: string): string {
    const text = this.#characters(count);
    if (!ALPHABET.n.pattern.test(text)) this.fail(`${what} is made of digits`);
    return text;
  }

  /** `count` bytes, as upper-case hexadecimal. */
  binary(count: number): string {
    if (this.#wire.bitmap === "binary") return bytesToHex(this.#take(count)).toUpperCase();
    const text = latin(this.#take(2 * count));
    if (!ALPHABET.b.pattern.test(text)) this.fail(`it is made of ${ALPHABET.b.of}`);
    return text;
  }

  #body(format: Format, size: number): string {
    switch (format) {
      case "n":
      case "z":
        return this.#characters(size);
      case "x+n":
        return latin(this.#take(1)) + this.#characters(size - 1);
      case "b":
        return this.binary(size);
      case "an":
      case "ans":
      case "ns":
        return latin(this.#take(size));
    }
  }

  /** Characters that two to a byte have room for: 0x30 to 0x3F. */
  #characters(count: number): string {
    if (this.#wire.encoding === "ascii") return latin(this.#take(count));
    const nibbles = Array.from(
      this.#take(Math.ceil(count / 2)),
      (byte) => String.fromCharCode(0x30 + (byte >> 4), 0x30 + (byte & 15)),
    ).join("");
    if (count % 2 === 0) return nibbles;
    if (!nibbles.startsWith("0")) this.fail("an odd number of digits has a zero before it");
    return nibbles.slice(1);
  }

  #take(count: number): Uint8Array {
    if (count > this.left) {
      this.fail(`the message ends within it: ${count} bytes expected, ${this.left} left`);
    }
    this.#offset += count;
    return this.#bytes.subarray(this.#offset - count, this.#offset);
  }
}

/** Byte strings end to end. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function unit(format: Format): string {
  return format === "b" ? "bytes" : "characters";
}

/** Of a text that has been found to be ASCII. */
function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A character a byte. No element is longer than 999 bytes, so they fit the arguments of a call. */
function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Two characters of 0x30 to 0x3F to a byte: for digits, binary coded decimal. */
function packed(text: string): Uint8Array {
  const even = text.length % 2 === 0 ? text : `0${text}`;
  return Uint8Array.from(
    { length: even.length / 2 },
    (_, i) => (even.charCodeAt(2 * i) & 15) << 4 | even.charCodeAt(2 * i + 1) & 15,
  );
}
