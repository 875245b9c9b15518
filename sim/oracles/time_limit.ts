/** The machine keeps its promise: cash in under thirty seconds, when nothing is broken. */
import type { Heaps } from "./heaps.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

/** The published promise: "less than 30 seconds". */
export const SESSION_LIMIT_US = 30_000_000;

/**
 * Who promises it has a mechanism that picks five notes a second. A slower one takes longer with every note,
 * by what it is slower, and by nothing else.
 */
const PROMISED_PICK_US = 200_000;

export interface Promised {
  /** The plan breaks nothing. */
  readonly fault_free: boolean;
  /** What the mechanism of this machine takes to pick a note. */
  readonly pick_us: number;
}

/**
 * Sessions that keep a first template read a consent page more and are judged like all others; only served
 * sessions are, since a refusal promises no cash.
 */
export function sessionUnderLimit({ fault_free, pick_us }: Promised, heaps: Heaps): Oracle {
  const slower_us = Math.max(0, pick_us - PROMISED_PICK_US);
  let started: number | null = null;
  /** Notes in customers' hands: now, and when the session began. */
  let held = 0;
  let held_before = 0;
  return {
    name: "session_under_30_s",
    sentence: "A served session in which nothing broke lasts less than 30 seconds, and on a slow " +
      "mechanism only as much longer as its notes take",
    reads: ["journal", "outcome", "device"],
    observe(line: Line) {
      if (line.type === "device" && line.device === "cashdispenser") {
        held = heaps.in(line)?.find(({ place }) => place === "customer")?.notes ?? 0;
      }
      if (line.type === "journal" && at(line.entry, "line") === "session_started") {
        started = line.t;
        held_before = held;
      }
      if (line.type !== "outcome" || started === null || !fault_free) return null;
      const lasted = line.t - started;
      const limit = SESSION_LIMIT_US + (held - held_before) * slower_us;
      if (line.outcome !== "served" || lasted < limit) return null;
      return `it lasted ${(lasted / 1e6).toFixed(1)} s of ${(limit / 1e6).toFixed(1)}`;
    },
    finish: () => null,
  };
}
