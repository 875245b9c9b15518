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
import { openBundle, readBundle } from "../../sim/evidence/mod.ts";
import { firstProblem } from "../../sim/plan/mod.ts";
// Not by the front door: behind it lies SQLite, and a page without a server receives files too.
import {
  runIdOf,
  type RunRecord,
  type RunStore,
  runSummarySchema,
  type RunToKeep,
} from "../../sim/store/record.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { problem } from "./problem.ts";

/** Of a trace; a session's has 150 kB. */
export const TRACE_MAX_BYTES = 8 * 1024 * 1024;
/** Of a bundle, packed and unpacked: a megabyte is read in a quarter of a second. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;

/** Where received runs are put. */
export type Shelf = Pick<RunStore, "get" | "putAll">;

/** Keeps a trace file, or tells the first line that is wrong with it. */
export function receiveTrace(
  file: Uint8Array,
  store: Shelf,
  now: number,
): RunRecord | Response {
  const reading = readTrace(file);
  if (!reading.ok) {
    const more = { file: "trace", field: `line ${reading.line}`, message: reading.problem };
    return problem(422, `line ${reading.line}: ${reading.problem}`, more);
  }
  const received = toKeep(reading.trace, new TextDecoder().decode(file), now);
  if (received instanceof Response) return received;
  // A run that is here already keeps what was judged when it was run.
  const known = store.get(received[0].id);
  if (known !== null) return known;
  store.putAll([received]);
  return received[0];
}

/** A chain can be right over a plan or an amount that is none: such a run would be in no list. */
function toKeep(trace: Trace, text: string, now: number): RunToKeep | Response {
  const summary = summaryOfTrace(trace);
  const audit = auditOf(trace);
  const wrong = runSummarySchema.safeParse(summary).error ?? auditSchema.safeParse(audit).error;
  if (wrong !== undefined) {
    const { field, message } = firstProblem(wrong, "trace");
    const remedy = `${message}; bring the trace as the run wrote it`;
    return problem(422, remedy, { file: "trace", field, message });
  }
  return [{ id: runIdOf(summary.root), created_ms: now, ...summary }, text, audit];
}

/** Keeps every run of a bundle whose signature, files, chains and trees are right; else none. */
export async function receiveBundle(
  bytes: Uint8Array,
  store: Shelf,
  now: number,
): Promise<readonly RunRecord[] | Response> {
  const files = openBundle(bytes, BUNDLE_MAX_BYTES);
  if (typeof files === "string") {
    return problem(422, `This is no bundle to be kept here: ${files}`, {
      file: "bundle",
      field: "",
    });
  }
  const { checks, traces } = await readBundle(files, null, othersFirst);
  const refused = checks.find(({ ok }) => !ok);
  if (refused !== undefined) {
    return problem(422, `${refused.name}: ${refused.evidence}`, {
      file: "bundle",
      field: refused.name,
    });
  }
  const received: RunToKeep[] = [];
  for (const { trace, text } of traces) {
    const run = toKeep(trace, text, now);
    if (run instanceof Response) return run;
    received.push(run);
  }
  // A run that is here already keeps what was judged when it was run.
  const runs = received.map(([run]) => store.get(run.id) ?? run);
  store.putAll(received.filter(([run]) => runs.includes(run)));
  return runs;
}

/** Whoever asked meanwhile is answered before the next run of a bundle is read. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
