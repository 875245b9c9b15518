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

/** A debit with the two accounts it lies between. */
interface Booked {
  readonly debit: Debit;
  readonly customer: Customer;
  /** Of the machine that asked for it. */
  readonly cash: Account;
}

export class Books {
  readonly #ledger: Ledger;
  readonly #wall: () => number;
  readonly #debits = new Map<Key, Booked>();

  constructor(wall: () => number, record: (entry: LedgerEntry) => void) {
    this.#ledger = new Ledger(record);
    this.#wall = wall;
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
    for (const { debit } of this.#debits.values()) {
      if (debit.person !== customer.person || debit.reversed) continue;
      if (dayOf(debit.wall_ms) !== day) continue;
      count += 1;
      amount += debit.amount;
    }
    return { count, amount: fen(amount) };
  }

  /** What the account held before the run. */
  open(customer: Customer, balance: Fen): void {
    assert(balance >= 0, "an account opens with nothing or more");
    if (balance > 0) this.#post("opening", "opening", accountOf(customer), customer, balance, null);
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
    const debit = {
      person: customer.person,
      ...request,
      wall_ms: this.#wall(),
      reversed: false,
    };
    const cash: Account = `atm_cash:${terminal}`;
    this.#debits.set(key, { debit, customer, cash });
    return this.#post(
      "withdrawal",
      accountOf(customer),
      cash,
      customer,
      debit.amount,
      debit.stan,
    );
  }

  /** Undoes the debit of this request if there is one. */
  reverse(key: Key): void {
    const found = this.#debits.get(key);
    if (found === undefined) return;
    const { debit, customer, cash } = found;
    assert(!debit.reversed, "a debit is reversed once");
    this.#debits.set(key, { debit: { ...debit, reversed: true }, customer, cash });
    this.#post("reversal", cash, accountOf(customer), customer, debit.amount, debit.stan);
  }

  #post(
    kind: LedgerEntry["kind"],
    debit: Account,
    credit: Account,
    customer: Customer,
    amount: Fen,
    stan: string | null,
  ): LedgerEntry {
    const wall_ms = this.#wall();
    const masked = maskPan(customer.pan);
    return this.#ledger.post({ wall_ms, kind, debit, credit, amount, stan, customer: masked });
  }
}

function accountOf(customer: Customer): Account {
  return `customer:${customer.person}`;
}
