/** Whether a run was as expected, wherever a page says so. @module */
import type { Run } from "./api.ts";

/** The end of its text's name, and how it is coloured. */
export type Verdict = "expected" | "unexpected" | "unasked" | "unjudged";

export const VERDICT_TONES: Readonly<Record<Verdict, string>> = {
  expected: "good",
  unexpected: "bad",
  unasked: "neutral",
  unjudged: "neutral",
};

/**
 * Of a visit by hand and of a fork nothing is expected; a broken rule is never as expected; a run from
 * elsewhere is not judged here.
 */
export function verdictOf({ ok, expectations }: Pick<Run, "ok" | "expectations">): Verdict {
  if (ok === null) return "unjudged";
  if (!ok) return "unexpected";
  return expectations.length === 0 ? "unasked" : "expected";
}
