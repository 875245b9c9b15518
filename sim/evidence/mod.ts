/** Evidence: what a trace proves to somebody who was not there. @module */
export { type Check, verifyTrace } from "./verify.ts";
