/** Nobody takes more than the bank allows: at once, in a day, or than they have. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

export interface MoneyLimits {
  readonly per_withdrawal_fen: number;
  readonly per_day_fen: number;
  readonly per_day_count: number;
}

/** China has one clock and no summer time. */
const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

interface Account {
  balance: number;
  readonly debits: Map<string, { readonly amount: number; readonly day: number }>;
}

export function limitsKept(limits: MoneyLimits): Oracle {
  const accounts = new Map<string, Account>();
  function of(name: unknown): Account {
    const known = accounts.get(String(name));
    if (known !== undefined) return known;
    const account = { balance: 0, debits: new Map() };
    accounts.set(String(name), account);
    return account;
  }
  function onWithdrawal({ entry }: LineOf<"ledger">): string | null {
    const account = of(entry.debit);
    const [amount, day] = [
      Number(entry.amount),
      Math.floor((Number(entry.wall_ms) + CHINA_MS) / DAY_MS),
    ];
    account.balance -= amount;
    account.debits.set(String(entry.stan), { amount, day });
    const today = [...account.debits.values()].filter((debit) => debit.day === day);
    if (account.balance < 0) return "an account is overdrawn";
    if (amount > limits.per_withdrawal_fen) return `${amount} fen at once`;
    if (today.length > limits.per_day_count) return `${today.length} withdrawals in a day`;
    const sum = today.reduce((total, debit) => total + debit.amount, 0);
    return sum > limits.per_day_fen ? `${sum} fen in a day` : null;
  }
  return {
    name: "limits_kept",
    sentence: "No withdrawal exceeds what the bank allows at once, in a day, or the balance",
    reads: ["ledger"],
    observe(line: Line) {
      if (line.type !== "ledger") return null;
      const { entry } = line;
      switch (at(entry, "kind")) {
        case "opening":
          of(entry.credit).balance += Number(entry.amount);
          return null;
        case "withdrawal":
          return onWithdrawal(line);
        case "reversal":
          of(entry.credit).balance += Number(entry.amount);
          of(entry.credit).debits.delete(String(entry.stan));
          return null;
        default:
          return null;
      }
    },
    finish: () => null,
  };
}
