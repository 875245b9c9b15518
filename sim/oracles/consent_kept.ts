/**
 * Consent that was taken back, at the machine or at the bank, stays taken back: the template goes, the bank
 * knows, and no face decides about this customer's money until a template is kept anew.
 */
import type { Approvals } from "./approvals.ts";
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** Those who withdraw consent at the machine, and what has followed. */
class Withdrawals {
  readonly #all: { readonly account: unknown; deleted: boolean; advised: boolean }[] = [];
  /** The inquiry of this session, and the account that it found. */
  #inquiry: unknown = null;
  #account: unknown = null;

  onHost({ from, seen, message }: LineOf<"host">): void {
    const fields = at(message, "fields");
    if (from === "atm" && seen === "sent" && at(fields, "3") === "330000") {
      this.#inquiry = at(fields, "11");
    }
    if (from === "bank" && seen === "received" && at(fields, "11") === this.#inquiry) {
      this.#account = at(fields, "2") ?? this.#account;
    }
  }

  add(): void {
    this.#all.push({ account: this.#account, deleted: false, advised: false });
  }

  done(what: "deleted" | "advised", account: unknown): void {
    for (const each of this.#all) if (each.account === account) each[what] = true;
  }

  get missing(): string | null {
    if (this.#all.some(({ deleted }) => !deleted)) return "a template was never deleted";
    return this.#all.some(({ advised }) => !advised) ? "the bank was never told" : null;
  }
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
  const withdrawals = new Withdrawals();
  /** Accounts without consent, as the bank knows them. */
  const withdrawn = new Set<unknown>();
  /** What advices say of whose template, by their number. */
  const advices = new Map<unknown, { readonly account: unknown; readonly reference: unknown }>();
  let called = 0;
  function onAdvice(fields: unknown): void {
    const advice = { account: at(fields, "2"), reference: at(fields, "48", "reference") };
    advices.set(at(fields, "11"), advice);
    if (advice.reference === "none") withdrawals.done("advised", advice.account);
  }
  function onApproved(mti: unknown, fields: unknown): string | null {
    if (mti === "0130") {
      const advice = advices.get(at(fields, "11"));
      if (advice?.reference === "none") withdrawn.add(advice.account);
      else if (advice !== undefined) withdrawn.delete(advice.account);
      return null;
    }
    if (!withdrawn.has(at(fields, "2"))) return null;
    if (mti === "0210") return "a debit by a face whose consent was withdrawn";
    const template = at(fields, "48", "reference") === "template";
    return template ? "the bank asks for a template whose consent was withdrawn" : null;
  }
  function onHost(line: LineOf<"host">): string | null {
    const { from, seen, message } = line;
    withdrawals.onHost(line);
    const fields = at(message, "fields");
    if (from === "atm" && seen === "sent" && at(fields, "3") === "910000") onAdvice(fields);
    const approved = approvals?.in(line) ?? null;
    return approved === null ? null : onApproved(at(message, "mti"), approved);
  }
  return {
    name: "consent_kept",
    sentence: "Consent withdrawn deletes the template and tells the bank, and no face decides " +
      "until a template is kept anew",
    reads: ["host", "face", "journal", "customer"],
    ends_with: "nothing_broken",
    observe(line: Line) {
      switch (line.type) {
        case "host":
          return onHost(line);
        case "face":
          if (line.request.op === "delete") {
            withdrawals.done("deleted", String(line.request.reference).split(":")[1]);
          }
          return null;
        case "journal":
          if (line.entry.line === "consent_withdrawn") withdrawals.add();
          return null;
        case "customer":
          if (line.does === "withdraws_consent_elsewhere") withdrawn.add(elsewhere[called++]);
          return null;
        default:
          return null;
      }
    },
    finish: () => heals ? withdrawals.missing : null,
  };
}
