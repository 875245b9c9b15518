/**
 * The error rates of the shipped models on people nobody trained or calibrated on.
 *
 * @module
 */
import {
  type DetectorMeasured,
  type EmbedderMeasured,
  type FacePipeline,
  type LivenessMeasured,
  type Manifest,
  similarity,
} from "../../core/face/mod.ts";
import { ATTACK_SPECIES, RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { type Observations, observePeople, type PersonObservation, RUNGS } from "./observe.ts";
import { acceptedAt, equalErrorRate, mean, percentile, rateOf, refusedAt } from "./rates.ts";
import { TEST } from "./splits.ts";

export interface EvaluationReport {
  readonly people: number;
  readonly renderer: string;
  readonly detector: DetectorMeasured;
  readonly liveness: LivenessMeasured;
  readonly embedder: EmbedderMeasured;
}

export interface EvaluateOptions {
  readonly pipeline: FacePipeline;
  /** How many test people, from the first of the split. */
  readonly people: number;
  readonly onProgress?: (done: number, of: number) => void | Promise<void>;
}

/** Scores of probes against references: of the same person, and of all others. */
export interface Comparisons {
  readonly genuine: number[];
  readonly impostor: number[];
}

/** Renders the test people and measures every rate at the manifest's thresholds. */
export async function evaluateModels(options: EvaluateOptions): Promise<EvaluationReport> {
  const { pipeline, people } = options;
  const seen = await observePeople({ ...options, split: TEST, kin: true });
  const { manifest } = pipeline;
  const protocol = (text: string) => ({
    command: `deno run -A main.ts models evaluate --people ${people} --write`,
    people: { first: TEST.people.first, last: TEST.people.first + people - 1 },
    renderer: RENDERER_VERSION,
    text,
  });
  return {
    people,
    renderer: RENDERER_VERSION,
    detector: { protocol: protocol(DETECTOR_PROTOCOL), ...detectorRates(seen) },
    liveness: {
      protocol: protocol(LIVENESS_PROTOCOL),
      ...livenessRates(seen, manifest.liveness.threshold),
    },
    embedder: {
      protocol: protocol(EMBEDDER_PROTOCOL),
      ...embedderRates(seen.people, manifest.embedder.threshold),
    },
  };
}

/** The manifest with a report's figures in the place of the ones before. */
export function withMeasured(manifest: Manifest, report: EvaluationReport): Manifest {
  return {
    ...manifest,
    detector: { ...manifest.detector, measured: report.detector },
    liveness: { ...manifest.liveness, measured: report.liveness },
    embedder: { ...manifest.embedder, measured: report.embedder },
  };
}

const DETECTOR_PROTOCOL =
  "Six ordinary exposures a person (two later visits, three each; 250-650 " +
  "mm, yaw 20, pitch 15, roll 10 degrees, all lights); found: IoU with the true box of 0.5 or " +
  "more; landmark error: mean of five, in eye distances; failure to acquire: exposures with a " +
  "quality problem; one empty lobby a person.";
const LIVENESS_PROTOCOL =
  "One exposure at a time. Bona fide: usable ordinary exposures. Attacks: " +
  "two exposures a species and person, each of an instrument of its own from instruments and in " +
  "lobbies of the test alone; APNRR: attacks in which no single face was found.";
const EMBEDDER_PROTOCOL =
  "Attempt: one usable exposure of a later visit against an identity photo " +
  "of the first. Transaction: mean of up to three exposures of a later visit against an enrolment " +
  "of three. Every person's probes against every other's reference; comparisons share people, so " +
  "the intervals are too narrow for FMR. Kin: transactions of two exposures.";

function detectorRates(seen: Observations): Omit<DetectorMeasured, "protocol"> {
  const errors = seen.landmark_errors;
  const part = (value: number) => Math.round(value * 1e4) / 1e4;
  return {
    recall: rateOf(seen.found, seen.exposures),
    false_faces: rateOf(seen.ghosts, seen.empty),
    landmark_error: {
      mean: part(mean(errors)),
      p95: part(percentile(errors, 0.95)),
      faces: errors.length,
    },
    failure_to_acquire: rateOf(seen.exposures - seen.usable, seen.exposures),
  };
}

function livenessRates(
  seen: Observations,
  threshold: number,
): Omit<LivenessMeasured, "protocol"> {
  const apcer: LivenessMeasured["apcer"] = {};
  const apnrr: LivenessMeasured["apnrr"] = {};
  for (const species of ATTACK_SPECIES) {
    const { presented, scores } = seen.attacks[species];
    apcer[species] = acceptedAt(scores, threshold);
    apnrr[species] = rateOf(presented - scores.length, presented);
  }
  return { bpcer: refusedAt(seen.live, threshold), apcer, apnrr };
}

function embedderRates(
  people: readonly PersonObservation[],
  threshold: number,
): Omit<EmbedderMeasured, "protocol"> {
  const attempts = compareAttempts(people);
  const transactions = compareTransactions(people);
  const kin: EmbedderMeasured["kin_accepted"] = {};
  for (const rung of RUNGS) {
    kin[rung] = acceptedAt(people.flatMap((person) => person.kin[rung]), threshold);
  }
  return {
    fnmr: refusedAt(attempts.genuine, threshold),
    fmr: acceptedAt(attempts.impostor, threshold),
    transaction_fnmr: refusedAt(transactions.genuine, threshold),
    transaction_fmr: acceptedAt(transactions.impostor, threshold),
    equal_error_rate: equalErrorRate(attempts.genuine, attempts.impostor),
    kin_accepted: kin,
  };
}

/** One exposure against the identity photo. */
export function compareAttempts(people: readonly PersonObservation[]): Comparisons {
  return compare(people, "photo", "attempts");
}

/** A visit's exposures together against the enrolment. */
export function compareTransactions(people: readonly PersonObservation[]): Comparisons {
  return compare(people, "enrolled", "transactions");
}

function compare(
  people: readonly PersonObservation[],
  kept: "photo" | "enrolled",
  came: "attempts" | "transactions",
): Comparisons {
  const scores: Comparisons = { genuine: [], impostor: [] };
  for (const owner of people) {
    const reference = owner[kept];
    if (reference === null) continue;
    for (const visitor of people) {
      const side = visitor === owner ? scores.genuine : scores.impostor;
      for (const probe of visitor[came]) side.push(similarity(probe, reference));
    }
  }
  return scores;
}
