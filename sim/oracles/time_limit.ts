/** The machine keeps its promise: cash in under thirty seconds, when nothing is broken. */
import { at, type Line, type Oracle } from "./oracle.ts";

/** The published promise: "less than 30 seconds". */
export const SESSION_LIMIT_US = 30_000_000;

/**
 * `fault_free`: the plan breaks nothing. Sessions that keep a first template read a consent page more
 * and are judged like all others; only served sessions are, since a refusal promises no cash.
 */
export function sessionUnderLimit(fault_free: boolean): Oracle {
  let started: number | null = null;
  return {
    name: "session_under_30_s",
    sentence: "A served session in which nothing broke lasts less than 30 seconds",
    reads: ["journal", "outcome"],
    observe(line: Line) {
      if (line.type === "journal" && at(line.entry, "line") === "session_started") started = line.t;
      if (line.type !== "outcome" || started === null || !fault_free) return null;
      const lasted = line.t - started;
      if (line.outcome !== "served" || lasted < SESSION_LIMIT_US) return null;
      return `it lasted ${(lasted / 1e6).toFixed(1)} s`;
    },
    finish: () => null,
  };
}
