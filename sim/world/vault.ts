/**
 * The cash in the machine as the bank's books hear of it: what it was set up with, what an operator takes
 * out and puts in, and what they count.
 *
 *   set up ─► load       swap, empty ─► unload, load       count ─► surplus, shortage, or nothing
 *
 * The bank learns it from the operator's slip, not over the line: it has no message of the machine's.
 */
import { type Fen, fen, yuan } from "../../core/units.ts";
import type { Profile } from "../../devices/mod.ts";
import type { Bank } from "../bank/mod.ts";
import type { OperatorAct } from "../plan/mod.ts";
import { TERMINAL } from "./settings.ts";

/** What lies where, by place and denomination: a dispenser's `state().notes`. */
export type Notes = Readonly<Record<string, unknown>>;

/** Places outside of the machine: an operator's count does not see them. */
const OUTSIDE = ["customer", "position"];

/** Tells the books what the cassettes hold when the machine is set up. */
export function setUp(bank: Bank, { cassettes }: Profile): void {
  const all = cassettes.reduce((sum, { value_yuan, count }) => sum + value_yuan * count, 0);
  if (all > 0) bank.load(TERMINAL, yuan(all));
}

/** Tells the books what an operator's hand has done between these two states. */
export function handled(bank: Bank, { does }: OperatorAct, before: Notes, after: Notes): void {
  switch (does) {
    case "count":
      return bank.counted(TERMINAL, insideOf(after));
    case "swap_cassette":
    case "empty_bins":
      for (const place of Object.keys(after)) {
        const [was, is] = [worth(before[place]), worth(after[place])];
        // A cassette goes to the branch as it is, and another comes: both are counted there.
        if (was === is) continue;
        if (was > 0) bank.unload(TERMINAL, was);
        if (is > 0) bank.load(TERMINAL, is);
      }
  }
}

function insideOf(notes: Notes): Fen {
  return fen(
    Object.entries(notes).reduce(
      (sum, [place, content]) => OUTSIDE.includes(place) ? sum : sum + worth(content),
      0,
    ),
  );
}

function worth(content: unknown): Fen {
  if (typeof content !== "object" || content === null) return fen(0);
  const all = Object.entries(content).reduce(
    (sum, [value, n]) => sum + Number(value) * Number(n),
    0,
  );
  return yuan(all);
}
