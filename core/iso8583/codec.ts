/**
 * Between bytes and elements by number, for any message of ISO 8583:1987.
 *
 * ```
 *   MTI │ bitmap │ (second bitmap) │ element │ element │ …     in the order of their numbers
 *        bit 1 ───────┘ 65 to 128
 * ```
 *
 * Invariant: whatever {@linkcode unpackElements} accepts, {@linkcode packElements} writes again
 * byte for byte, with one exception: a second bitmap without a bit in it, which others' libraries
 * always send, is read and not written.
 */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { joined, Reader, type WireFormat, writeDigits, writeElement } from "./elements.ts";
import { Iso8583Error, type WireProblem } from "./error.ts";
import { fieldOf, PIN_DATA, pinBytesOf } from "./fields.ts";

/** A message before anybody asks what it means. */
export interface Elements {
  /** Message type indicator: four digits. */
  readonly mti: string;
  /** Texts by element number, `b` as upper-case hexadecimal. */
  readonly values: ReadonlyMap<number, string>;
}

/** The same with the place of each element in the bytes it was read from. */
export interface PlacedElements extends Elements {
  readonly offsets: ReadonlyMap<number, number>;
}

/** What became of some bytes. */
export type Unpacked<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly error: WireProblem };

const MTI_PATTERN = /^[0-9]{4}$/;

/** The second bitmap, where no element needs one. */
export type SecondBitmap = "left out" | "empty";

/** Throws {@linkcode Iso8583Error} naming the element that does not fit its field. */
export function packElements(
  { mti, values }: Elements,
  wire: WireFormat,
  second: SecondBitmap = "left out",
): Uint8Array {
  if (!MTI_PATTERN.test(mti)) {
    throw new Iso8583Error({ field: 0, offset: -1, problem: "it has four digits" });
  }
  const numbers = [...values.keys()].sort((a, b) => a - b);
  const bitmap = bitmapOf(numbers, second);
  const body = numbers.map((number) => {
    const spec = fieldOf(number, wire);
    if (spec !== undefined) return writeElement(spec, values.get(number) ?? "", wire);
    throw new Iso8583Error({ field: number, offset: -1, problem: "there is no such element" });
  });
  const bits = wire.bitmap === "binary"
    ? bitmap
    : Uint8Array.from(bytesToHex(bitmap).toUpperCase(), (digit) => digit.charCodeAt(0));
  return joined([writeDigits(mti, wire), bits, ...body]);
}

/** Never throws: what is wrong is named by element, place and sentence. */
export function unpackElements(bytes: Uint8Array, wire: WireFormat): Unpacked<PlacedElements> {
  try {
    return { ok: true, message: read(new Reader(bytes, wire), wire) };
  } catch (error) {
    if (!(error instanceof Iso8583Error)) throw error;
    const { field, offset, problem } = error;
    return { ok: false, error: { field, offset, problem } };
  }
}

/**
 * The elements of what cannot be read because its PIN data is as long as in other networks; null where that
 * is not why. A request of this network can never be read both ways: all it may have behind its PIN data is
 * of fixed lengths.
 */
export function withOtherPinData(bytes: Uint8Array, wire: WireFormat): PlacedElements | null {
  const read = unpackElements(bytes, { ...wire, pinBytes: pinBytesOf(wire) === 8 ? 16 : 8 });
  return read.ok && read.message.values.has(PIN_DATA) ? read.message : null;
}

function read(reader: Reader, wire: WireFormat): PlacedElements {
  reader.begin(0);
  const mti = reader.digits(4, "it");
  const values = new Map<number, string>();
  const offsets = new Map<number, number>();
  for (const number of readBitmap(reader)) {
    reader.begin(number);
    const spec = fieldOf(number, wire);
    if (spec === undefined) reader.fail("there is no such element");
    offsets.set(number, reader.start);
    values.set(number, reader.element(spec));
  }
  if (reader.left > 0) reader.fail(`${reader.left} bytes follow it that no bit announces`);
  return { mti, values, offsets };
}

/** The numbers of the elements that follow, in order. */
function readBitmap(reader: Reader): number[] {
  reader.begin(1);
  const first = hexToBytes(reader.binary(8));
  const announced = ((first[0] ?? 0) & 0x80) !== 0;
  const second = announced ? hexToBytes(reader.binary(8)) : new Uint8Array();
  return [...first, ...second].flatMap((byte, i) =>
    [1, 2, 3, 4, 5, 6, 7, 8].filter((bit) => (byte & (0x100 >> bit)) !== 0)
      .map((bit) => 8 * i + bit)
  ).filter((number) => number !== 1);
}

function bitmapOf(numbers: readonly number[], second: SecondBitmap): Uint8Array {
  const extended = second === "empty" || numbers.some((number) => number > 64);
  const bitmap = new Uint8Array(extended ? 16 : 8);
  for (const number of extended ? [1, ...numbers] : numbers) {
    const at = number - 1;
    bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return bitmap;
}
