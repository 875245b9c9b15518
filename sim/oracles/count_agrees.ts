/** 轧帐: an operator's count closes the books of the machine's cash; what was wrong stands in suspense. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import type { Heap, Heaps } from "./heaps.ts";
import type { Line, LineOf, Oracle } from "./oracle.ts";

/** The customer's hand and the shutter are outside: nobody counts there. */
const OUTSIDE = ["customer", "position"];

function worthOf(heaps: readonly Heap[]): number {
  return heaps.reduce((sum, { place, fen }) => OUTSIDE.includes(place) ? sum : sum + fen, 0);
}

export function countAgrees(heaps: Heaps): Oracle {
  /** What the books expect in the machine, and what lies there; in fen. */
  let expected = 0;
  let inside = 0;
  /** An operator has just counted, and the books are about to hear of it. */
  let counted = false;
  function book({ entry }: LineOf<"ledger">): void {
    const amount = Number(entry.amount);
    if (String(entry.debit).startsWith("atm_cash:")) expected += amount;
    if (String(entry.credit).startsWith("atm_cash:")) expected -= amount;
  }
  function check(): string | null {
    if (!counted) return null;
    counted = false;
    if (expected === inside) return null;
    return `counted ${formatYuanShort(fen(inside))}, and the books expect ${
      formatYuanShort(fen(expected))
    }`;
  }
  return {
    name: "count_agrees",
    sentence: "Once an operator has counted, the books expect in the machine what lies there",
    observe(line: Line) {
      if (line.type === "ledger") {
        book(line);
        return null;
      }
      const found = check();
      if (line.type === "device" && line.device === "cashdispenser") {
        inside = worthOf(heaps.in(line) ?? []);
      }
      if (line.type === "customer" && line.does === "operator") {
        counted = line.detail?.does === "count" && line.detail.refused === undefined;
      }
      return found;
    },
    finish: check,
  };
}
