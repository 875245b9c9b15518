/** What the screen tells a customer about their money is what becomes of it. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

interface Session {
  readonly journal: Set<unknown>;
  /** STANs of the debits asked for, and of those that the bank refused. */
  readonly debits: string[];
  readonly refused: Set<unknown>;
  taken: number;
  dispensed: number;
}

const fresh = (): Session => ({
  journal: new Set(),
  debits: [],
  refused: new Set(),
  taken: 0,
  dispensed: 0,
});

export function promiseKept(heals: boolean): Oracle {
  let session = fresh();
  /** Debits of which somebody was told that nothing is, or nothing stays, debited. */
  const undone: string[] = [];
  /** What the bank debited and has not reversed, by STAN. */
  const debited = new Map<string, number>();
  function onScreen(screen: Record<string, unknown>): string | null {
    const { page, money, amount } = screen;
    if (page === "goodbye" && amount !== null && amount !== session.taken) {
      return `goodbye with ${amount} fen, taken were ${session.taken}`;
    }
    if (page === "take_cash" && amount !== session.dispensed) {
      return `take ${amount} fen, dispensed were ${session.dispensed}`;
    }
    if (page !== "sorry") return null;
    if (typeof money !== "string") {
      const open = session.debits.find((stan) => !session.refused.has(stan));
      return open === undefined || session.taken > 0 ? null : `nothing is said of debit ${open}`;
    }
    if (money === "will_be_checked") {
      return session.journal.has("cash_retracted_suspect") ? null : "nobody was told to check";
    }
    undone.push(...session.debits);
    if (money === "not_debited") return null;
    return session.journal.has("reversal_queued") ? null : "returned, without a reversal";
  }
  function onHost({ from, seen, message }: LineOf<"host">): void {
    const [mti, fields] = [at(message, "mti"), at(message, "fields")];
    const stan = at(fields, "11");
    if (from === "atm" && seen === "sent" && mti === "0200") session.debits.push(String(stan));
    const answered = from === "bank" && seen === "received" && mti === "0210";
    if (answered && at(fields, "39") !== "00") session.refused.add(stan);
  }
  function onJournal(entry: unknown): void {
    const name = at(entry, "line");
    if (name === "session_started") session = fresh();
    session.journal.add(name);
    if (name === "cash_taken") session.taken = Number(at(entry, "amount"));
    if (name === "cash_dispensed") session.dispensed = Number(at(entry, "amount"));
  }
  return {
    name: "promise_kept",
    sentence: "Where money may have moved the screen says what of it, and what it says is what " +
      "becomes of it",
    reads: ["screen", "journal", "ledger", "host"],
    ends_with: "nothing_broken",
    observe(line: Line) {
      if (line.type === "screen") return onScreen(line.screen);
      if (line.type === "journal") onJournal(line.entry);
      if (line.type === "ledger") {
        const stan = String(at(line.entry, "stan"));
        if (at(line.entry, "kind") === "withdrawal") debited.set(stan, 1);
        if (at(line.entry, "kind") === "reversal") debited.delete(stan);
      }
      if (line.type === "host") onHost(line);
      return null;
    },
    finish() {
      const broken = undone.find((stan) => debited.has(stan));
      return heals && broken !== undefined ? `debit ${broken} stayed, against what was said` : null;
    },
  };
}
