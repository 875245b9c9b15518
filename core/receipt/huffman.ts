/** Huffman codes of a deflate block (RFC 1951 §3.2): how long they are, and which. */

/** One set of symbols: how often each comes, how long its code is, the code with its first bit lowest. */
export class Alphabet {
  readonly often: Uint16Array;
  readonly lengths: Uint8Array;
  readonly codes: Uint16Array;
  /** No code may be longer. */
  readonly #longest: number;

  constructor(symbols: number, longest: number) {
    this.often = new Uint16Array(symbols);
    this.lengths = new Uint8Array(symbols);
    this.codes = new Uint16Array(symbols);
    this.#longest = longest;
  }

  /** Finds the lengths; how many symbols there are up to the last that comes. */
  measure(): number {
    this.lengths.fill(0);
    let leaves = 0;
    let last = -1;
    for (let symbol = 0; symbol < this.often.length; symbol++) {
      const times = this.often[symbol] ?? 0;
      if (times === 0) continue;
      keys[leaves++] = times * KEY + symbol;
      last = symbol;
    }
    if (leaves === 1) this.lengths[last] = 1;
    if (leaves < 2) return last + 1;
    keys.subarray(0, leaves).sort();
    join(leaves);
    const longest = descend(leaves, this.lengths);
    if (longest > this.#longest) this.#shorten(longest);
    return last + 1;
  }

  /** Bits that all symbols take. */
  get weight(): number {
    let bits = 0;
    for (let i = 0; i < this.often.length; i++) {
      bits += (this.often[i] ?? 0) * (this.lengths[i] ?? 0);
    }
    return bits;
  }

  /** Cuts codes that are too long, and makes others longer for it, in the library's own order. */
  #shorten(longest: number): void {
    const { lengths, often } = this;
    const most = this.#longest;
    const length = (symbol: number) => lengths[symbol] ?? 0;
    const order = Array.from(lengths.keys()).filter((symbol) => length(symbol) > 0).sort((a, b) =>
      length(b) - length(a) || (often[a] ?? 0) - (often[b] ?? 0)
    );
    let at = 0;
    let debt = 0;
    for (; length(order[at] ?? 0) > most; at++) {
      debt += (1 << longest - most) - (1 << longest - length(order[at] ?? 0));
      lengths[order[at] ?? 0] = most;
    }
    debt >>= longest - most;
    while (debt > 0) {
      const symbol = order[at] ?? 0;
      if (length(symbol) === most) at++;
      else {
        debt -= 1 << most - length(symbol) - 1;
        lengths[symbol] = length(symbol) + 1;
      }
    }
    for (; at >= 0 && debt < 0; at--) {
      const symbol = order[at] ?? 0;
      if (length(symbol) !== most) continue;
      lengths[symbol] = most - 1;
      debt++;
    }
  }

  /** Makes the codes of the lengths. */
  encode(): void {
    const { lengths, codes } = this;
    of_length.fill(0);
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length > 0) of_length[length] = (of_length[length] ?? 0) + 1;
    }
    for (let length = 1; length < next.length; length++) {
      next[length] = (next[length - 1] ?? 0) + (of_length[length - 1] ?? 0) << 1;
    }
    // What follows turns `next` from the first code of each length into the one after the last.
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length > 0) codes[symbol] = turned(take(length), length);
    }
  }
}

const SYMBOLS_MAX = 288;
/** A leaf's key is how often it comes, times this, and its symbol: sorted by the one, then the other. */
const KEY = 512;
/** More often than anything: stands behind the last leaf. */
const NEVER = 0x7fff_ffff;
const LENGTHS = 16;

/** Room that is used again for every alphabet. */
const keys = new Uint32Array(SYMBOLS_MAX);
const weights = new Int32Array(SYMBOLS_MAX);
/** Children of each inner node: a leaf by its place, an inner node by the complement of its own. */
const children = [new Int32Array(SYMBOLS_MAX), new Int32Array(SYMBOLS_MAX)] as const;
const depths = new Uint8Array(SYMBOLS_MAX);
const of_length = new Uint16Array(LENGTHS);
const next = new Uint16Array(LENGTHS);

/** Joins the two lightest nodes, and again, until there is one; at a tie a leaf is the lighter. */
function join(leaves: number): void {
  let leaf = 0;
  let inner = 0;
  for (let made = 0; made < leaves - 1; made++) {
    let sum = 0;
    for (const side of children) {
      const weight = inner < made ? weights[inner] ?? 0 : NEVER;
      const other = leaf < leaves ? (keys[leaf] ?? 0) / KEY | 0 : NEVER;
      side[made] = weight < other ? ~inner++ : leaf++;
      sum += Math.min(weight, other);
    }
    weights[made] = sum;
  }
}

/** From the root down: how deep a leaf lies is how long its code is; the longest. */
function descend(leaves: number, lengths: Uint8Array): number {
  let longest = 0;
  depths[leaves - 2] = 0;
  for (let node = leaves - 2; node >= 0; node--) {
    const depth = (depths[node] ?? 0) + 1;
    longest = Math.max(longest, depth);
    for (const side of children) {
      const child = side[node] ?? 0;
      if (child < 0) depths[~child] = depth;
      else lengths[(keys[child] ?? 0) % KEY] = depth;
    }
  }
  return longest;
}

function take(length: number): number {
  const code = next[length] ?? 0;
  next[length] = code + 1;
  return code;
}

/** The lowest `bits` bits, last first. */
function turned(code: number, bits: number): number {
  let other = 0;
  for (let bit = 0; bit < bits; bit++) other = other << 1 | code >> bit & 1;
  return other;
}
