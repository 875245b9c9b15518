/** Evidence: what a trace proves to somebody who was not there. @module */
export { type Difference, diffTraces } from "./diff.ts";
export { type Decisions, retakeDecisions } from "./decisions.ts";
export { type Check, verifyTrace } from "./verify.ts";
