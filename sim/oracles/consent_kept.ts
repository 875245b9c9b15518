/**
 * Consent that was taken back, at the machine or at the bank, stays taken back: the template goes, the bank
 * knows, no template of a visit under way is taken in, and no face decides about this customer's money until
 * another visit has begun, in which consent is asked for anew. That the bank believes a machine that tells of
 * a template is no consent.
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

/** Accounts whose consent was withdrawn, as the bank knows, and what the bank has approved since. */
class Withdrawn {
  readonly #since = new Map<unknown, { asked: number | null; kept: boolean }>();
  /** By its number, when a request was first sent: one before the visit's inquiry is of a visit before. */
  readonly #made = new Map<unknown, number>();

  add(account: unknown): void {
    this.#since.set(account, { asked: null, kept: false });
  }

  sent(request: unknown): void {
    if (!this.#made.has(request)) this.#made.set(request, this.#made.size);
  }

  /** The bank says what to compare this customer's face with: a visit has begun. */
  found(account: unknown, inquiry: unknown, reference: unknown): string | null {
    const since = this.#since.get(account);
    if (since === undefined || reference === "none") return null;
    since.asked = this.#made.get(inquiry) ?? null;
    const again = reference === "template" && !since.kept;
    return again ? "the bank asks for a template whose consent was withdrawn" : null;
  }

  kept(account: unknown, advice: unknown): string | null {
    if (this.#isOver(account, advice)) {
      return "the bank takes a template whose consent was withdrawn";
    }
    const since = this.#since.get(account);
    if (since !== undefined) since.kept = true;
    return null;
  }

  decided(account: unknown, request: unknown, what: string): string | null {
    return this.#isOver(account, request) ? `${what} by a face whose consent was withdrawn` : null;
  }

  /** Whether this is of a visit that had begun when consent was withdrawn. */
  #isOver(account: unknown, request: unknown): boolean {
    const since = this.#since.get(account);
    if (since === undefined) return false;
    return since.asked === null || (this.#made.get(request) ?? 0) <= since.asked;
  }
}

/** What advices say of whose template, by their number. */
class Advices {
  readonly #sent = new Map<unknown, { readonly account: unknown; readonly reference: unknown }>();

  sent(fields: unknown): void {
    if (at(fields, "3") !== "910000") return;
    const advice = { account: at(fields, "2"), reference: at(fields, "48", "reference") };
    this.#sent.set(at(fields, "11"), advice);
  }

  /** The one that this answers. */
  of(answer: unknown) {
    return this.#sent.get(at(answer, "11"));
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
  const withdrawn = new Withdrawn();
  const advices = new Advices();
  let called = 0;
  let state = "";
  function onApproved(mti: unknown, fields: unknown): string | null {
    const [account, stan] = [at(fields, "2"), at(fields, "11")];
    if (mti === "0210") return withdrawn.decided(account, stan, "a debit");
    if (mti === "0130") {
      const advice = advices.of(fields);
      if (advice?.reference === "template") return withdrawn.kept(advice.account, stan);
      if (advice?.reference === "none") withdrawn.add(advice.account);
      return null;
    }
    if (mti !== "0110") return null;
    const reference = at(fields, "48", "reference");
    if (reference !== undefined) return withdrawn.found(account, stan, reference);
    return withdrawn.decided(account, stan, "a balance");
  }
  function onHost(line: LineOf<"host">): string | null {
    const { from, seen, message } = line;
    withdrawals.onHost(line);
    const fields = at(message, "fields");
    if (from === "atm" && seen === "sent") {
      withdrawn.sent(at(fields, "11"));
      advices.sent(fields);
    }
    // The bank has been told when it takes an advice, not when one is sent.
    const told = from === "bank" && seen === "sent" && at(message, "mti") === "0130";
    const advice = told && at(fields, "39") === "00" ? advices.of(fields) : undefined;
    if (advice?.reference === "none") withdrawals.done("advised", advice.account);
    const approved = approvals?.in(line) ?? null;
    return approved === null ? null : onApproved(at(message, "mti"), approved);
  }
  return {
    name: "consent_kept",
    sentence: "Consent withdrawn deletes the template and tells the bank, and no face decides " +
      "in a visit that had begun before",
    reads: ["host", "face", "state", "touch", "customer"],
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
        case "state":
          state = line.to;
          return null;
        // It begins with what the customer does, whatever the machine then does or leaves.
        case "touch":
          if (state === "withdrawing_consent" && line.control === "agree") withdrawals.add();
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
