/**
 * The files of a bundle, where every reader of ZIP files sees the same in it: what was checked here would
 * not be what they see, otherwise. Such a file is no bundle.
 *
 * @module
 */
import { concatBytes } from "@noble/hashes/utils.js";
import { Inflate } from "fflate";
import { listedIn, type ZipEntry } from "./zip_list.ts";

export type Files = Readonly<Record<string, Uint8Array>>;

const MEBI = 1024 * 1024;
/** Unpacked, a bundle may be so large: a run has about 150 kB. */
const UNPACKED_MAX = 512 * MEBI;

/** A bundle's files; a sentence where it is none, or where it unpacks to more than `max` bytes. */
export function openBundle(bytes: Uint8Array, max = UNPACKED_MAX): Files | string {
  try {
    const listed = listedIn(bytes);
    return typeof listed === "string" ? listed : unpack(listed, max);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a file says that it unpacks to is its writer's word: what comes out is counted. */
function unpack(listed: readonly ZipEntry[], max: number): Files {
  let left = max;
  const files: [name: string, content: Uint8Array][] = [];
  for (const { name, deflated, packed, crc, size } of listed) {
    const tooMuch = () => new RangeError(`it unpacks to more than ${max / MEBI} MiB`);
    const content = deflated ? inflated(packed, left, tooMuch) : packed;
    left -= content.length;
    if (left < 0) throw tooMuch();
    const whole = content.length === size && crc32(content) === crc &&
      !(deflated && endsEarly(packed));
    if (!whole) throw new RangeError(`${name} is not what its list says`);
    // Folders, as other programs list them: names without anything in them.
    if (!name.endsWith("/") || size > 0) files.push([name, content]);
  }
  return Object.fromEntries(files);
}

/** So much is unpacked at a time: a thousand times as much comes out of it at most. */
const PART_BYTES = 16 * 1024;

function inflated(packed: Uint8Array, max: number, tooMuch: () => Error): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    if (length > max) throw tooMuch();
    parts.push(part);
  });
  push(inflate, packed);
  return concatBytes(...parts);
}

/** Whether it was all there before its last byte: what then follows could be another file to others. */
function endsEarly(packed: Uint8Array): boolean {
  try {
    push(new Inflate(() => undefined), packed.subarray(0, -1));
    return true;
  } catch {
    return false; // as it should be: something is missing
  }
}

function push(inflate: Inflate, packed: Uint8Array): void {
  let at = 0;
  for (; at + PART_BYTES < packed.length; at += PART_BYTES) {
    inflate.push(packed.subarray(at, at + PART_BYTES));
  }
  inflate.push(packed.subarray(at), true);
}

/** The remainders of single bytes by the polynomial of ISO 3309, bits reversed. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) {
    rest = (rest & 1) === 0 ? rest >>> 1 : 0xedb88320 ^ (rest >>> 1);
  }
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let rest = -1;
  for (const byte of bytes) rest = (REMAINDERS[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}
