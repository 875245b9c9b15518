/**
 * Element 64 or 128: the message authentication code, so that nobody between the two ends can change
 * an amount, or make a message of their own.
 *
 * AES-CMAC (NIST SP 800-38B) over every byte of the message before the code, the bitmap that announces
 * it included; the first eight of its sixteen bytes. It is element 128 where the message has any above
 * 64, and 64 where not: always the last one. Of others, who always send a second bitmap, it is read in
 * 128 too, and in 64 behind two bitmaps.
 */
import { cmac } from "@noble/ciphers/aes.js";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import { type Key, same, useKey } from "../keys/mod.ts";
import { assert } from "../assert.ts";
import type { WireFormat } from "./elements.ts";
import { Iso8583Error } from "./error.ts";
import { type Elements, packElements, type SecondBitmap } from "./codec.ts";
import type { Fields, Iso8583Message } from "./message.ts";
import { pack } from "./wire.ts";

const MAC_BYTES = 8;
/** Holds the place of a code while it is made. */
const NO_MAC = "0".repeat(2 * MAC_BYTES);

export type MacVerdict = "right" | "absent" | "wrong";

/**
 * The message with its code, as these two ends write messages.
 *
 * @throws {InvariantError} when the key may not make codes
 * @throws {Iso8583Error} when the message cannot be packed
 */
export function withMac(message: Iso8583Message, key: Key, wire: WireFormat): Iso8583Message {
  const used = useKey(key, { usage: "M6", algorithm: "A", mode: "G" });
  assert(used.ok, "a code is made with a key that may make codes");
  const bare = withoutMac(message);
  const element = elementOf(bare.fields);
  const mac = bytesToHex(macOf(bare, element, used.value, wire)).toUpperCase();
  return { mti: message.mti, fields: { ...bare.fields, [element]: mac } };
}

/** The same for the elements of a message that this network does not have: a refusal of one. */
export function elementsWithMac(
  { mti, values }: Elements,
  key: Key,
  wire: WireFormat,
): Elements {
  const used = useKey(key, { usage: "M6", algorithm: "A", mode: "G" });
  assert(used.ok, "a code is made with a key that may make codes");
  const element = Math.max(...values.keys()) > 64 ? 128 : 64;
  const blank = { mti, values: new Map([...values, [element, NO_MAC]]) };
  const mac = bytesToHex(codeOver(packElements(blank, wire), used.value, wire)).toUpperCase();
  return { mti, values: new Map([...values, [element, mac]]) };
}

/** Whether a message is what the holder of the key said. */
export function macVerdict(message: Iso8583Message, key: Key, wire: WireFormat): MacVerdict {
  const used = useKey(key, { usage: "M6", algorithm: "A", mode: "V" });
  assert(used.ok, "a code is verified with a key that may verify codes");
  const { 64: first, 128: second } = message.fields;
  if (first === undefined && second === undefined) return "absent";
  const bare = withoutMac(message);
  const element = second === undefined ? 64 : 128;
  const said = second ?? first ?? "";
  const last = second === undefined ? elementOf(bare.fields) === 64 : first === undefined;
  if (!last || !/^[0-9A-F]{16}$/.test(said)) return "wrong";
  // Where nothing is above 64 it may have come with either bitmap (`codec.ts` reads both).
  const spellings = ["left out", "empty"] as const;
  try {
    const right = spellings.some((spelling) =>
      same(macOf(bare, element, used.value, wire, spelling), hexToBytes(said))
    );
    return right ? "right" : "wrong";
  } catch (error) {
    if (error instanceof Iso8583Error) return "wrong"; // it could not have come over this line
    throw error;
  }
}

function withoutMac({ mti, fields }: Iso8583Message): Iso8583Message {
  const { 64: _first, 128: _second, ...rest } = fields;
  return { mti, fields: rest };
}

function elementOf(fields: Fields): 64 | 128 {
  return Object.entries(fields).some(([n, value]) => Number(n) > 64 && value !== undefined)
    ? 128
    : 64;
}

function macOf(
  bare: Iso8583Message,
  element: 64 | 128,
  key: Uint8Array,
  wire: WireFormat,
  second?: SecondBitmap,
): Uint8Array {
  const fields = { ...bare.fields, [element]: NO_MAC };
  return codeOver(pack({ mti: bare.mti, fields }, wire, second), key, wire);
}

/** Over everything before the code, which stands last. */
function codeOver(bytes: Uint8Array, key: Uint8Array, wire: WireFormat): Uint8Array {
  const tail = wire.bitmap === "binary" ? MAC_BYTES : 2 * MAC_BYTES;
  return cmac(bytes.subarray(0, -tail), key).slice(0, MAC_BYTES);
}
