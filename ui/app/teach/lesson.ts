/**
 * The run that a lesson is read from: the scenario, run now with one seed.
 *
 * @module
 */
import { readTrace } from "../../../sim/trace/mod.ts";
import { fetchTrace, type Run, startRun } from "../api.ts";
import { Replay } from "../replay/mod.ts";
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
  const reading = readTrace(await fetchTrace(run.id));
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.problem}`);
  return { run, replay: new Replay(reading.trace), steps: stepsOf(reading.trace.lines) };
}
