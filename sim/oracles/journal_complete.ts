/** The journal is what an auditor reads: every movement of money is in it, in order, once, masked. */
import { at, type Line, type Oracle } from "./oracle.ts";

/** What must stand before each line about the same debit, and may not stand before it twice. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  cash_dispensed: ["debit_authorised"],
  cash_presented: ["debit_authorised"],
  cash_taken: ["cash_presented"],
  cash_rejected: ["debit_authorised"],
  cash_retracted_suspect: ["debit_authorised"],
};

/** Digits of a number that a journal may show in one piece: six in front, four at the end. */
const DIGITS_MAX = 6;

export function journalComplete(): Oracle {
  const said = new Map<string, Set<string>>();
  let open = false;
  function onDebit(name: string, stan: string): string | null {
    const lines = said.get(stan) ?? new Set();
    said.set(stan, lines);
    const missing = AFTER[name]?.find((before) => !lines.has(before));
    const twice = lines.has(name);
    lines.add(name);
    if (missing !== undefined) return `${name} for ${stan} without ${missing}`;
    return twice ? `${name} twice for ${stan}` : null;
  }
  function onSession(name: string): string | null {
    if (name !== "session_started" && name !== "session_ended") return null;
    const before = open;
    open = name === "session_started";
    if (open === before) return open ? "a session began within another" : "a session ended twice";
    return null;
  }
  return {
    name: "journal_complete",
    sentence: "The journal has every session and movement of money once, in order and masked",
    reads: ["journal"],
    ends_with: "power",
    observe(line: Line) {
      if (line.type !== "journal") return null;
      const { entry } = line;
      const name = String(at(entry, "line"));
      const customer = at(entry, "customer");
      if (typeof customer === "string") {
        const longest = Math.max(0, ...customer.split(/[^0-9]+/).map(({ length }) => length));
        if (longest > DIGITS_MAX) return "a customer's number is not masked";
      }
      const wrong = onSession(name);
      if (wrong !== null) return wrong;
      const stan = at(entry, "stan");
      const debit = name === "debit_authorised" || AFTER[name] !== undefined;
      if (!debit) return null;
      return typeof stan === "string" ? onDebit(name, stan) : `${name} names no message`;
    },
    finish() {
      for (const [stan, lines] of said) {
        if (!lines.has("debit_authorised")) continue;
        const ends = ["cash_taken", "cash_rejected", "cash_retracted_suspect"]
          .filter((end) => lines.has(end));
        if (ends.length === 0) return `the journal does not say what became of debit ${stan}`;
        if (ends.length > 1) return `debit ${stan} ended twice: ${ends.join(", ")}`;
      }
      return null;
    },
  };
}
