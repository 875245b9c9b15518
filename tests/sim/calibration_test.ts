/** The rule by which the embedder's threshold is chosen: strangers, then siblings, never at any price. */
import assert from "node:assert/strict";
import {
  embedderThreshold,
  GENUINE_REFUSED,
  SIBLINGS_ACCEPTED,
  STRANGERS_ACCEPTED,
} from "../../models/train/embedder_threshold.ts";
import { refusedAt, ScoreHistogram } from "../../sim/evaluate/mod.ts";

/** Scores evenly from `low` to `high`. */
function spread(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + (high - low) * i / (count - 1));
}

const strangers = ScoreHistogram.of(spread(-0.4, 0.5, 50_001));

function scoresWith(genuine: number[], siblings: number[]) {
  const both = { genuine, impostor: strangers };
  return { attempts: both, transactions: both, siblings: ScoreHistogram.of(siblings) };
}

Deno.test("calibration: siblings raise the threshold that strangers would set", () => {
  const scores = scoresWith(spread(0.7, 1, 1000), spread(0, 0.7, 1001));
  const threshold = embedderThreshold(scores);
  assert.ok(threshold > strangers.thresholdAt(STRANGERS_ACCEPTED));
  assert.equal(scores.siblings.acceptedAt(threshold).count, 1000 * SIBLINGS_ACCEPTED);
  assert.ok(strangers.acceptedAt(threshold).rate <= STRANGERS_ACCEPTED);
});

Deno.test("calibration: siblings unlike each other leave the threshold to strangers", () => {
  const scores = scoresWith(spread(0.7, 1, 1000), spread(0, 0.4, 1001));
  assert.equal(embedderThreshold(scores), strangers.thresholdAt(STRANGERS_ACCEPTED));
});

Deno.test("calibration: siblings are let be where keeping them out sends too many customers away", () => {
  const genuine = spread(0.55, 1, 1000);
  const scores = scoresWith(genuine, spread(0, 0.7, 1001));
  const strict = scores.siblings.thresholdAt(SIBLINGS_ACCEPTED);
  assert.ok(refusedAt(genuine, strict).rate > GENUINE_REFUSED);
  assert.equal(embedderThreshold(scores), strangers.thresholdAt(STRANGERS_ACCEPTED));
});

Deno.test("calibration: where strangers alone would, ten times as many of them are accepted", () => {
  const scores = scoresWith(spread(0.4, 1, 1000), spread(0, 0.7, 1001));
  assert.equal(embedderThreshold(scores), strangers.thresholdAt(10 * STRANGERS_ACCEPTED));
});

Deno.test("calibration: what a threshold costs and keeps out is told with its numbers of trials", () => {
  const lines: string[] = [];
  embedderThreshold(scoresWith(spread(0.7, 1, 1000), spread(0, 0.7, 1001)), (l) => lines.push(l));
  assert.equal(lines.length, 1);
  assert.match(lines[0]!, /refused \d+ of 1000 attempts .* of 50001 strangers and 10 of 1001/);
});
