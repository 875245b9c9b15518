/**
 * Millions of scores in a little memory: how many lie in each step of 10⁻⁴.
 *
 * Thresholds are chosen in the same steps, so every count at a threshold is exact.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { Rate } from "../../core/face/mod.ts";
import { rateOf } from "./rates.ts";

export const STEPS = 10_000;
/** Scores have six digits: this is less than the last of them, and more than rounding errs. */
const SLACK = 1e-5;

/** Cosines, −1…1, counted. */
export class ScoreHistogram {
  readonly #bins = new Uint32Array(2 * STEPS + 1);
  #count = 0;
  #sum = 0;

  static of(scores: Iterable<number>): ScoreHistogram {
    const histogram = new ScoreHistogram();
    for (const score of scores) histogram.add(score);
    return histogram;
  }

  get count(): number {
    return this.#count;
  }

  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  add(score: number): void {
    assert(score >= -1 && score <= 1, "a cosine lies between -1 and 1");
    const bin = Math.floor((score + 1) * STEPS + SLACK);
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    this.#count++;
    this.#sum += score;
  }

  /** Scores of at least `threshold`, a multiple of 10⁻⁴. */
  acceptedAt(threshold: number): Rate {
    let accepted = 0;
    const first = Math.max(0, Math.ceil((threshold + 1) * STEPS - SLACK));
    for (let bin = first; bin < this.#bins.length; bin++) accepted += this.#bins[bin] ?? 0;
    return rateOf(accepted, this.#count);
  }

  /** The lowest threshold, in steps of 10⁻⁴, that at most `rate` of the scores reach. */
  thresholdAt(rate: number): number {
    assert(this.#count > 0, "a threshold needs impostors");
    const allowed = Math.floor(rate * this.#count);
    let accepted = 0;
    let bin = this.#bins.length;
    while (bin > 0 && accepted + (this.#bins[bin - 1] ?? 0) <= allowed) {
      bin--;
      accepted += this.#bins[bin] ?? 0;
    }
    return (bin - STEPS) / STEPS;
  }

  /** The score that `part` (0…1) of all lie below, to 10⁻⁴. */
  percentile(part: number): number {
    let below = 0;
    for (const [bin, count] of this.#bins.entries()) {
      below += count;
      if (below > part * this.#count) return (bin - STEPS) / STEPS;
    }
    return 1;
  }

  /** How many scores in each of `count` equal parts of −1…1, for a picture. */
  bars(count: number): readonly number[] {
    const bars = new Array<number>(count).fill(0);
    for (const [bin, scores] of this.#bins.entries()) {
      const at = Math.min(count - 1, Math.floor((bin * count) / this.#bins.length));
      bars[at] = (bars[at] ?? 0) + scores;
    }
    return bars;
  }
}
