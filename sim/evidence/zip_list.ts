/**
 * What a ZIP file holds, where every reader of ZIP files finds the same in it.
 *
 * A ZIP file says twice what it holds: in a list at its end, and before each file. Some readers go by the
 * one, some by the other, some look for files wherever bytes look like one; and of two files of one name
 * some take the first and some the last. So both have to say the same, and every byte is of a file or of
 * the list:
 *
 * ```
 *   header data (sums) | header data (sums) | …  list: header, header, …  end
 * ```
 *
 * Comments, and fields that some readers know and others do not, are room for something else.
 *
 * @module
 */

/** A file as it lies there; `packed` is its content, or, where `deflated`, makes it. */
export interface ZipEntry {
  readonly name: string;
  readonly deflated: boolean;
  readonly packed: Uint8Array;
  /** Of the content: its CRC-32 and its length, as both places say. */
  readonly crc: number;
  readonly size: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
/** Before the end: the same once more, for files that are larger than any bundle. */
const END_64 = 0x07064b50;
const END_64_BYTES = 20;
const LISTED = 0x02014b50;
const LISTED_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const SUMS = 0x08074b50;
const SUMS_BYTES = 12;

/** Sum and sizes were not known before the file: they follow it. */
const SUMS_FOLLOW = 8;
/** How hard it was packed, that its sums follow, that its name is UTF-8. None says that it is enciphered. */
const KNOWN_FLAGS = 0x080e;
const STORED = 0;
const DEFLATED = 8;
/** What stands for a sum or a size that follows. */
const UNKNOWN = [0, 0xffff_ffff];

/** Times and owners, as several programs note them. Other fields can say another name or another size. */
const HARMLESS_FIELDS = [0x000a, 0x5455, 0x5855, 0x7855, 0x7875];
/** Of all of a file's. */
const FIELDS_MAX_BYTES = 64;

/** The files in the order of the list; a sentence where another reader could see others. */
export function listedIn(bytes: Uint8Array): readonly ZipEntry[] | string {
  const at = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_BYTES;
  const ends = end >= 0 && at.getUint32(end, true) === END && at.getUint16(end + 20, true) === 0;
  if (!ends) return "it does not end as a ZIP file without a comment";
  const list = at.getUint32(end + 16, true);
  const count = at.getUint16(end + 10, true);
  const one = at.getUint32(end + 4, true) === 0 && at.getUint16(end + 8, true) === count &&
    list + at.getUint32(end + 12, true) === end;
  if (!one || isAt(at, end - END_64_BYTES, END_64)) return "its list is not where its end says";
  for (let byte = list; byte < end; byte++) {
    if (isAt(at, byte, LOCAL)) return "its list holds what could be taken for a file";
  }
  const found: Found[] = [];
  let listed = list;
  for (let i = 0; i < count; i++) {
    const entry = entryAt(at, bytes, listed, list, end);
    if (typeof entry === "string") return entry;
    if (found.some(({ name }) => name === entry.name)) {
      return `it has two files called ${entry.name}`;
    }
    found.push(entry);
    listed = entry.next;
  }
  return listed === end && isWithoutGap(found, list)
    ? found
    : "it holds bytes that are of none of its files";
}

/** `from` and `to` are where the file lies, its header and its sums included. */
interface Found extends ZipEntry {
  readonly from: number;
  readonly to: number;
  /** Where the next one is listed. */
  readonly next: number;
}

function isWithoutGap(found: readonly Found[], list: number): boolean {
  const inOrder = found.toSorted((one, other) => one.from - other.from);
  return [...inOrder, { from: list }].every(({ from }, i) => from === (inOrder[i - 1]?.to ?? 0));
}

/** The file that is listed there, as it is said before the file too. */
function entryAt(
  at: DataView,
  bytes: Uint8Array,
  listed: number,
  list: number,
  end: number,
): Found | string {
  if (listed + LISTED_BYTES > end || !isAt(at, listed, LISTED)) return "its list is cut short";
  const named = listed + LISTED_BYTES + at.getUint16(listed + 28, true);
  const next = named + at.getUint16(listed + 30, true);
  if (next > end) return "its list is cut short";
  const label = bytes.subarray(listed + LISTED_BYTES, named);
  const name = new TextDecoder("utf-8", { ignoreBOM: true }).decode(label);
  if (at.getUint16(listed + 32, true) > 0) return `its list has a comment on ${name}`;
  if (!isHarmless(at, named, next)) return `its list says more of ${name} than a bundle needs`;
  const from = at.getUint32(listed + 42, true);
  const size = at.getUint32(listed + 24, true);
  const packed = dataOf(at, bytes, listed, from, list);
  if (packed === null) return `its list says ${name}, and something else stands before that file`;
  const method = at.getUint16(listed + 10, true);
  const whole = method === DEFLATED || (method === STORED && packed.length === size);
  const flags = at.getUint16(listed + 8, true);
  if (!whole || (flags & ~KNOWN_FLAGS) !== 0) return `${name} is packed as in no bundle`;
  const after = packed.byteOffset - bytes.byteOffset + packed.length;
  const to = (flags & SUMS_FOLLOW) === 0 ? after : afterSums(at, bytes, listed, after);
  if (to === null) return `its list says ${name}, and something else stands after that file`;
  const crc = at.getUint32(listed + 16, true);
  return { name, deflated: method === DEFLATED, packed, crc, size, from, to, next };
}

/** What lies after the header before a file, if that says what the list says; else null. */
function dataOf(
  at: DataView,
  bytes: Uint8Array,
  listed: number,
  from: number,
  list: number,
): Uint8Array | null {
  if (from + LOCAL_BYTES > list || !isAt(at, from, LOCAL)) return null;
  const length = at.getUint16(listed + 28, true);
  const named = from + LOCAL_BYTES + length;
  const data = named + at.getUint16(from + 28, true);
  const to = data + at.getUint32(listed + 20, true);
  if (to > list || !isHarmless(at, named, data)) return null;
  const follow = (at.getUint16(listed + 8, true) & SUMS_FOLLOW) !== 0;
  const same = at.getUint16(from + 26, true) === length &&
    isSame(bytes, from + LOCAL_BYTES, listed + LISTED_BYTES, length) &&
    isSame(bytes, from + 6, listed + 8, 4) &&
    [0, 4, 8].every((part) =>
      isSame(bytes, from + 14 + part, listed + 16 + part, 4) ||
      (follow && UNKNOWN.includes(at.getUint32(from + 14 + part, true)))
    );
  return same ? bytes.subarray(data, to) : null;
}

/** Where sum and sizes end that follow a file, if they are those of the list; else null. */
function afterSums(at: DataView, bytes: Uint8Array, listed: number, after: number): number | null {
  const sums = isAt(at, after, SUMS) ? after + 4 : after;
  return isSame(bytes, sums, listed + 16, SUMS_BYTES) ? sums + SUMS_BYTES : null;
}

/** Whether the fields that lie there are known, and say nothing of the file itself. */
function isHarmless(at: DataView, from: number, to: number): boolean {
  if (to - from > FIELDS_MAX_BYTES) return false;
  let field = from;
  while (field + 4 <= to && HARMLESS_FIELDS.includes(at.getUint16(field, true))) {
    field += 4 + at.getUint16(field + 2, true);
  }
  return field === to;
}

function isAt(at: DataView, byte: number, signature: number): boolean {
  return byte >= 0 && byte + 4 <= at.byteLength && at.getUint32(byte, true) === signature;
}

function isSame(bytes: Uint8Array, one: number, other: number, length: number): boolean {
  return bytes.subarray(one, one + length).every((byte, i) => byte === bytes[other + i]);
}
