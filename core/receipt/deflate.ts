/**
 * Deflate (RFC 1951) as fflate does it at level 3, byte for byte, for what receipts are: small pictures of
 * long runs, in one block with Huffman codes of its own.
 *
 *   bytes ─hash chains─► literals and matches ─how often each─► lengths of codes ─► bits
 *
 * A campaign prints hundreds of receipts a second, and for each the library makes half a megabyte of
 * tables. What it would do in another way (other sizes, several blocks, stored bytes, fixed codes) is left
 * to it: {@linkcode zlibOf} says `null`. A test holds both to the same bytes.
 *
 * @module
 */
import { Alphabet } from "./huffman.ts";

/** Of level 3: nothing better is looked for than a match this long, and in so many places at most. */
const NICE = 16;
const CHAIN = 16;
const LENGTH_MIN = 3;
const LENGTH_MAX = 258;
/** After so many matches the library begins another block. */
const MATCHES_MAX = 7_000;

/** For data of these sizes the library's hashes have 15 bits: ceil(1.5 × ln(size)). */
const SIZE_MIN = 11_310;
const SIZE_MAX = 22_026;
const HASH_MASK = 0x7fff;

/** The symbol that ends a block, and the one from which on they stand for lengths. */
const END = 256;
const LENGTHS_FROM = 257;
/** The symbols that tell runs of lengths of codes, from the first of them how many bits say how long. */
const AGAIN = 16;
const NOUGHTS = 17;
const MANY_NOUGHTS = 18;
const RUN_EXTRA = [2, 3, 7] as const;
/** In this order the lengths of their own codes are told, noughts at the end left out. */
const RUN_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const RUN_ORDER_MIN = 4;

/** Zlib's header for this level; behind the data stands a check sum of 32 bits. */
const HEADER = [0x78, 0x5e] as const;
const CHECKSUM_BYTES = 4;
const ADLER_MODULUS = 65_521;

/** Room that is used again for every receipt. */
const head = new Uint16Array(HASH_MASK + 1);
const previous = new Uint16Array(SIZE_MAX);
/** Literals; matches as length << 16 | distance. */
const symbols = new Int32Array(SIZE_MAX);
/** The lengths of codes as runs: symbol | how long << 5. */
const runs = new Uint16Array(320);
const literals = new Alphabet(288, 15);
const distances = new Alphabet(32, 15);
const run_symbols = new Alphabet(19, 7);
const room = new Uint8Array(SIZE_MAX);

/** The data as zlib (RFC 1950) writes it; null where that is left to the library. */
export function zlibOf(data: Uint8Array): Uint8Array | null {
  if (data.length < SIZE_MIN || data.length > SIZE_MAX) return null;
  for (const { often } of [literals, distances, run_symbols]) often.fill(0);
  const count = match(data);
  if (count === null) return null;
  const literals_told = literals.measure();
  const distances_told = Math.max(1, distances.measure());
  const told = tellRuns(distances, distances_told, tellRuns(literals, literals_told, 0));
  run_symbols.measure();
  for (const each of [literals, distances, run_symbols]) each.encode();
  const writer = new BitWriter();
  writer.write(1, 1); // the last block
  writer.write(2, 2); // with codes of its own
  writer.write(literals_told - LENGTHS_FROM, 5);
  writer.write(distances_told - 1, 5);
  writeRuns(writer, told);
  if (writer.written + literals.weight + distances.weight >= fixedWeight()) return null;
  writeSymbols(writer, count);
  // Of half the size: stored bytes would be more, and all of it fits.
  return writer.length > data.length / 2 ? null : finished(data, writer.length);
}

/** What fixed codes (RFC 1951 §3.2.6) would take, and the three bits before any codes. */
function fixedWeight(): number {
  let bits = 3;
  for (let symbol = 0; symbol < literals.often.length; symbol++) {
    const length = symbol < 144 ? 8 : symbol < END ? 9 : symbol < 280 ? 7 : 8;
    bits += length * (literals.often[symbol] ?? 0);
  }
  for (const times of distances.often) bits += 5 * times;
  return bits;
}

function hashAt(data: Uint8Array, i: number): number {
  return ((data[i] ?? 0) ^ ((data[i + 1] ?? 0) << 5) ^ ((data[i + 2] ?? 0) << 10)) & HASH_MASK;
}

/** Enters these places into the chains of places with the same hash. */
function enter(data: Uint8Array, from: number, to: number): void {
  if (from >= to) return;
  let [one, two] = [data[from] ?? 0, data[from + 1] ?? 0];
  let last = -1;
  for (let i = from; i < to; i++) {
    const three = data[i + 2] ?? 0;
    const hash = (one ^ two << 5 ^ three << 10) & HASH_MASK;
    // White paper is one long chain, each place after the one before it.
    if (hash === last) previous[i] = i - 1;
    else {
      if (last >= 0) head[last] = i - 1;
      previous[i] = head[hash] ?? 0;
      last = hash;
    }
    one = two;
    two = three;
  }
  head[last] = to - 1;
}

/** Finds the symbols and how often each comes; how many, or null where they are too many matches. */
function match(data: Uint8Array): number | null {
  head.fill(0);
  /** Of the last two bytes there is no hash. */
  const hashed = data.length - 2;
  let count = 0;
  let matches = 0;
  for (let i = 0; i < data.length;) {
    const hash = i < hashed ? hashAt(data, i) : 0;
    const before = head[hash] ?? 0;
    if (i < hashed) {
      previous[i] = before;
      head[hash] = i;
    }
    const found = i < hashed && hash === hashAt(data, before) ? longest(data, i, before) : 0;
    if (found === 0) {
      const literal = data[i++] ?? 0;
      literals.often[literal] = (literals.often[literal] ?? 0) + 1;
      symbols[count++] = literal;
      continue;
    }
    const length = LENGTHS_FROM + lengthCode(found >> 16);
    const distance = distanceCode(found & 0xffff);
    literals.often[length] = (literals.often[length] ?? 0) + 1;
    distances.often[distance] = (distances.often[distance] ?? 0) + 1;
    symbols[count++] = found;
    const past = i + (found >> 16);
    enter(data, i + 1, Math.min(past, hashed));
    i = past;
    matches++;
  }
  literals.often[END] = 1;
  return matches > MATCHES_MAX ? null : count;
}

/** The match that the library settles for, as length << 16 | distance; 0 where there is none. */
function longest(data: Uint8Array, i: number, before: number): number {
  const most = Math.min(LENGTH_MAX, data.length - i);
  const enough = Math.min(NICE, data.length - i) - 1;
  let [length, distance] = [LENGTH_MIN - 1, 0];
  let [at, link] = [i, before];
  let back = i - before;
  for (let left = CHAIN - 1; left > 0 && back <= i && at !== link; left--) {
    if (data[i + length] === data[i + length - back]) {
      let same = 0;
      while (same < most && data[i + same] === data[i + same - back]) same++;
      if (same > length) {
        length = same;
        distance = back;
        if (same > enough) break;
        link = rarest(i - back, Math.min(back, same - 2), link);
      }
    }
    at = link;
    link = previous[at] ?? 0;
    back += at - link & 0x7fff;
  }
  return distance === 0 ? 0 : length << 16 | distance;
}

/** Of so many places of a match the one whose like stands farthest before it: fewest follow from there. */
function rarest(from: number, places: number, otherwise: number): number {
  let farthest = 0;
  let found = otherwise;
  for (let at = from; at < from + places; at++) {
    const back = at - (previous[at] ?? 0) & 0x7fff;
    if (back <= farthest) continue;
    farthest = back;
    found = at;
  }
  return found;
}

/** Codes of lengths and distances, counted from nought: RFC 1951 §3.2.5. */
function lengthCode(length: number): number {
  if (length === LENGTH_MAX) return 28;
  const over = length - LENGTH_MIN;
  const top = 31 - Math.clz32(over);
  return over < 8 ? over : 4 * (top - 1) + (over >> top - 2 & 3);
}

function distanceCode(distance: number): number {
  const over = distance - 1;
  const top = 31 - Math.clz32(over);
  return over < 4 ? over : 2 * top + (over >> top - 1 & 1);
}

/** Tells the first `lengths` of an alphabet's lengths as runs, after `told` others; how many by then. */
function tellRuns(alphabet: Alphabet, lengths: number, told: number): number {
  const tell = (symbol: number, more = 0) => {
    run_symbols.often[symbol] = (run_symbols.often[symbol] ?? 0) + 1;
    runs[told++] = symbol | more << 5;
  };
  for (let at = 0; at < lengths;) {
    const length = alphabet.lengths[at] ?? 0;
    let run = 1;
    while (at + run < lengths && alphabet.lengths[at + run] === length) run++;
    at += run;
    if (length === 0) {
      for (; run > 138; run -= 138) tell(MANY_NOUGHTS, 127);
      if (run > 10) tell(MANY_NOUGHTS, run - 11);
      else if (run > 2) tell(NOUGHTS, run - 3);
      if (run > 2) run = 0;
    } else if (run > 3) {
      tell(length);
      for (run--; run > 6; run -= 6) tell(AGAIN, 3);
      if (run > 2) {
        tell(AGAIN, run - 3);
        run = 0;
      }
    }
    for (; run > 0; run--) tell(length);
  }
  return told;
}

function writeRuns(writer: BitWriter, told: number): void {
  const { lengths, codes } = run_symbols;
  let order = RUN_ORDER.length;
  while (order > RUN_ORDER_MIN && lengths[RUN_ORDER[order - 1] ?? 0] === 0) order--;
  writer.write(order - RUN_ORDER_MIN, 4);
  for (let i = 0; i < order; i++) writer.write(lengths[RUN_ORDER[i] ?? 0] ?? 0, 3);
  for (let i = 0; i < told; i++) {
    const run = runs[i] ?? 0;
    const symbol = run & 31;
    writer.write(codes[symbol] ?? 0, lengths[symbol] ?? 0);
    if (symbol >= AGAIN) writer.write(run >> 5, RUN_EXTRA[symbol - AGAIN] ?? 0);
  }
}

function writeSymbols(writer: BitWriter, count: number): void {
  for (let i = 0; i < count; i++) {
    const symbol = symbols[i] ?? 0;
    if (symbol < END) {
      writer.write(literals.codes[symbol] ?? 0, literals.lengths[symbol] ?? 0);
      continue;
    }
    const length = lengthCode(symbol >> 16);
    const length_extra = length < 8 || length === 28 ? 0 : (length >> 2) - 1;
    const in_literals = LENGTHS_FROM + length;
    writer.write(literals.codes[in_literals] ?? 0, literals.lengths[in_literals] ?? 0);
    writer.write((symbol >> 16) - LENGTH_MIN & (1 << length_extra) - 1, length_extra);
    const distance = distanceCode(symbol & 0xffff);
    const distance_extra = distance < 4 ? 0 : (distance >> 1) - 1;
    writer.write(distances.codes[distance] ?? 0, distances.lengths[distance] ?? 0);
    writer.write((symbol & 0xffff) - 1 & (1 << distance_extra) - 1, distance_extra);
  }
  writer.write(literals.codes[END] ?? 0, literals.lengths[END] ?? 0);
  writer.flush();
}

/** Into `room`, first bit lowest. */
class BitWriter {
  length = 0;
  #held = 0;
  #bits = 0;

  /** In bits. */
  get written(): number {
    return 8 * this.length + this.#bits;
  }

  write(value: number, bits: number): void {
    this.#held |= value << this.#bits;
    this.#bits += bits;
    while (this.#bits >= 8) {
      room[this.length++] = this.#held;
      this.#held >>>= 8;
      this.#bits -= 8;
    }
  }

  flush(): void {
    if (this.#bits > 0) room[this.length++] = this.#held;
  }
}

function finished(data: Uint8Array, length: number): Uint8Array {
  const zlib = new Uint8Array(HEADER.length + length + CHECKSUM_BYTES);
  zlib.set(HEADER);
  zlib.set(room.subarray(0, length), HEADER.length);
  new DataView(zlib.buffer).setUint32(HEADER.length + length, adlerOf(data));
  return zlib;
}

/** Adler-32 (RFC 1950 §9); sums of this much data stay exact. */
function adlerOf(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let i = 0; i < data.length; i++) {
    a += data[i] ?? 0;
    b += a;
  }
  return (b % ADLER_MODULUS * 65_536 + a % ADLER_MODULUS) >>> 0;
}
