/** The world of a run: clock, machine, visitor, bank, and the real core between them. @module */
export type { Ending, ExpectationResult } from "./expectations.ts";
export { pinnedOf } from "./pinned.ts";
export type { FaceEngine, RunPorts } from "./ports.ts";
export type { OracleFinding } from "./recorder.ts";
export { runPlan, type RunResult } from "./run.ts";
