/** An evaluation for people to read. @module */
import type { Rate } from "../../core/face/mod.ts";
import type { EvaluationReport } from "./evaluate.ts";

/** One figure a line, with its counts and its 95 % interval. */
export function evaluationText(
  { detector, liveness, embedder, people, renderer }: EvaluationReport,
): string {
  const lines = [
    `${people} test people, renderer ${renderer}; 95 % Wilson intervals`,
    line("found by the detector", detector.recall),
    line("faces in empty lobbies", detector.false_faces),
    line("failure to acquire", detector.failure_to_acquire),
    `landmark error: mean ${detector.landmark_error.mean}, p95 ${detector.landmark_error.p95}`,
    line("BPCER", liveness.bpcer),
    ...Object.entries(liveness.apcer).map(([species, rate]) => line(`APCER ${species}`, rate)),
    ...Object.entries(liveness.apnrr).map(([species, rate]) => line(`APNRR ${species}`, rate)),
    line("FNMR, one exposure", embedder.fnmr),
    line("FMR, one exposure", embedder.fmr),
    line("FNMR, transaction", embedder.transaction_fnmr),
    line("FMR, transaction", embedder.transaction_fmr),
    `equal error rate, one exposure: ${percent(embedder.equal_error_rate)}`,
    ...Object.entries(embedder.kin_accepted).map(([rung, rate]) => line(`accepted: ${rung}`, rate)),
  ];
  return lines.join("\n");
}

function line(what: string, rate: Rate): string {
  return `${what}: ${rateText(rate)}`;
}

/** A rate with its counts and its interval: `0.667 % (4 of 600; 0.259 % to 1.704 %)`. */
export function rateText({ count, of, rate, low, high }: Rate): string {
  return `${percent(rate)} (${count} of ${of}; ${percent(low)} to ${percent(high)})`;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(3)} %`;
}
