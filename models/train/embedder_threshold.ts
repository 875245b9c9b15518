/**
 * From which cosine on two faces are one person's: chosen on people of calibration alone.
 *
 * The higher of what keeps strangers out (FMR 10⁻⁴, in attempts and in transactions) and what keeps
 * siblings out (1 %, half of what is wanted of people nobody has met: a few hundred pairs are few).
 * Where that would refuse more than 2 % of genuine attempts siblings are let be, and the PIN is left
 * to stop them; where strangers alone would, they are judged at FMR 10⁻³.
 *
 * @module
 */
import type { FacePipeline } from "../../core/face/mod.ts";
import {
  CALIBRATION,
  type Comparisons,
  observeRelative,
  refusedAt,
  ScoreHistogram,
} from "../../sim/evaluate/mod.ts";

export const STRANGERS_ACCEPTED = 1e-4;
const STRANGERS_ACCEPTED_AT_MOST = 1e-3;
export const SIBLINGS_ACCEPTED = 0.01;
export const GENUINE_REFUSED = 0.02;

/** What a threshold of the embedder is chosen by. */
export interface EmbedderScores {
  readonly attempts: Comparisons;
  readonly transactions: Comparisons;
  /** Siblings' transactions. */
  readonly siblings: ScoreHistogram;
}

/** The first of three thresholds, strictest first, that refuses few enough; else the last. */
export function embedderThreshold(
  scores: EmbedderScores,
  tell: (line: string) => void = () => {},
): number {
  const { attempts, transactions, siblings } = scores;
  const strangers = (rate: number) =>
    Math.max(attempts.impostor.thresholdAt(rate), transactions.impostor.thresholdAt(rate));
  const strict = strangers(STRANGERS_ACCEPTED);
  const lax = strangers(STRANGERS_ACCEPTED_AT_MOST);
  for (const threshold of [Math.max(strict, siblings.thresholdAt(SIBLINGS_ACCEPTED)), strict]) {
    const refused = refusedAt(attempts.genuine, threshold);
    tell(told(scores, threshold));
    if (refused.rate <= GENUINE_REFUSED) return threshold;
  }
  tell(told(scores, lax));
  return lax;
}

function told({ attempts, transactions, siblings }: EmbedderScores, threshold: number): string {
  const one = refusedAt(attempts.genuine, threshold);
  const many = refusedAt(transactions.genuine, threshold);
  const strangers = attempts.impostor.acceptedAt(threshold);
  const kin = siblings.acceptedAt(threshold);
  return `embedder at ${threshold}: refused ${one.count} of ${one.of} attempts and ${many.count} ` +
    `of ${many.of} transactions, accepted ${strangers.count} of ${strangers.of} strangers and ` +
    `${kin.count} of ${kin.of} siblings`;
}

/** The siblings of the first `people` of calibration, one transaction each. */
export async function siblingsOf(pipeline: FacePipeline, people: number): Promise<ScoreHistogram> {
  const siblings = new ScoreHistogram();
  for (let index = 0; index < people; index++) {
    const score = await observeRelative({ pipeline, split: CALIBRATION }, index, "sibling");
    if (score !== null) siblings.add(score);
  }
  return siblings;
}
