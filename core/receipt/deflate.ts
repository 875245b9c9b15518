/**
 * Deflate (RFC 1951) for pictures of one bit a dot, as zlib wraps it (RFC 1950): one block of the fixed
 * codes, in which nothing is looked for but a run of the byte before, and what the row above has in the
 * same place. Most of print is one or the other. A compressor for everything looks everywhere, and that
 * was a sixth of all the work of a session that nothing disturbs.
 */

/** What is shorter is spelled byte by byte. */
const MATCH_MIN = 3;
const MATCH_MAX = 258;

/** Bits as they are written, the first the lowest, and how many there are. */
class Codes {
  readonly bits: Uint32Array;
  readonly sizes: Uint8Array;

  constructor(count: number) {
    this.bits = new Uint32Array(count);
    this.sizes = new Uint8Array(count);
  }

  set(at: number, bits: number, size: number): void {
    this.bits[at] = bits;
    this.sizes[at] = size;
  }
}

/** A Huffman code begins with its highest bit. */
function reversed(code: number, size: number): number {
  let bits = 0;
  for (let bit = 0; bit < size; bit++) bits |= (code >> bit & 1) << (size - 1 - bit);
  return bits;
}

/** RFC 1951, 3.2.6: 0 to 255 are bytes, 256 ends the block, lengths of matches begin at 257. */
const END = 256;
const SYMBOLS = new Codes(288);
for (
  const [from, to, first, size] of [
    [0, 143, 0b0011_0000, 8],
    [144, 255, 0b1_1001_0000, 9],
    [256, 279, 0b000_0000, 7],
    [280, 287, 0b1100_0000, 8],
  ] as const
) {
  for (let i = from; i <= to; i++) SYMBOLS.set(i, reversed(first + i - from, size), size);
}

/** RFC 1951, 3.2.5: eight symbols for one length each, then four each for 2, 4, 8, 16 and 32 lengths. */
const LENGTHS = new Codes(MATCH_MAX + 1);
for (let symbol = END + 1, length = MATCH_MIN; length <= MATCH_MAX; symbol++) {
  const extra = Math.max(0, (symbol - 261) >> 2);
  const [code = 0, size = 0] = [SYMBOLS.bits[symbol], SYMBOLS.sizes[symbol]];
  for (let which = 0; which < 1 << extra; which++) {
    LENGTHS.set(length++, code | which << size, size + extra);
  }
}
// The longest has one to itself.
LENGTHS.set(MATCH_MAX, SYMBOLS.bits[285] ?? 0, SYMBOLS.sizes[285] ?? 0);

/** The code of a distance of at least 5, five bits and those that say which of its symbol's it is. */
function distanceOf(distance: number): { readonly bits: number; readonly size: number } {
  const extra = 30 - Math.clz32(distance - 1);
  const symbol = 2 * extra + ((distance - 1) >> extra);
  const which = (distance - 1) & ((1 << extra) - 1);
  return { bits: reversed(symbol, 5) | which << 5, size: 5 + extra };
}

/** The byte before: five bits of nought. */
const BEFORE = { bits: 0, size: 5 };

/** zlib's header: deflate, a window of 32 KiB, the quickest way, no dictionary. */
const HEADER = [0x78, 0x01] as const;
/** The last block, of fixed codes. */
const BLOCK = { bits: 0b011, size: 3 };

/** `data`: rows of `stride` bytes, at least 5. Any inflater gives it back. */
export function deflated(data: Uint8Array, stride: number): Uint8Array {
  const above = distanceOf(stride);
  // No symbol has more than nine bits for a byte.
  const out = new Uint8Array(HEADER.length + ((9 * data.length) >> 3) + 8);
  out.set(HEADER);
  let at = HEADER.length;
  let held: number = BLOCK.bits;
  let holds: number = BLOCK.size;
  function write(bits: number, size: number): void {
    held |= bits << holds;
    holds += size;
    for (; holds >= 8; holds -= 8, held >>>= 8) out[at++] = held;
  }
  for (let i = 0; i < data.length;) {
    const column = alike(data, i, stride);
    const run = column === MATCH_MAX ? 0 : alike(data, i, 1);
    const length = Math.max(run, column);
    if (length < MATCH_MIN) {
      const byte = data[i++] ?? 0;
      write(SYMBOLS.bits[byte] ?? 0, SYMBOLS.sizes[byte] ?? 0);
      continue;
    }
    write(LENGTHS.bits[length] ?? 0, LENGTHS.sizes[length] ?? 0);
    const { bits, size } = run >= column ? BEFORE : above;
    write(bits, size);
    i += length;
  }
  write(SYMBOLS.bits[END] ?? 0, SYMBOLS.sizes[END] ?? 0);
  if (holds > 0) out[at++] = held;
  new DataView(out.buffer).setUint32(at, adler32(data));
  return out.slice(0, at + 4);
}

/** How many bytes from `at` on are the same as `distance` before. */
function alike(data: Uint8Array, at: number, distance: number): number {
  if (at < distance) return 0;
  const end = Math.min(data.length, at + MATCH_MAX);
  let i = at;
  while (i < end && data[i] === data[i - distance]) i++;
  return i - at;
}

/** RFC 1950, 8.2: two sums modulo the largest prime below 65536. */
const ADLER_MODULUS = 65_521;
/** After so many bytes neither sum has come to 2³¹, if both began below the modulus. */
const ADLER_SPAN = 3_800;

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let from = 0; from < data.length; from += ADLER_SPAN) {
    const to = Math.min(data.length, from + ADLER_SPAN);
    for (let i = from; i < to; i++) {
      a += data[i] ?? 0;
      b += a;
    }
    a %= ADLER_MODULUS;
    b %= ADLER_MODULUS;
  }
  return b * 65_536 + a;
}
