/** When all is settled, what customers were debited is what they took, or SUSPECT, or pending. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

export function booksBalance(): Oracle {
  let debited = 0;
  let reversed = 0;
  let taken = 0;
  let suspect = 0;
  let pending = 0;
  function amount(line: LineOf<"journal" | "ledger">): number {
    return Number(at(line.entry, "amount") ?? 0);
  }
  function journal(line: LineOf<"journal">): void {
    const name = at(line.entry, "line");
    if (name === "cash_taken") taken += amount(line);
    if (name === "cash_retracted_suspect") suspect += amount(line);
    if (name === "reversal_queued") {
      pending += amount(line);
      // Retracted cash may be credited at once: then it is suspect no more.
      if (String(at(line.entry, "detail")).endsWith(": 4018")) suspect -= amount(line);
    }
    if (name === "reversal_acknowledged") pending -= amount(line);
  }
  return {
    name: "books_balance",
    sentence: "Debits minus reversals equal the cash taken plus what the journal calls SUSPECT",
    reads: ["journal", "ledger"],
    ends_with: "power",
    observe(line: Line) {
      if (line.type === "journal") journal(line);
      if (line.type === "ledger" && at(line.entry, "kind") === "withdrawal") {
        debited += amount(line);
      }
      if (line.type === "ledger" && at(line.entry, "kind") === "reversal") reversed += amount(line);
      return null;
    },
    finish() {
      const open = debited - reversed - taken - suspect;
      // A pending reversal may belong to a debit the host never made, so it bounds, not equals.
      if (open === 0 || (open > 0 && open <= pending)) return null;
      return `debited ${debited} − reversed ${reversed} ≠ taken ${taken} + suspect ${suspect} fen`;
    },
  };
}
