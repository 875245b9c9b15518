/**
 * Consent that was taken back, at the machine or at the bank, stays taken back: the template goes, the bank
 * knows, and no face decides about this customer's money until a template is kept anew.
 */
import type { Approvals } from "./approvals.ts";
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** What follows when somebody withdraws consent at the machine. */
interface Withdrawal {
  readonly account: unknown;
  deleted: boolean;
  advised: boolean;
}

/**
 * `elsewhere`: whose consent is withdrawn at the bank, by account as it is masked, in order.
 * `approvals`: of the run's own bank; null where it is somewhere else, and has its own ways to consent.
 * `heals`: in the end nothing is broken, so the bank has to have been told.
 */
export function consentKept(
  elsewhere: readonly string[],
  approvals: Approvals | null,
  heals: boolean,
): Oracle {
  /** Accounts without consent, as the bank knows them. */
  const withdrawn = new Set<unknown>();
  const withdrawals: Withdrawal[] = [];
  /** What advices say of whose template, by their number. */
  const advices = new Map<unknown, { readonly account: unknown; readonly reference: unknown }>();
  let called = 0;
  /** The inquiry of this session, and the account that it found. */
  let inquiry: unknown = null;
  let account: unknown = null;
  function done(what: "deleted" | "advised", of: unknown): void {
    for (const each of withdrawals) if (each.account === of) each[what] = true;
  }
  function onSent(fields: unknown): void {
    if (at(fields, "3") === "330000") inquiry = at(fields, "11");
    if (at(fields, "3") !== "910000") return;
    const advice = { account: at(fields, "2"), reference: at(fields, "48", "reference") };
    advices.set(at(fields, "11"), advice);
    if (advice.reference === "none") done("advised", advice.account);
  }
  function onApproved(mti: unknown, fields: unknown): string | null {
    const whose = at(fields, "2");
    if (mti === "0130") {
      const advice = advices.get(at(fields, "11"));
      if (advice?.reference === "none") withdrawn.add(advice.account);
      else if (advice !== undefined) withdrawn.delete(advice.account);
      return null;
    }
    if (!withdrawn.has(whose)) return null;
    if (mti === "0210") return "a debit by a face whose consent was withdrawn";
    const template = at(fields, "48", "reference") === "template";
    return template ? "the bank asks for a template whose consent was withdrawn" : null;
  }
  function onHost(line: LineOf<"host">): string | null {
    const { from, seen, message } = line;
    const fields = at(message, "fields");
    if (from === "atm" && seen === "sent") onSent(fields);
    if (from === "bank" && seen === "received" && at(fields, "11") === inquiry) {
      account = at(fields, "2") ?? account;
    }
    const approved = approvals?.in(line) ?? null;
    return approved === null ? null : onApproved(at(message, "mti"), approved);
  }
  return {
    name: "consent_kept",
    sentence: "Consent withdrawn deletes the template and tells the bank, and no face decides " +
      "until a template is kept anew",
    reads: ["host", "face", "journal", "customer"],
    observe(line: Line) {
      switch (line.type) {
        case "host":
          return onHost(line);
        case "face":
          if (line.request.op !== "delete") return null;
          done("deleted", String(line.request.reference).split(":")[1]);
          return null;
        case "journal":
          if (line.entry.line !== "consent_withdrawn") return null;
          withdrawals.push({ account, deleted: false, advised: false });
          return null;
        case "customer":
          if (line.does === "withdraws_consent_elsewhere") withdrawn.add(elsewhere[called++]);
          return null;
        default:
          return null;
      }
    },
    finish() {
      if (!heals) return null;
      if (withdrawals.some(({ deleted }) => !deleted)) return "a template was never deleted";
      return withdrawals.some(({ advised }) => !advised) ? "the bank was never told" : null;
    },
  };
}
