/** The session core: a pure function from (state, event) to (state, effects). @module */
export type { SessionConfig } from "./config.ts";
export type { DeviceName, Effect, JournalEntry, Outcome, TimerName } from "./effect.ts";
export type { SessionEvent, SessionEventBody } from "./event.ts";
export { keyOfCharacter } from "./keys.ts";
export type { Control, Language, MoneyPromise, Page, Reason, Screen } from "./screen.ts";
export { type Machine, type Session, type SessionName, switchedOn } from "./state.ts";
export { step } from "./step.ts";
export { referenceName } from "./verify.ts";
