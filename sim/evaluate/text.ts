/** An evaluation for people to read. @module */
import type { Rate } from "../../core/face/mod.ts";
import type { ByGroup } from "./compare.ts";
import type { EvaluationReport } from "./evaluate.ts";
import type { StageTime } from "./stages.ts";

/** One figure a line, with its counts and its 95 % interval. */
export function evaluationText(report: EvaluationReport, stages: readonly StageTime[]): string {
  const { detector, people, renderer, pack } = report;
  const lines = [
    `${pack}: ${people} test people, renderer ${renderer}; 95 % Wilson intervals`,
    line("found by the detector", detector.recall),
    line("faces in empty lobbies", detector.false_faces),
    line("failure to acquire", detector.failure_to_acquire),
    ...optional("failure to acquire, a whole look", detector.look_failure_to_acquire),
    ...optional("failure to enrol, identity photo", detector.failure_to_enrol?.photo),
    ...optional("failure to enrol, three exposures", detector.failure_to_enrol?.enrolment),
    `landmark error: mean ${detector.landmark_error.mean}, p95 ${detector.landmark_error.p95}`,
    ...livenessLines(report),
    ...embedderLines(report),
    ...stages.map(({ stage, median_ms, p95_ms }) =>
      `time, ${stage}: median ${median_ms} ms, p95 ${p95_ms} ms`
    ),
  ];
  return lines.join("\n");
}

function livenessLines({ liveness }: EvaluationReport): string[] {
  const { looks, ablation = {}, left_out } = liveness;
  return [
    line("BPCER", liveness.bpcer),
    ...named("APCER", liveness.apcer),
    ...named("APNRR", liveness.apnrr),
    ...(looks === undefined ? [] : [
      line("BPCER, a whole look", looks.bpcer),
      ...named("APCER, a whole look,", looks.apcer),
    ]),
    ...Object.entries(ablation).flatMap(([channels, { bpcer, apcer }]) => [
      line(`BPCER with ${channels} alone`, bpcer),
      ...named(`APCER with ${channels} alone,`, apcer),
    ]),
    ...(left_out === undefined || left_out === null
      ? ["species left out of training: not measured, there are no such models"]
      : [
        line("BPCER of models that never saw one species", left_out.bpcer),
        ...named("APCER of models that never saw", left_out.apcer),
      ]),
  ];
}

function embedderLines({ embedder }: EvaluationReport): string[] {
  const { at_fmr = [], fnmr_by_group = {}, impostor_cosine, special = {} } = embedder;
  const strict = embedder.fnmr_by_group_when_strict;
  return [
    line("FNMR, one exposure", embedder.fnmr),
    line("FMR, one exposure", embedder.fmr),
    line("FNMR, transaction", embedder.transaction_fnmr),
    line("FMR, transaction", embedder.transaction_fmr),
    ...optional("FRR, transaction (not acquired or no match)", embedder.transaction_frr),
    ...at_fmr.flatMap(({ fmr, attempts, transactions }) => [
      `FNMR at FMR ${fmr}, one exposure: ${pointText(attempts)}`,
      `FNMR at FMR ${fmr}, transaction: ${pointText(transactions)}`,
    ]),
    `equal error rate, one exposure: ${equalText(embedder)}`,
    ...(impostor_cosine === undefined
      ? []
      : [`impostor cosine: mean ${impostor_cosine.mean}, p99 ${impostor_cosine.p99}`]),
    ...named("accepted:", embedder.kin_accepted),
    ...groupLines(fnmr_by_group, ""),
    ...(strict === undefined ? [] : groupLines(strict.by, ` at ${strict.threshold.toFixed(3)}`)),
    ...Object.entries(special).flatMap(([what, { found, refused, bpcer, fnmr, apcer }]) => [
      line(`${what}: found`, found),
      line(`${what}: refused for quality`, refused),
      ...(bpcer === undefined ? [] : [line(`${what}: BPCER`, bpcer)]),
      line(`${what}: FNMR`, fnmr),
      ...(apcer === undefined ? [] : [line(`${what}: APCER`, apcer)]),
    ]),
  ];
}

/** `at`: where it is not the threshold. */
function groupLines(
  by: ByGroup,
  at: string,
): string[] {
  return Object.entries(by).flatMap(([dimension, { groups, ratio }]) => [
    ...named(`FNMR${at} by ${dimension},`, groups),
    `largest FNMR ratio${at} by ${dimension}: ${ratio ?? "a group without errors has none"}`,
  ]);
}

function pointText(point: { threshold: number; fnmr: Rate } | null): string {
  if (point === null) return "too few impostors";
  return `${rateText(point.fnmr)} at ${point.threshold}`;
}

function named(what: string, rates: Readonly<Record<string, Rate>>): string[] {
  return Object.entries(rates).map(([name, rate]) => line(`${what} ${name}`, rate));
}

function optional(what: string, rate: Rate | undefined): string[] {
  return rate === undefined ? [] : [line(what, rate)];
}

function line(what: string, rate: Rate): string {
  return `${what}: ${rateText(rate)}`;
}

/** A rate with its counts and its interval: `0.667 % (4 of 600; 0.259 % to 1.704 %)`. */
export function rateText({ count, of, rate, low, high }: Rate): string {
  return `${percent(rate)} (${count} of ${of}; ${percent(low)} to ${percent(high)})`;
}

/** Where errors cross; of a detector that finds nobody they do not. */
export function equalText({ equal_error_rate }: EvaluationReport["embedder"]): string {
  return equal_error_rate === null ? "nobody to compare" : percent(equal_error_rate);
}

/** A rate as a percentage with three digits after the point, six where it is less than that shows. */
export function percent(rate: number): string {
  const shown = 100 * rate;
  return `${shown.toFixed(shown > 0 && shown < 0.001 ? 6 : 3)} %`;
}
