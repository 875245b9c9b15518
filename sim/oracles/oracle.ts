/**
 * An oracle: one sentence about every run, and the code that notices when it is broken.
 *
 * Oracles read the trace as it is written and nothing else, so what they say can be checked by whoever
 * has the trace.
 */
import type { RecordedLine } from "../trace/mod.ts";

/** A line as an oracle reads it: what it says and when, whether or not it was chained. */
export type Line = RecordedLine;
export type LineOf<T extends Line["type"]> = Extract<Line, { type: T }>;

export interface Oracle {
  readonly name: string;
  /** The sentence it guards. */
  readonly sentence: string;
  /** The kinds of lines it reads; absent: all. */
  readonly reads?: readonly Line["type"][];
  /**
   * What a run has to end with before `finish` is asked at all, and not in the middle of something that began
   * in its last minute; absent: with anything.
   */
  readonly ends_with?: "power" | "nothing_broken";
  /** Reads the next line; returns what is wrong, or `null`. */
  observe(line: Line): string | null;
  /** Hears a message as it is on its wire, before any mask; what is wrong is said in `finish`. */
  overhears?(wire: "xfs" | "host", message: object): void;
  /** The run is over; returns what is wrong with it as a whole, or `null`. */
  finish(): string | null;
}

/** Reads a member of a line's JSON, or a member of that; `undefined` when it is not there. */
export function at(value: unknown, key: string, inner?: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const member = (value as Record<string, unknown>)[key];
  return inner === undefined ? member : at(member, inner);
}
