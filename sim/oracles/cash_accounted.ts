/**
 * Cash, ledger and journal agree, debit by debit; where nobody can know, the journal says SUSPECT and how
 * much. What the customer really holds is read off the notes themselves, not off anybody's word.
 */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import { undoneIn } from "../trace/mod.ts";
import type { Heaps } from "./heaps.ts";
import type { Line, LineOf, Oracle } from "./oracle.ts";

/** What is known of one debit, by its STAN. Amounts in fen. */
interface Account {
  debited: number;
  reversed: number;
  taken: number;
  suspect: number;
  /** Whether it is to be undone, and the bank has said that it is. */
  reversal: "none" | "pending" | "acknowledged";
}

export function cashAccounted(heaps: Heaps): Oracle {
  const accounts = new Map<string, Account>();
  /** From a reversal's own STAN to that of its debit. */
  const reversals = new Map<string, string>();
  /** What lies in the customer's hand; null: nobody sees into a machine that is somewhere else. */
  let held_fen: number | null = null;
  /** Notes are not what they are taken for (D30): until somebody counts, hand and books may differ. */
  let mislabelled = false;

  function account(stan: string): Account {
    const known = accounts.get(stan) ??
      { debited: 0, reversed: 0, taken: 0, suspect: 0, reversal: "none" };
    accounts.set(stan, known);
    return known;
  }

  function journal(line: LineOf<"journal">): void {
    const { line: name, stan, amount = 0, detail } = line.entry;
    if (name === "cash_taken") account(String(stan)).taken += Number(amount);
    if (name === "cash_retracted_suspect") account(String(stan)).suspect += Number(amount);
    const of = undoneIn(detail);
    if (name === "reversal_queued" && of !== undefined) {
      reversals.set(String(stan), of);
      account(of).reversal = "pending";
    }
    const undone = reversals.get(String(stan));
    if (name === "reversal_acknowledged" && undone !== undefined) {
      account(undone).reversal = "acknowledged";
    }
  }

  function ledger(line: LineOf<"ledger">): void {
    const { kind, stan, amount = 0 } = line.entry;
    if (kind === "withdrawal") account(String(stan)).debited += Number(amount);
    if (kind === "reversal") account(String(stan)).reversed += Number(amount);
  }

  return {
    name: "cash_accounted",
    sentence:
      "Cash, ledger and journal agree on every debit, or the journal says SUSPECT and how much",
    reads: ["journal", "ledger", "device", "fault"],
    ends_with: "power",
    observe(line: Line) {
      if (line.type === "journal") journal(line);
      if (line.type === "ledger") ledger(line);
      if (line.type === "device" && line.device === "cashdispenser") {
        held_fen = heaps.in(line)?.find(({ place }) => place === "customer")?.fen ?? null;
      }
      if (line.type === "fault" && line.id === "D30") mislabelled = true;
      return null;
    },
    finish() {
      let taken = 0;
      let doubtful = 0;
      for (const [stan, each] of accounts) {
        const problem = problemOf(each);
        if (problem !== null) return `debit ${stan}: ${problem}`;
        taken += each.taken;
        // What was reversed is the bank's again, all of it: then nobody may have kept a part.
        doubtful += each.debited - each.reversed > 0 ? each.suspect : 0;
      }
      if (held_fen === null || mislabelled) return null;
      if (held_fen >= taken && held_fen <= taken + doubtful) return null;
      return `the customer holds ${shown(held_fen)}; the journal says ${shown(taken)} taken and ` +
        `${shown(doubtful)} SUSPECT`;
    },
  };
}

function problemOf({ debited, reversed, taken, suspect, reversal }: Account): string | null {
  const net = debited - reversed;
  if (taken > 0 && suspect > 0) return "both taken and SUSPECT";
  if (taken > 0 && net !== taken) return `${shown(net)} debited, ${shown(taken)} taken`;
  // Suspect cash that the bank credits at once (retract_credit) is reversed as well.
  if (suspect > 0 && net !== suspect && net !== 0) {
    return `${shown(net)} debited, ${shown(suspect)} SUSPECT`;
  }
  if (net > 0 && reversal === "acknowledged") {
    return `its reversal is acknowledged, and ${shown(net)} are debited`;
  }
  if (taken === 0 && suspect === 0 && net !== 0 && reversal === "none") {
    return `${shown(net)} debited, and nobody says where it is`;
  }
  return net < 0 ? "more was reversed than debited" : null;
}

function shown(amount: number): string {
  return formatYuanShort(fen(amount));
}
