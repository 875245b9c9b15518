/** Notes are never made and never lost: they only move. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import type { Heaps } from "./heaps.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

export function cashConserved(heaps: Heaps): Oracle {
  let expected: number | null = null;
  /** What they come to; null: nobody knows, until a line tells it. */
  let worth_fen: number | null = null;
  return {
    name: "cash_conserved",
    sentence:
      "Units + stacker + transport + position + bins + customer hold the same notes always, " +
      "outside an exchange",
    reads: ["device", "fault"],
    observe(line: Line) {
      // Notes that are found to be other ones than on the label (D30) have not moved.
      if (line.type === "fault" && line.id === "D30") worth_fen = null;
      if (line.type !== "device" || line.device !== "cashdispenser") return null;
      let notes = 0;
      let come_to = 0;
      for (const heap of heaps.in(line) ?? []) {
        if (heap.notes < 0) return `${heap.notes} notes in ${heap.place}`;
        notes += heap.notes;
        come_to += heap.fen;
      }
      // In an exchange an operator's hand brings notes and takes them away.
      if (expected === null || at(line.state, "exchange") === "active") {
        [expected, worth_fen] = [notes, come_to];
      }
      worth_fen ??= come_to;
      if (notes !== expected) return `${notes} notes instead of ${expected}`;
      return come_to === worth_fen ? null : `${shown(come_to)} instead of ${shown(worth_fen)}`;
    },
    finish: () => null,
  };
}

function shown(amount: number): string {
  return `${formatYuanShort(fen(amount))} yuan`;
}
