/** The invariants every run is judged by, each a module of its own. @module */
import { Approvals } from "./approvals.ts";
import { askedAmount } from "./asked_amount.ts";
import { attackNotServed } from "./attack_not_served.ts";
import { type AttemptLimits, attemptsBounded } from "./attempts_bounded.ts";
import { balanceTrue } from "./balance_true.ts";
import { booksBalance } from "./books_balance.ts";
import { captureForgotten } from "./capture_forgotten.ts";
import { cashAccounted } from "./cash_accounted.ts";
import { cashConserved } from "./cash_conserved.ts";
import { countAgrees } from "./count_agrees.ts";
import { consentFirst } from "./consent_first.ts";
import { consentKept } from "./consent_kept.ts";
import { facesCounted } from "./faces_counted.ts";
import { Heaps } from "./heaps.ts";
import { journalComplete } from "./journal_complete.ts";
import { judgedWhole } from "./judged_whole.ts";
import { limitsKept, type MoneyLimits } from "./limits_kept.ts";
import { lockedStaysLocked } from "./locked_stays_locked.ts";
import { neverRedispensed } from "./never_redispensed.ts";
import { noSecret } from "./no_secret.ts";
import { noSecretOnWire } from "./no_secret_on_wire.ts";
import { oneDebitPerDispense } from "./one_debit.ts";
import { onePerson } from "./one_person.ts";
import type { Oracle } from "./oracle.ts";
import { ownReceipt } from "./own_receipt.ts";
import { pinUnnamed } from "./pin_unnamed.ts";
import { promiseKept } from "./promise_kept.ts";
import { returnsToIdle } from "./returns_to_idle.ts";
import { reversalsKept } from "./reversals_kept.ts";
import { Glance } from "./secrets.ts";
import { threeFactors } from "./three_factors.ts";
import { sessionUnderLimit } from "./time_limit.ts";
import { wayWithoutFace } from "./way_without_face.ts";

export { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

export interface OracleContext {
  /** Numbers and PINs of everybody in the plan. */
  readonly secrets: readonly string[];
  /** What no wire may carry: PINs, clear PIN blocks, keys. */
  readonly never_on_wire: readonly string[];
  /** The plan breaks nothing. */
  readonly fault_free: boolean;
  /** The bank is the run's own, so its ledger stands in the trace; somebody else's cannot be read. */
  readonly ledger: boolean;
  /** Nothing stays broken until the end of the run. */
  readonly settles: boolean;
  /** For each visitor in order, whether they hold up something instead of a face. */
  readonly attacks: readonly boolean[];
  /** Whose consent is withdrawn at the bank, by account as it is masked, in order. */
  readonly withdrawn_elsewhere: readonly string[];
  readonly limits: AttemptLimits & MoneyLimits & {
    /** Refused faces in a row that close the way with the face until the run is over; null: none do. */
    readonly face_refusals: number | null;
  };
}

/** A fresh set of all oracles for one run. */
export function allOracles(context: OracleContext): Oracle[] {
  const heaps = new Heaps();
  const books = context.ledger ? [oneDebitPerDispense(), booksBalance(), cashAccounted(heaps)] : [];
  const approvals = context.ledger ? new Approvals() : null;
  const { settles, limits, secrets, never_on_wire, withdrawn_elsewhere } = context;
  const { face_refusals } = limits;
  const glance = new Glance([...secrets, ...never_on_wire]);
  return [
    cashConserved(heaps),
    threeFactors(),
    consentFirst(),
    noSecret(secrets, glance),
    pinUnnamed(),
    ...books,
    sessionUnderLimit(context.fault_free),
    noSecretOnWire(never_on_wire, glance),
    attemptsBounded(limits),
    lockedStaysLocked(),
    attackNotServed(context.attacks),
    judgedWhole(),
    onePerson(),
    ownReceipt(),
    neverRedispensed(heaps),
    reversalsKept(settles),
    journalComplete(),
    promiseKept(settles),
    ...(context.ledger ? [limitsKept(limits), countAgrees(heaps)] : []),
    returnsToIdle(settles),
    balanceTrue(approvals),
    askedAmount(),
    captureForgotten(),
    consentKept(withdrawn_elsewhere, approvals, settles),
    wayWithoutFace(),
    ...(approvals === null || face_refusals === null
      ? []
      : [facesCounted(face_refusals, approvals, settles)]),
  ];
}
