/** Notes are never made and never lost: they only move. */
import { at, type Line, type Oracle } from "./oracle.ts";

/** Sums every number of notes in a dispenser's visible state, wherever they are. */
function notesIn(whereabouts: unknown): number {
  if (typeof whereabouts === "number") return whereabouts;
  if (typeof whereabouts !== "object" || whereabouts === null) return 0;
  return Object.values(whereabouts).reduce<number>((sum, part) => sum + notesIn(part), 0);
}

export function cashConserved(): Oracle {
  let expected: number | null = null;
  return {
    name: "cash_conserved",
    sentence:
      "Units + stacker + transport + position + bins + customer hold the same notes always, " +
      "outside an exchange",
    reads: ["device"],
    observe(line: Line) {
      if (line.type !== "device" || line.device !== "cashdispenser") return null;
      const notes = notesIn(at(line.state, "notes"));
      // In an exchange an operator's hand brings notes and takes them away.
      if (expected === null || at(line.state, "exchange") === "active") expected = notes;
      return notes === expected ? null : `${notes} notes instead of ${expected}`;
    },
    finish: () => null,
  };
}
