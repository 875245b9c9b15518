/** How long a run took, wherever a page says so. @module */
import { type Micros, milliseconds } from "../../core/units.ts";
import type { Run } from "./api.ts";

export interface Duration {
  /** The text that says of what it is the length. */
  readonly name: "result-duration" | "result-whole_run";
  readonly length: Micros;
}

/** Of the visit, which thirty seconds are promised for; where there was none, of the whole run. */
export function durationOf(
  { session_ms, virtual_ms }: Pick<Run, "session_ms" | "virtual_ms">,
): Duration {
  return session_ms === null
    ? { name: "result-whole_run", length: milliseconds(virtual_ms) }
    : { name: "result-duration", length: milliseconds(session_ms) };
}
