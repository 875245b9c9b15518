/**
 * The files of a bundle, where every reader of ZIP files sees the same in it.
 *
 * A ZIP file says twice what it holds: in a list at its end, and before each file. Some readers go by the
 * one, some by the other, and of two files of one name some take the first and some the last. What was
 * checked here would not be what they see: such a file is no bundle.
 *
 * ```
 *   header name data | header name data | …  list: header name, header name, …  end
 * ```
 *
 * @module
 */
import { concatBytes } from "@noble/hashes/utils.js";
import { Unzip, UnzipInflate, unzipSync } from "fflate";

export type Files = Readonly<Record<string, Uint8Array>>;

/** Unpacked, a bundle may be so large: a run has about 150 kB. */
const UNPACKED_MAX = 512 * 1024 * 1024;

/** A bundle's files; a sentence where it is none, or where it unpacks to more than `max` bytes. */
export function openBundle(bytes: Uint8Array, max = UNPACKED_MAX): Files | string {
  const names = new Set<string>();
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        // Which of two a reader sees is the reader's choice: only one of them was checked.
        if (names.has(name)) throw new RangeError(`it has two files called ${name}`);
        names.add(name);
        return false;
      },
    });
    return otherwiseIn(bytes) ?? unpack(bytes, max);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** So much is unpacked at a time: a thousand times as much comes out of it at most. */
const PART_BYTES = 16 * 1024;

/** What a file says that it unpacks to is its writer's word: what comes out is counted. */
function unpack(bytes: Uint8Array, max: number): Files {
  const parts = new Map<string, Uint8Array[]>();
  let unpacked = 0;
  const unzip = new Unzip((file) => {
    const own: Uint8Array[] = [];
    parts.set(file.name, own);
    file.ondata = (error, part) => {
      if (error !== null) throw error;
      unpacked += part.length;
      if (unpacked > max) throw new RangeError("it unpacks to more than a bundle may");
      own.push(part);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    unzip.push(bytes.subarray(at, at + PART_BYTES), at + PART_BYTES >= bytes.length);
  }
  const files = [...parts].map(([name, own]) => [name, concatBytes(...own)] as const);
  // Folders, as other programs list them: names without anything in them.
  return Object.fromEntries(
    files.filter(([name, { length }]) => !name.endsWith("/") || length > 0),
  );
}

const END = 0x06054b50;
const END_BYTES = 22;
const LISTED = 0x02014b50;
const LISTED_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** After a file whose sizes were not known before it: sizes and sum, in 24 bytes at most. */
const SIZES_FOLLOW = 8;

/** What stands before a file otherwise than in the list, or before none; null: nothing does. */
function otherwiseIn(bytes: Uint8Array): string | null {
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END_BYTES;
  while (at.getUint32(end, true) !== END) end--;
  const count = at.getUint16(end + 8, true);
  const list = at.getUint32(end + 16, true);
  const spans: { from: number; to: number }[] = [];
  let listed = list;
  for (let i = 0; i < count; i++) {
    const name = at.getUint16(listed + 28, true);
    const local = at.getUint32(listed + 42, true);
    const told = new TextDecoder().decode(bytes.subarray(listed + LISTED_BYTES).subarray(0, name));
    if (at.getUint32(listed, true) !== LISTED || !isListed(at, bytes, listed, local)) {
      return `its list says ${told}, and something else stands before that file`;
    }
    const data = local + LOCAL_BYTES + name + at.getUint16(local + 28, true);
    spans.push({ from: local, to: data + at.getUint32(listed + 20, true) });
    listed += LISTED_BYTES + name + at.getUint16(listed + 30, true) +
      at.getUint16(listed + 32, true);
  }
  spans.sort((one, other) => one.from - other.from);
  // Room for another file's header is room for another file.
  const room = [...spans, { from: list }].some(({ from }, i) =>
    from - (spans[i - 1]?.to ?? 0) >= LOCAL_BYTES
  );
  return room ? "it holds bytes that are of none of its files" : null;
}

/** Whether the header before a file says what the list says: its name, how it is packed, its size. */
function isListed(at: DataView, bytes: Uint8Array, listed: number, local: number): boolean {
  if (local + LOCAL_BYTES > bytes.length || at.getUint32(local, true) !== LOCAL) return false;
  const length = at.getUint16(listed + 28, true);
  const same = (one: number, other: number, length: number) =>
    bytes.subarray(one, one + length).every((byte, i) => byte === bytes[other + i]);
  const follow = (at.getUint16(local + 6, true) & SIZES_FOLLOW) !== 0;
  return at.getUint16(local + 26, true) === length &&
    same(local + LOCAL_BYTES, listed + LISTED_BYTES, length) &&
    same(local + 8, listed + 10, 2) &&
    (follow || same(local + 14, listed + 16, 12));
}
