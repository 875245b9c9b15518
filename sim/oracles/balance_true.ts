/** What a customer reads of their account is what the books say of it. */
import { formatYuanShort } from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";
import type { Approvals } from "./approvals.ts";
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** `approvals`: of the run's own bank; null where it is somewhere else, and its books cannot be read. */
export function balanceTrue(approvals: Approvals | null): Oracle {
  /** What the books say, in fen, by account as it is masked. */
  const books = new Map<unknown, number>();
  /** The inquiry of this session, and the balance that it brought. */
  let inquiry: unknown = null;
  let told: unknown;
  function book({ entry }: LineOf<"ledger">): void {
    const { kind, customer, amount } = entry;
    const sign = kind === "withdrawal" ? -1 : kind === "opening" || kind === "reversal" ? 1 : 0;
    if (sign !== 0) books.set(customer, (books.get(customer) ?? 0) + sign * Number(amount));
  }
  function onHost(line: LineOf<"host">): string | null {
    const { from, seen, message } = line;
    const fields = at(message, "fields");
    if (from === "atm") {
      if (seen === "sent" && at(fields, "3") === "310000") inquiry = at(fields, "11");
      return null;
    }
    if (seen === "received" && at(fields, "11") === inquiry && at(fields, "39") === "00") {
      told = at(fields, "54");
    }
    const answer = approvals?.in(line) ?? null;
    const balance = at(answer, "54");
    if (balance === undefined) return null;
    const booked = books.get(at(answer, "2")) ?? 0;
    return balance === booked ? null : `the bank says ${shown(balance)} of ${shown(booked)}`;
  }
  function onScreen(screen: LineOf<"screen">["screen"]): string | null {
    if (screen.page !== "show_balance" || screen.balance === told) return null;
    return `the page says ${shown(screen.balance)}, the bank said ${shown(told)}`;
  }
  return {
    name: "balance_true",
    sentence: "The balance that the bank tells is its ledger's, and the page shows that one",
    reads: ["ledger", "host", "screen", "journal"],
    observe(line: Line) {
      switch (line.type) {
        case "ledger":
          book(line);
          return null;
        case "host":
          return onHost(line);
        case "screen":
          return onScreen(line.screen);
        case "journal":
          if (line.entry.line === "session_started") inquiry = told = undefined;
          return null;
        default:
          return null;
      }
    },
    finish: () => null,
  };
}

function shown(amount: unknown): string {
  return typeof amount === "number" ? formatYuanShort(fen(amount)) : "nothing";
}
