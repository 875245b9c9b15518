/**
 * The books: double entry, append-only, in integer fen.
 *
 * ```
 *   opening      opening ──► customer:42            what was paid in before the run began
 *   withdrawal   customer:42 ──► atm_cash:TWIN0001  the machine's cash, once authorised
 *   reversal     atm_cash:TWIN0001 ──► customer:42  that debit, undone
 * ```
 *
 * Each entry takes from one account what it gives to another, so all accounts together hold
 * nothing, whatever is written: the books cannot be out of balance, only wrong.
 */
import { assert } from "../../core/assert.ts";
import { type Fen, fen } from "../../core/units.ts";

/** Accounts by name; the number after `customer:` is N, not an account number. */
export type Account = "opening" | `customer:${number}` | `atm_cash:${string}`;

/** One entry, ready for a trace: it names nobody. A type, not an interface, to pass as JSON. */
export type LedgerEntry = {
  /** 1, 2, 3 … without gaps. */
  readonly n: number;
  /** The bank's wall clock, milliseconds since 1970. */
  readonly wall_ms: number;
  readonly kind: "opening" | "withdrawal" | "reversal";
  /** The account that gives. */
  readonly debit: Account;
  /** The account that receives. */
  readonly credit: Account;
  /** In fen, more than zero. */
  readonly amount: Fen;
  /** System trace audit number of the withdrawal, also for its reversal; `null` for an opening. */
  readonly stan: string | null;
  /** Account token, 6 + 4. */
  readonly customer: string;
};

/** The list of entries and its sums. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  readonly #record: (entry: LedgerEntry) => void;

  constructor(record: (entry: LedgerEntry) => void) {
    this.#record = record;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** Writes the next entry and returns it. There is no way to change or remove one. */
  post(entry: Omit<LedgerEntry, "n">): LedgerEntry {
    assert(entry.amount > 0, "an entry moves more than nothing");
    assert(entry.debit !== entry.credit, "an entry moves between two accounts");
    const posted = Object.freeze({ n: this.#entries.length + 1, ...entry });
    this.#entries.push(posted);
    this.#record(posted);
    return posted;
  }

  /** What an account holds: everything it received less everything it gave. */
  balanceOf(account: Account): Fen {
    let sum = 0;
    for (const { debit, credit, amount } of this.#entries) {
      if (credit === account) sum += amount;
      if (debit === account) sum -= amount;
    }
    return fen(sum);
  }
}
