/** Notes are never made and never lost: they only move. */
import type { Heaps } from "./heaps.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

export function cashConserved(heaps: Heaps): Oracle {
  let expected: number | null = null;
  return {
    name: "cash_conserved",
    sentence:
      "Units + stacker + transport + position + bins + customer hold the same notes always, " +
      "outside an exchange",
    reads: ["device"],
    observe(line: Line) {
      if (line.type !== "device" || line.device !== "cashdispenser") return null;
      const notes = heaps.in(line)?.reduce((sum, heap) => sum + heap.notes, 0) ?? 0;
      // In an exchange an operator's hand brings notes and takes them away.
      if (expected === null || at(line.state, "exchange") === "active") expected = notes;
      return notes === expected ? null : `${notes} notes instead of ${expected}`;
    },
    finish: () => null,
  };
}
