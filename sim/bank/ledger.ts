/**
 * The books: double entry, append-only, in integer fen.
 *
 * ```
 *   opening      opening ──► customer:42            what was paid in before the run began
 *   load         atm_cash:TWIN0001 ──► settlement   cash put into the machine; from head office
 *   unload       settlement ──► atm_cash:TWIN0001   taken out of it, a cassette or a bin; to head office
 *   withdrawal   customer:42 ──► atm_cash:TWIN0001  the machine's cash, once authorised
 *   reversal     atm_cash:TWIN0001 ──► customer:42  that debit, undone
 *   surplus      atm_cash:TWIN0001 ──► suspense     长款: an operator counted more than the books say
 *   shortage     suspense ──► atm_cash:TWIN0001     短款: less
 * ```
 *
 * What a machine holds is an asset, so its account is below nothing by that much: `−balance` is the
 * cash that the books expect in it. What the bank owes (customers, head office) is above nothing.
 *
 * Each entry takes from one account what it gives to another, so all accounts together hold
 * nothing, whatever is written: the books cannot be out of balance, only wrong.
 */
import { assert } from "../../core/assert.ts";
import { type Fen, fen } from "../../core/units.ts";

/** Accounts by name; the number after `customer:` is N, not an account number. */
export type Account =
  | "opening"
  | "settlement"
  | "suspense"
  | `customer:${number}`
  | `atm_cash:${string}`;

export const ENTRY_KINDS = [
  "opening",
  "load",
  "unload",
  "withdrawal",
  "reversal",
  "surplus",
  "shortage",
] as const;

/** One entry, ready for a trace: it names nobody. A type, not an interface, to pass as JSON. */
export type LedgerEntry = {
  /** 1, 2, 3 … without gaps. */
  readonly n: number;
  /** The bank's wall clock, milliseconds since 1970. */
  readonly wall_ms: number;
  readonly kind: typeof ENTRY_KINDS[number];
  /** The account that gives. */
  readonly debit: Account;
  /** The account that receives. */
  readonly credit: Account;
  /** In fen, more than zero. */
  readonly amount: Fen;
  /** System trace audit number of the withdrawal, also for its reversal; `null` for all others. */
  readonly stan: string | null;
  /** Account token, 6 + 4; empty where no customer is concerned. */
  readonly customer: string;
};

/** The list of entries and its sums. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  /** The same entries by the accounts they touch, so that a sum reads only what it adds up. */
  readonly #of = new Map<Account, LedgerEntry[]>();
  readonly #record: (entry: LedgerEntry) => void;

  constructor(record: (entry: LedgerEntry) => void) {
    this.#record = record;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** Writes the next entry and returns it. There is no way to change or remove one. */
  post(entry: Omit<LedgerEntry, "n">): LedgerEntry {
    const posted = Object.freeze({ n: this.#entries.length + 1, ...entry });
    this.restore(posted);
    this.#record(posted);
    return posted;
  }

  /** Takes back an entry that was kept. */
  restore(entry: LedgerEntry): void {
    assert(entry.n === this.#entries.length + 1, "entries are numbered without gaps");
    assert(entry.amount > 0, "an entry moves more than nothing");
    assert(entry.debit !== entry.credit, "an entry moves between two accounts");
    this.#entries.push(entry);
    for (const account of [entry.debit, entry.credit]) {
      const touching = this.#of.get(account);
      if (touching === undefined) this.#of.set(account, [entry]);
      else touching.push(entry);
    }
  }

  /** Whether anything was ever written on this account. */
  knows(account: Account): boolean {
    return this.#of.has(account);
  }

  /** What an account holds: everything it received less everything it gave. */
  balanceOf(account: Account): Fen {
    let sum = 0;
    for (const { credit, amount } of this.#of.get(account) ?? []) {
      sum += credit === account ? amount : -amount;
    }
    return fen(sum);
  }
}
