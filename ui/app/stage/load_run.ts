/**
 * One run with its trace, ready to be watched: from this tab, from the server, or made again there.
 *
 * @module
 */
import type { Language } from "../../../core/session/mod.ts";
import { ApiError, fetchRun, fetchTrace, type Run, startRun } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { type Replay, replayOf, textAt } from "../replay/mod.ts";
import { localRun } from "../twin/local_runs.ts";

export interface LoadedRun {
  readonly run: Run;
  readonly replay: Replay;
}

export async function loadRun(
  id: string,
  link: Pick<DeepLink, "scenario" | "seed">,
): Promise<LoadedRun> {
  const local = localRun(id);
  if (local !== null) return { run: local.run, replay: replayOf(local.trace) };
  const run = await fetchRun(id).catch((error: unknown) => runAgain(id, link, error));
  return { run, replay: replayOf(await fetchTrace(run.id)) };
}

/** What its own plan calls the run: one that was edited may bear the name of one on the shelf. */
export function titleOf({ run, replay }: LoadedRun, language: Language): string {
  const { plan } = replay.trace.header.pinned;
  return textAt(plan, "scenario", "title", language) ?? run.scenario;
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
  if (run.id !== id) throw new ApiError(404, `${scenario}, ${seed}: ${run.id} ≠ ${id}`);
  return run;
}
