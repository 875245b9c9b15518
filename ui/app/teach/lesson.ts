/**
 * The run that a lesson is read from: the scenario, run now with one seed.
 *
 * @module
 */
import { fetchTrace, type Run, startRun } from "../api.ts";
import { type Replay, replayOf } from "../replay/mod.ts";
import { type Step, stepsOf } from "./steps.ts";

export interface Lesson {
  readonly run: Run;
  readonly replay: Replay;
  readonly steps: readonly Step[];
}

/** The same seed gives the same lesson, on every computer. */
export const LESSON_SEED = 1;

export async function loadLesson(scenario: string, seed: number): Promise<Lesson> {
  const run = await startRun({ scenario }, seed);
  const replay = replayOf(await fetchTrace(run.id));
  return { run, replay, steps: stepsOf(replay.trace.lines) };
}
