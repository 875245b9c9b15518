/** What a scenario promises, held against what happened. */
import { type Fen, yuan } from "../../core/units.ts";
import { formatYuanShort } from "../../core/money/mod.ts";
import type { Expectation } from "../plan/mod.ts";

/** What a run came to. */
export interface Ending {
  readonly outcome: string;
  readonly reason: string;
  readonly cash_taken: Fen;
  /** Null where the bank is somewhere else: what it holds is not known here. */
  readonly balance: Fen | null;
  /** From the first choice on the welcome page to the end, in seconds; null: none began, or none ended. */
  readonly session_s: number | null;
  readonly reversal: "none" | "acknowledged" | "pending";
  readonly journal: readonly string[];
}

export interface ExpectationResult {
  readonly text: string;
  readonly ok: boolean;
}

/** What stopped the visitor, by the reason the session gave: the words of the audit. */
const STOPPED_BY: Readonly<Record<string, string>> = {
  presentation_attack: "liveness",
  injected_feed: "liveness",
  face_not_matched: "face",
  no_reference: "face",
  pin_locked: "pin",
  customer_locked: "bank",
  limit_exceeded: "bank",
  insufficient_funds: "bank",
  declined: "bank",
  host_unreachable: "bank",
  cash_taken: "nobody",
  balance_shown: "nobody",
};

/** Each promise of one `expect` entry as a sentence, and whether it was kept. */
export function judge(expectation: Expectation, ending: Ending): ExpectationResult[] {
  const results: ExpectationResult[] = [];
  function expect(text: string, ok: boolean, got: string): void {
    results.push({ text: ok ? text : `${text}, but it was ${got}`, ok });
  }
  const { outcome, reason, cash_taken_yuan, balance_yuan, session_under_s } = expectation;
  if (outcome !== undefined) {
    expect(
      `the outcome is ${outcome}`,
      ending.outcome === outcome,
      `${ending.outcome} (${ending.reason})`,
    );
  }
  if (reason !== undefined) {
    expect(`the reason is ${reason}`, ending.reason === reason, ending.reason);
  }
  if (cash_taken_yuan !== undefined) {
    const kept = ending.cash_taken === yuan(cash_taken_yuan);
    expect(`the customer takes ${cash_taken_yuan} yuan`, kept, formatYuanShort(ending.cash_taken));
  }
  if (balance_yuan !== undefined && ending.balance !== null) {
    const kept = ending.balance === yuan(balance_yuan);
    expect(
      `the account holds ${balance_yuan} yuan at the end`,
      kept,
      formatYuanShort(ending.balance),
    );
  }
  if (session_under_s !== undefined) {
    const lasted = ending.session_s;
    expect(
      `the session lasts under ${session_under_s} s`,
      lasted !== null && lasted < session_under_s,
      lasted !== null
        ? `${lasted.toFixed(1)} s`
        : ending.journal.includes("session_started")
        ? "never ended"
        : "never begun",
    );
  }
  if (expectation.reversal !== undefined) {
    const { reversal } = ending;
    expect(`the reversal is ${expectation.reversal}`, reversal === expectation.reversal, reversal);
  }
  if (expectation.journal !== undefined) {
    const written = ending.journal.includes(expectation.journal);
    expect(`the journal says ${expectation.journal}`, written, "not written");
  }
  if (expectation.stopped_by !== undefined) {
    const by = STOPPED_BY[ending.reason] ?? "something else";
    expect(
      `the visitor is stopped by ${expectation.stopped_by}`,
      by === expectation.stopped_by,
      by,
    );
  }
  return results;
}
