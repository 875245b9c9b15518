/**
 * An oracle: one sentence about every run, and the code that notices when it is broken.
 *
 * Oracles read the trace as it is written and nothing else, so what they say can be checked by whoever
 * has the trace.
 */
import type { TraceLine } from "../trace/mod.ts";

export interface Oracle {
  readonly name: string;
  /** The sentence it guards. */
  readonly sentence: string;
  /** Reads the next line; returns what is wrong, or `null`. */
  observe(line: TraceLine): string | null;
  /** The run is over; returns what is wrong with it as a whole, or `null`. */
  finish(): string | null;
}

/** Reads a path of a line's JSON; `undefined` when it is not there. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
