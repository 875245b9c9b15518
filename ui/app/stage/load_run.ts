/**
 * One run with its trace, ready to be watched: from this tab, from the server, or made again there.
 *
 * @module
 */
import { readTrace } from "../../../sim/trace/mod.ts";
import { ApiError, fetchRun, fetchTrace, type Run, startRun } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { Replay } from "../replay/mod.ts";
import { localRun } from "../twin/local_runs.ts";

export interface LoadedRun {
  readonly run: Run;
  readonly replay: Replay;
}

/** A trace whose chain is broken is not shown as if it were whole. */
export async function loadRun(
  id: string,
  link: Pick<DeepLink, "scenario" | "seed">,
): Promise<LoadedRun> {
  const local = localRun(id);
  if (local !== null) return { run: local.run, replay: replayOf(local.trace) };
  const run = await fetchRun(id).catch((error: unknown) => runAgain(id, link, error));
  return { run, replay: replayOf(await fetchTrace(run.id)) };
}

function replayOf(text: string): Replay {
  const reading = readTrace(text);
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.problem}`);
  return new Replay(reading.trace);
}

/** A server that does not keep the linked run makes it again: a seed gives one root, so one id. */
async function runAgain(
  id: string,
  { scenario, seed }: Pick<DeepLink, "scenario" | "seed">,
  error: unknown,
): Promise<Run> {
  const missing = error instanceof ApiError && error.status === 404;
  if (!missing || scenario === null || seed === null) throw error;
  const run = await startRun({ scenario }, seed);
  if (run.id !== id) throw new Error(`${scenario}, ${seed}: ${run.id} ≠ ${id}`);
  return run;
}
