/**
 * A memory of results by content: exact, bounded, and nothing a result depends on.
 *
 * Inference is a function of (model, input bytes), so the key is the two SHA-256 of them and a hit
 * returns what the run would have computed, bit for bit. With `limit` 0 it remembers nothing.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { assert } from "../assert.ts";

export class Memo<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #limit: number;
  /** How often a result was remembered, and how often it had to be computed. */
  readonly counts: { hits: number; misses: number } = { hits: 0, misses: 0 };

  constructor(limit: number) {
    assert(Number.isSafeInteger(limit) && limit >= 0, "a memo's limit is a count");
    this.#limit = limit;
  }

  /** The remembered value of `model` on `input`, or `compute`'s, which is then remembered. */
  async through(
    model: string,
    input: Uint8Array,
    compute: () => Promise<Value>,
  ): Promise<Value> {
    if (this.#limit === 0) return await compute();
    const key = `${model}:${bytesToHex(sha256(input))}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.counts.hits++;
      return known;
    }
    this.counts.misses++;
    const value = await compute();
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < this.#limit) break;
      this.#entries.delete(oldest);
    }
    this.#entries.set(key, value);
    return value;
  }
}
