/** The session core: a pure function from (state, event) to (state, effects). @module */
export {
  type Answer,
  ANSWERS,
  type FaultAnswer,
  type FaultId,
  type Symptom,
  SYMPTOM_OF,
  type Then,
} from "./answers.ts";
export type { SessionConfig } from "./config.ts";
export {
  type DeviceName,
  type Effect,
  isWriting,
  type JournalEntry,
  type Outcome,
  type TimerName,
} from "./effect.ts";
export type { SessionEvent, SessionEventBody } from "./event.ts";
export { keyOfCharacter } from "./keys.ts";
export { CONTROLS } from "./screen.ts";
export type { Control, Language, MoneyPromise, Page, Reason, Screen, TriesLeft } from "./screen.ts";
export {
  type Kept,
  keptOf,
  type Machine,
  type Session,
  SESSION_NAMES,
  type SessionName,
  switchedOn,
} from "./state.ts";
export { step } from "./step.ts";
export { referenceName } from "./verify.ts";
export { transmissionTime } from "./wall_time.ts";
