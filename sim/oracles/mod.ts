/** The invariants every run is judged by, each a module of its own. @module */
import { booksBalance } from "./books_balance.ts";
import { cashAccounted } from "./cash_accounted.ts";
import { cashConserved } from "./cash_conserved.ts";
import { consentFirst } from "./consent_first.ts";
import { noSecret } from "./no_secret.ts";
import { oneDebitPerDispense } from "./one_debit.ts";
import type { Oracle } from "./oracle.ts";
import { threeFactors } from "./three_factors.ts";
import { sessionUnderLimit } from "./time_limit.ts";

export type { Oracle } from "./oracle.ts";

export interface OracleContext {
  /** Numbers and PINs of everybody in the plan. */
  readonly secrets: readonly string[];
  /** The plan breaks nothing. */
  readonly fault_free: boolean;
  /** The bank is the run's own, so its ledger stands in the trace; somebody else's cannot be read. */
  readonly ledger: boolean;
}

/** A fresh set of all oracles for one run. */
export function allOracles(context: OracleContext): Oracle[] {
  const books = context.ledger ? [oneDebitPerDispense(), booksBalance(), cashAccounted()] : [];
  return [
    cashConserved(),
    threeFactors(),
    consentFirst(),
    noSecret(context.secrets),
    ...books,
    sessionUnderLimit(context.fault_free),
  ];
}
