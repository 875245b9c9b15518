/**
 * The error rates of face models on people nobody trained or calibrated on.
 *
 * @module
 */
import {
  type DetectorMeasured,
  type EmbedderMeasured,
  isEnough,
  type LivenessChannels,
  type LivenessMeasured,
  livenessThreshold,
  type Manifest,
  type Rate,
  similarity,
} from "../../core/face/mod.ts";
import { ATTACK_SPECIES, type AttackSpecies, RENDERER_VERSION } from "../../devices/camera/mod.ts";
import {
  compareAttempts,
  compareTransactions,
  type Comparisons,
  detCurve,
  type DetPoint,
  fnmrByGroup,
  fnmrByGroupWhenStrict,
  pointAtFmr,
  specialRates,
} from "./compare.ts";
import { type LiveScores, type PersonObservation, RUNGS } from "./observe.ts";
import { acceptedAt, equalErrorRate, mean, percentile, rateOf, refusedAt } from "./rates.ts";
import { TEST } from "./splits.ts";

export interface EvaluationReport {
  readonly pack: string;
  readonly people: number;
  readonly renderer: string;
  readonly detector: DetectorMeasured;
  readonly liveness: LivenessMeasured;
  readonly embedder: EmbedderMeasured;
  /** For the pictures: trade-off curves and how scores are spread over −1…1. */
  readonly curves: {
    readonly attempts: readonly DetPoint[];
    readonly transactions: readonly DetPoint[];
    readonly genuine: readonly number[];
    readonly impostor: readonly number[];
  };
}

/** Parts of −1…1 in which scores are counted for a picture. */
export const SCORE_BARS = 80;

/** Every rate at the manifest's thresholds, from what was seen of the test people. */
export function evaluationOf(
  manifest: Manifest,
  seen: readonly PersonObservation[],
  command: string,
): EvaluationReport {
  const protocol = (text: string) => ({
    command,
    people: { first: TEST.people.first, last: TEST.people.first + seen.length - 1 },
    renderer: RENDERER_VERSION,
    text,
  });
  const attempts = compareAttempts(seen);
  const transactions = compareTransactions(seen);
  return {
    pack: manifest.name,
    people: seen.length,
    renderer: RENDERER_VERSION,
    detector: { protocol: protocol(DETECTOR_PROTOCOL), ...detectorRates(seen) },
    liveness: {
      protocol: protocol(LIVENESS_PROTOCOL),
      ...livenessRates(seen, manifest.liveness),
    },
    embedder: {
      protocol: protocol(EMBEDDER_PROTOCOL),
      ...embedderRates(seen, manifest, attempts, transactions),
    },
    curves: {
      attempts: detCurve(attempts),
      transactions: detCurve(transactions),
      genuine: barsOf(attempts.genuine),
      impostor: attempts.impostor.bars(SCORE_BARS),
    },
  };
}

function barsOf(scores: readonly number[]): readonly number[] {
  const bars = new Array<number>(SCORE_BARS).fill(0);
  for (const score of scores) {
    const at = Math.min(SCORE_BARS - 1, Math.floor(((score + 1) / 2) * SCORE_BARS));
    bars[at] = (bars[at] ?? 0) + 1;
  }
  return bars;
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
  "mm, yaw 20, pitch 15, roll 10 degrees, five ordinary lights); found: IoU with the true box of 0.5 or " +
  "more; landmark error: mean of five, in eye distances; failure to acquire: exposures with a " +
  "quality problem; of looks: visits with fewer than two usable exposures; to enrol: an identity photo " +
  "of one exposure, an enrolment of three; one empty lobby a person.";
const LIVENESS_PROTOCOL =
  "Bona fide: usable ordinary exposures; looks: the mean of a visit's, two at least. Attacks: looks " +
  "of two exposures of one instrument, each from instruments and in lobbies of the test alone, each " +
  "species of one to two hundred people; APNRR: exposures in which no single face was found, or whose " +
  "quality was refused, so that a session would not have judged them. Exposures of one person or one " +
  "instrument are not independent, so their intervals are too narrow; a look is one of each instrument. " +
  "Ablation: the same model with near infrared and depth, or depth, made blank, at the thresholds " +
  "for machines without those sensors. Left out: " +
  "models trained without the species, at thresholds of their own.";
const EMBEDDER_PROTOCOL =
  "Attempt: one usable exposure of a later visit against an identity photo " +
  "of the first. Transaction: mean of up to three exposures of a later visit against an enrolment " +
  "of three. Every person's probes against every other's reference; comparisons share people, so " +
  "the intervals are too narrow for FMR, and for FNMR, since one person comes six times. FRR: visits of " +
  "the enrolled in which too few exposures were usable, or that did not match. Kin: transactions of " +
  "two exposures. Groups: FNMR of attempts at the threshold, and at the one that refuses a hundredth of " +
  "all attempts; ratio: largest over smallest. Special: one exposure with one thing " +
  "out of the ordinary, of one to two hundred people; refused: for its quality; BPCER and FNMR: of " +
  "those that were not; APCER: one exposure of some of the species in the same circumstances, of " +
  "those that were not.";

function detectorRates(
  seen: readonly PersonObservation[],
): Omit<DetectorMeasured, "protocol"> {
  const attempts = seen.flatMap((person) => person.attempts);
  const errors = attempts.flatMap(({ landmark_error }) => landmark_error ?? []);
  const part = (value: number) => Math.round(value * 1e4) / 1e4;
  const refused = attempts.filter(({ template }) => template === null).length;
  const missing = (of: readonly (object | null)[]) =>
    rateOf(of.filter((one) => one === null).length, of.length);
  return {
    recall: rateOf(errors.length, attempts.length),
    false_faces: rateOf(seen.filter(({ ghost }) => ghost).length, seen.length),
    landmark_error: {
      mean: part(mean(errors)),
      p95: part(percentile(errors, 0.95)),
      faces: errors.length,
    },
    failure_to_acquire: rateOf(refused, attempts.length),
    look_failure_to_acquire: missing(seen.flatMap(({ transactions }) => transactions)),
    failure_to_enrol: {
      photo: missing(seen.map(({ photo }) => photo)),
      enrolment: missing(seen.map(({ enrolled }) => enrolled)),
    },
  };
}

function livenessRates(
  seen: readonly PersonObservation[],
  entry: Manifest["liveness"],
): Omit<LivenessMeasured, "protocol"> {
  const { threshold, left_out, input: { channels } } = entry;
  const all: LivenessChannels = channels === "rgb+nir+depth" ? channels : "rgb";
  const less: readonly LivenessChannels[] = all === "rgb" ? [] : ["rgb", "rgb+nir"];
  const looks = seen.flatMap(liveLooks);
  const exposures = seen.flatMap(({ attempts }) => attempts.flatMap(({ live }) => live ?? []));
  const rates = (channels: LivenessChannels) => {
    const needed = all === "rgb" ? threshold : livenessThreshold(entry, channels);
    return {
      bpcer: refusedAt(scoresOf(exposures, channels), needed),
      apcer: bySpecies(seen, (look) => acceptedAt(scoresOf(look.scores, channels), needed)),
    };
  };
  return {
    ...rates(all),
    apnrr: bySpecies(seen, ({ presented, scores }) => rateOf(presented - scores.length, presented)),
    looks: {
      bpcer: refusedAt(looks.map((look) => mean(scoresOf(look, all))), threshold),
      apcer: looksBySpecies(seen, all, threshold),
    },
    ablation: Object.fromEntries(less.map((channels) => [channels, rates(channels)])),
    left_out: leftOut(seen, left_out ?? {}),
  };
}

/** The visits on which a session would come to a verdict. */
function liveLooks({ attempts }: PersonObservation): readonly (readonly LiveScores[])[] {
  const visits = Map.groupBy(attempts, ({ visit }) => visit);
  return [...visits.values()].flatMap((exposures) => {
    const usable = exposures.flatMap(({ live }) => live ?? []);
    return isEnough(usable.length, exposures.length) ? [usable] : [];
  });
}

function scoresOf(scores: readonly LiveScores[], channels: LivenessChannels): readonly number[] {
  return scores.flatMap((score) => score[channels] ?? []);
}

interface Pooled {
  readonly presented: number;
  readonly scores: readonly LiveScores[];
}

function bySpecies(
  seen: readonly PersonObservation[],
  rate: (pooled: Pooled) => Rate,
): Readonly<Record<string, Rate>> {
  return Object.fromEntries(ATTACK_SPECIES.map((species) => {
    const looks = looksOf(seen, species);
    return [
      species,
      rate({
        presented: looks.reduce((sum, look) => sum + look.presented, 0),
        scores: looks.flatMap(({ scores }) => scores),
      }),
    ];
  }));
}

function looksBySpecies(
  seen: readonly PersonObservation[],
  channels: LivenessChannels,
  threshold: number,
): Readonly<Record<string, Rate>> {
  return Object.fromEntries(ATTACK_SPECIES.map((species) => {
    const judged = looksOf(seen, species).filter(({ scores, presented }) =>
      isEnough(scores.length, presented)
    );
    const means = judged.map(({ scores }) => mean(scoresOf(scores, channels)));
    return [species, acceptedAt(means, threshold)];
  }));
}

function looksOf(seen: readonly PersonObservation[], species: AttackSpecies) {
  return seen.flatMap(({ attacks }) => attacks[species] ?? []);
}

/** Models that never saw a species, on it, each at its own threshold; null when there are none. */
function leftOut(
  seen: readonly PersonObservation[],
  models: NonNullable<Manifest["liveness"]["left_out"]>,
): LivenessMeasured["left_out"] {
  if (Object.keys(models).length === 0) return null;
  const thresholdOf = (species: string) => models[species]?.threshold ?? 0.5;
  const live = seen.flatMap(({ attempts }) => attempts.flatMap(({ left_out }) => left_out ?? []));
  const refused = live.filter(({ species, score }) => score < thresholdOf(species)).length;
  const apcer = Object.fromEntries(ATTACK_SPECIES.map((species) => {
    const scores = looksOf(seen, species).flatMap(({ left_out }) => left_out);
    return [species, acceptedAt(scores, thresholdOf(species))];
  }));
  return { bpcer: rateOf(refused, live.length), apcer };
}

/** Visits of whoever is enrolled in which the face did not serve: too few usable pictures, or no match. */
function falselyRejected(people: readonly PersonObservation[], threshold: number): Rate {
  const visits = people.flatMap(({ enrolled, transactions }) =>
    enrolled === null
      ? []
      : transactions.map((probe) => probe !== null && similarity(probe, enrolled) >= threshold)
  );
  return rateOf(visits.filter((served) => !served).length, visits.length);
}

/** False match rates at which FNMR is told. */
const TOLD_FMR = [1e-3, 1e-4, 1e-5];

function embedderRates(
  people: readonly PersonObservation[],
  { embedder: { threshold }, liveness }: Manifest,
  attempts: Comparisons,
  transactions: Comparisons,
): Omit<EmbedderMeasured, "protocol"> {
  const kin: EmbedderMeasured["kin_accepted"] = {};
  for (const rung of RUNGS) {
    kin[rung] = acceptedAt(people.flatMap((person) => person.kin[rung]), threshold);
  }
  const strict = fnmrByGroupWhenStrict(people, attempts);
  return {
    fnmr: refusedAt(attempts.genuine, threshold),
    fmr: attempts.impostor.acceptedAt(threshold),
    transaction_fnmr: refusedAt(transactions.genuine, threshold),
    transaction_fmr: transactions.impostor.acceptedAt(threshold),
    transaction_frr: falselyRejected(people, threshold),
    equal_error_rate: equalErrorRate(attempts.genuine, attempts.impostor),
    kin_accepted: kin,
    at_fmr: TOLD_FMR.map((fmr) => ({
      fmr,
      attempts: pointAtFmr(attempts, fmr),
      transactions: pointAtFmr(transactions, fmr),
    })),
    ...(attempts.impostor.count === 0 ? {} : {
      impostor_cosine: {
        mean: Math.round(attempts.impostor.mean * 1e4) / 1e4,
        p99: attempts.impostor.percentile(0.99),
      },
    }),
    fnmr_by_group: { ...fnmrByGroup(people, threshold) },
    ...(strict === null ? {} : { fnmr_by_group_when_strict: strict }),
    special: {
      ...specialRates(people, { liveness: liveness.threshold, embedder: threshold }),
    },
  };
}
