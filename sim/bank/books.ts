/**
 * Debits: what the bank has authorised, what of it was undone, what a customer has used up today.
 *
 * Every change here is a ledger entry in the same step; there is no other way to the ledger.
 */
import { assert } from "../../core/assert.ts";
import { maskPan } from "../../core/money/mod.ts";
import { type Fen, fen } from "../../core/units.ts";
import type { Customer } from "./customers.ts";
import { type Account, Ledger, type LedgerEntry } from "./ledger.ts";
import { dayOf, type Today } from "./limits.ts";
import type { Key } from "./request.ts";
import type { Fact } from "./store.ts";

/** A withdrawal the bank has authorised, and whether it was undone. */
export interface Debit {
  readonly person: number;
  readonly amount: Fen;
  /** DE 11 and DE 7 of the request. */
  readonly stan: string;
  readonly transmitted: string;
  /** The bank's wall clock when it authorised. */
  readonly wall_ms: number;
  readonly reversed: boolean;
}

/** A debit and the entry that made it. */
interface Booked {
  readonly debit: Debit;
  readonly entry: LedgerEntry;
}

export class Books {
  readonly #ledger: Ledger;
  readonly #wall: () => number;
  readonly #keep: (fact: Fact) => void;
  readonly #debits = new Map<Key, Booked>();
  /** The keys of each customer's debits, in order. */
  readonly #keysOf = new Map<number, Key[]>();

  /** `keep` hears of every fact as it comes to be; `record` of every entry among them. */
  constructor(
    wall: () => number,
    record: (entry: LedgerEntry) => void,
    keep: (fact: Fact) => void,
  ) {
    this.#ledger = new Ledger((entry) => {
      keep({ fact: "entry", entry });
      record(entry);
    });
    this.#wall = wall;
    this.#keep = keep;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#ledger.entries;
  }

  get debits(): readonly Debit[] {
    return [...this.#debits.values()].map(({ debit }) => debit);
  }

  debitOf(key: Key): Debit | undefined {
    return this.#debits.get(key)?.debit;
  }

  balanceOf(customer: Customer): Fen {
    return this.#ledger.balanceOf(accountOf(customer));
  }

  /** A reversed withdrawal gave the customer nothing, so it uses up no limit. */
  today(customer: Customer): Today {
    const day = dayOf(this.#wall());
    let [count, amount] = [0, 0];
    for (const key of this.#keysOf.get(customer.person) ?? []) {
      const debit = this.debitOf(key);
      if (debit === undefined || debit.reversed || dayOf(debit.wall_ms) !== day) continue;
      count += 1;
      amount += debit.amount;
    }
    return { count, amount: fen(amount) };
  }

  /** What the account held before the run; an account that was opened once stays as it is. */
  open(customer: Customer, balance: Fen): void {
    assert(balance >= 0, "an account opens with nothing or more");
    const account = accountOf(customer);
    if (balance === 0 || this.#ledger.knows(account)) return;
    this.#post("opening", "opening", account, balance, null, maskPan(customer.pan));
  }

  /** Cash was put into a machine. */
  load(terminal: string, amount: Fen): void {
    this.#post("load", cashOf(terminal), "settlement", amount, null, "");
  }

  /** Cash was taken out of a machine and brought to head office. */
  unload(terminal: string, amount: Fen): void {
    this.#post("unload", "settlement", cashOf(terminal), amount, null, "");
  }

  /** What should lie in this machine. */
  expectedIn(terminal: string): Fen {
    return fen(-this.#ledger.balanceOf(cashOf(terminal)));
  }

  /** Cash was counted in a machine: from now on the books expect that, and the rest is in suspense. */
  counted(terminal: string, amount: Fen): void {
    const more = amount - this.expectedIn(terminal);
    const cash = cashOf(terminal);
    if (more > 0) this.#post("surplus", cash, "suspense", fen(more), null, "");
    if (more < 0) this.#post("shortage", "suspense", cash, fen(-more), null, "");
  }

  /** Debits the customer: whoever calls has checked everything. */
  withdraw(
    key: Key,
    customer: Customer,
    request: Pick<Debit, "amount" | "stan" | "transmitted">,
    terminal: string,
  ): LedgerEntry {
    assert(!this.#debits.has(key), "a request debits once");
    assert(request.amount <= this.balanceOf(customer), "an account never holds less than nothing");
    const { amount, stan, transmitted } = request;
    const entry = this.#post(
      "withdrawal",
      accountOf(customer),
      cashOf(terminal),
      amount,
      stan,
      maskPan(customer.pan),
    );
    this.#booked(key, entry, transmitted);
    this.#keep({ fact: "debit", key, n: entry.n, transmitted });
    return entry;
  }

  /** Undoes the debit of this request: the entry that did, or `null` when there is no such debit. */
  reverse(key: Key): LedgerEntry | null {
    const found = this.#debits.get(key);
    if (found === undefined) return null;
    this.#undone(key);
    const { debit, credit, amount, stan, customer } = found.entry;
    return this.#post("reversal", credit, debit, amount, stan, customer);
  }

  /** Takes back what was kept: entries before the debits and reversals that are about them. */
  restore(fact: Extract<Fact, { fact: "entry" | "debit" | "reversal" }>): void {
    switch (fact.fact) {
      case "entry":
        return this.#ledger.restore(fact.entry);
      case "debit": {
        const entry = this.entries[fact.n - 1];
        assert(entry?.kind === "withdrawal", `entry ${fact.n} is a withdrawal`);
        return this.#booked(fact.key, entry, fact.transmitted);
      }
      case "reversal":
        if (fact.n !== null) this.#undone(fact.key);
    }
  }

  #booked(key: Key, entry: LedgerEntry, transmitted: string): void {
    const person = Number(entry.debit.slice("customer:".length));
    const { amount, wall_ms, stan } = entry;
    const debit = { person, amount, stan: stan ?? "", transmitted, wall_ms, reversed: false };
    this.#debits.set(key, { debit, entry });
    const keys = this.#keysOf.get(person);
    if (keys === undefined) this.#keysOf.set(person, [key]);
    else keys.push(key);
  }

  #undone(key: Key): void {
    const found = this.#debits.get(key);
    assert(found !== undefined && !found.debit.reversed, "a debit is reversed once");
    this.#debits.set(key, { ...found, debit: { ...found.debit, reversed: true } });
  }

  #post(
    kind: LedgerEntry["kind"],
    debit: Account,
    credit: Account,
    amount: Fen,
    stan: string | null,
    customer: string,
  ): LedgerEntry {
    return this.#ledger.post({
      wall_ms: this.#wall(),
      kind,
      debit,
      credit,
      amount,
      stan,
      customer,
    });
  }
}

function accountOf(customer: Customer): Account {
  return `customer:${customer.person}`;
}

function cashOf(terminal: string): Account {
  return `atm_cash:${terminal}`;
}
