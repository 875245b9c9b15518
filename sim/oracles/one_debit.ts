/** A customer is debited at most once for cash dispensed at most once. */
import { at, type Line, type Oracle } from "./oracle.ts";

export function oneDebitPerDispense(): Oracle {
  const debits = new Map<string, number>();
  let dispenses = 0;
  let authorisations = 0;
  return {
    name: "one_debit_per_dispense",
    sentence:
      "A host message debits at most once, and each authorised debit is dispensed at most once",
    reads: ["ledger", "journal", "xfs"],
    observe(line: Line) {
      if (line.type === "ledger" && at(line.entry, "kind") === "withdrawal") {
        const stan = String(at(line.entry, "stan"));
        debits.set(stan, (debits.get(stan) ?? 0) + 1);
        if ((debits.get(stan) ?? 0) > 1) return `message ${stan} debited twice`;
      }
      if (line.type === "journal" && at(line.entry, "line") === "debit_authorised") {
        authorisations++;
      }
      if (
        line.type === "xfs" && line.from === "core" &&
        at(line.message, "header", "name") === "CashDispenser.Dispense"
      ) {
        dispenses++;
        if (dispenses > authorisations) {
          return `${dispenses} dispenses on ${authorisations} authorised debits`;
        }
      }
      return null;
    },
    finish: () => null,
  };
}
