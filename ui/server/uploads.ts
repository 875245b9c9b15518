/**
 * Traces and signed bundles from elsewhere: bounded, checked, and kept only when whole.
 *
 * Whether a trace is what happened is asked separately (`POST /api/jobs`, kind `verification`); here it
 * must only be one, with no byte changed since it was written.
 *
 * @module
 */
import { summaryOfTrace } from "../../sim/adapters/summary.ts";
import { auditOf, auditSchema } from "../../sim/audit/mod.ts";
import { checkBundle, openBundle, tracesOf } from "../../sim/evidence/mod.ts";
import { firstProblem } from "../../sim/plan/mod.ts";
// Not by the front door: behind it lies SQLite, and a page without a server receives files too.
import {
  runIdOf,
  type RunRecord,
  type RunStore,
  runSummarySchema,
} from "../../sim/store/record.ts";
import { readTrace } from "../../sim/trace/mod.ts";
import { problem } from "./problem.ts";

/** Of a trace; a session's has 150 kB. */
export const TRACE_MAX_BYTES = 8 * 1024 * 1024;
/** Of a bundle, packed and unpacked. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
const UNPACKED_MAX_BYTES = 128 * 1024 * 1024;

/** Where received runs are put. */
export type Shelf = Pick<RunStore, "get" | "putAll">;

/** Keeps a trace file, or tells the first line that is wrong with it. */
export function receiveTrace(
  file: Uint8Array,
  store: Shelf,
  now: number,
): RunRecord | Response {
  const run = runOf(file, now);
  if (run instanceof Response) return run;
  // A run that is here already keeps what was judged when it was run.
  const known = store.get(run.id);
  if (known !== null) return known;
  store.putAll([[run, new TextDecoder().decode(file)]]);
  return run;
}

/** A chain can be right over a plan or an amount that is none: such a run would be in no list. */
function runOf(file: Uint8Array | string, now: number): RunRecord | Response {
  const reading = readTrace(file);
  if (!reading.ok) {
    const more = { file: "trace", field: `line ${reading.line}`, message: reading.problem };
    return problem(422, `line ${reading.line}: ${reading.problem}`, more);
  }
  const summary = summaryOfTrace(reading.trace);
  const wrong = runSummarySchema.safeParse(summary).error ??
    auditSchema.safeParse(auditOf(reading.trace)).error;
  if (wrong !== undefined) {
    const { field, message } = firstProblem(wrong, "trace");
    const remedy = `${message}; bring the trace as the run wrote it`;
    return problem(422, remedy, { file: "trace", field, message });
  }
  return { id: runIdOf(summary.root), created_ms: now, ...summary };
}

/** Keeps every run of a bundle whose signature, files, chains and trees are right; else none. */
export async function receiveBundle(
  bytes: Uint8Array,
  store: Shelf,
  now: number,
): Promise<readonly RunRecord[] | Response> {
  const files = openBundle(bytes, UNPACKED_MAX_BYTES);
  if (typeof files === "string") {
    return problem(422, `This is no bundle: ${files}`, { file: "bundle", field: "" });
  }
  const checks = await checkBundle(files, null);
  const refused = checks.find(({ ok }) => !ok);
  if (refused !== undefined) {
    return problem(422, `${refused.name}: ${refused.evidence}`, {
      file: "bundle",
      field: refused.name,
    });
  }
  const received: [RunRecord, string][] = [];
  for (const { text } of tracesOf(files)) {
    const run = runOf(text, now);
    if (run instanceof Response) return run;
    received.push([run, text]);
  }
  // A run that is here already keeps what was judged when it was run.
  const runs = received.map(([run]) => store.get(run.id) ?? run);
  store.putAll(received.filter(([run]) => runs.includes(run)));
  return runs;
}
