/** The world of a run: clock, machine, visitor, bank, and the real core between them. @module */
export { isAtRest } from "./computer.ts";
export type { Ending, ExpectationResult } from "./expectations.ts";
export { WallClock } from "./afflictions.ts";
export { createMachine, isCommanded, type MachineDevices, type Told } from "./devices.ts";
export { KEY_GAP } from "./hands.ts";
export { maskFace, maskXfs } from "./mask.ts";
export { pinnedOf } from "./pinned.ts";
export type { FaceEngine, RemoteBank, RemotePorts, RunParts, RunPorts } from "./ports.ts";
export { Bench, type Hearer, type OracleFinding } from "./recorder.ts";
export {
  fewStandings,
  machineStartOf,
  oracleContextOf,
  pinKeyOf,
  referenceScenes,
  standingOf,
  visitsOf,
} from "./setting.ts";
export { fewScenesOf } from "./stance.ts";
export { type Watched, watchPlans } from "./watch.ts";
export { LiveRun, type Passing } from "./live.ts";
export { PIN_KEY, sessionConfigOf, TERMINAL } from "./settings.ts";
export { runPlan, type RunResult } from "./run.ts";
export { knowledgeOf } from "./visits.ts";
export { RUN_LIMIT } from "./world.ts";
