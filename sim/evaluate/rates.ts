/**
 * Error rates as the standards count them, each with its number of trials.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { Rate } from "../../core/face/mod.ts";
import { type ScoreHistogram, STEPS } from "./histogram.ts";

/** The 97.5th percentile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * `count` events in `of` trials with the 95 % Wilson score interval (Wilson 1927). With no event
 * the upper bound is near the rule of three, 3 ⁄ n (exactly Z² ⁄ (n + Z²)).
 */
export function rateOf(count: number, of: number): Rate {
  assert(Number.isSafeInteger(count) && count >= 0 && count <= of, "events are among the trials");
  if (of === 0) return { count, of, rate: 0, low: 0, high: 1 };
  const rate = count / of;
  const scale = 1 + (Z * Z) / of;
  const middle = (rate + (Z * Z) / (2 * of)) / scale;
  const half = (Z * Math.sqrt((rate * (1 - rate)) / of + (Z * Z) / (4 * of * of))) / scale;
  return {
    count,
    of,
    rate: digits(rate),
    low: count === 0 ? 0 : digits(Math.max(0, middle - half)),
    high: count === of ? 1 : digits(Math.min(1, middle + half)),
  };
}

/** Scores of at least `threshold` among `scores`. */
export function acceptedAt(scores: readonly number[], threshold: number): Rate {
  return rateOf(scores.filter((score) => score >= threshold).length, scores.length);
}

/** Scores that do not reach `threshold` among `scores`. */
export function refusedAt(scores: readonly number[], threshold: number): Rate {
  return rateOf(scores.filter((score) => !(score >= threshold)).length, scores.length);
}

/**
 * The error rate where as many genuine are refused as impostors accepted (both are steps: mean); null
 * where there are none of either.
 */
export function equalErrorRate(
  genuine: readonly number[],
  impostor: ScoreHistogram,
): number | null {
  if (genuine.length === 0 || impostor.count === 0) return null;
  const at = (step: number) => {
    const threshold = step / STEPS - 1;
    const fnmr = genuine.filter((score) => score < threshold).length / genuine.length;
    return { fnmr, fmr: impostor.acceptedAt(threshold).rate };
  };
  // The higher the threshold, the more are refused and the fewer accepted: the two cross once, at
  // the earliest above −1, where everybody passes, at the latest above 1, where nobody does.
  let [low, high] = [0, 2 * STEPS + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const { fnmr, fmr } = at(middle);
    if (fnmr <= fmr) low = middle;
    else high = middle;
  }
  const [before, after] = [at(low), at(high)];
  const gap = ({ fnmr, fmr }: typeof before) => Math.abs(fnmr - fmr);
  const { fnmr, fmr } = gap(before) <= gap(after) ? before : after;
  return Math.round(((fnmr + fmr) / 2) * 1e6) / 1e6;
}

/** The least of the values below which `part` (0…1) of them lie. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

/** The mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nine digits: one of a million strangers is still told from none. */
function digits(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
