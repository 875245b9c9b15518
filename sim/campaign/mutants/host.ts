/** Banks that are wrong: what they debit, whom they believe, what they count. */
import type { Fields, Iso8583Message } from "../../../core/iso8583/mod.ts";
import { type Fen, fen, yuan } from "../../../core/units.ts";
import { type Bank, type BankOptions, createBank } from "../../bank/mod.ts";
import type { RunParts } from "../../world/mod.ts";
import type { Mutant } from "./mutant.ts";

/** The real bank, with other options, something before its door, and a telephone. */
function withBank(
  options: (options: BankOptions) => BankOptions,
  door: (bank: Bank) => Bank["receive"] = (bank) => (message) => bank.receive(message),
  telephone?: Bank["withdrawConsent"],
): Partial<RunParts> {
  return {
    bank: (given) => {
      const bank = createBank(options(given));
      const receive = door(bank);
      return new Proxy(bank, {
        get(target, name) {
          if (name === "receive") return receive;
          if (name === "withdrawConsent" && telephone !== undefined) return telephone;
          const member: unknown = Reflect.get(target, name, target);
          return typeof member === "function" ? member.bind(target) : member;
        },
      });
    },
  };
}

const unchanged = (options: BankOptions): BankOptions => options;

function answerWith(answer: Iso8583Message | null, fields: Fields): Iso8583Message | null {
  return answer === null ? null : { ...answer, fields: { ...answer.fields, ...fields } };
}

/** Tells another balance than there is. */
function telling(change: (balance: Fen) => number): (bank: Bank) => Bank["receive"] {
  return (bank) => (message) => {
    const answer = bank.receive(message);
    const balance = answer?.fields[54];
    return balance === undefined ? answer : answerWith(answer, { 54: fen(change(balance)) });
  };
}

/** Counts wrong PINs itself; `forgets` says after which messages it begins anew. */
function counting(forgets: (message: Iso8583Message) => boolean): (bank: Bank) => Bank["receive"] {
  return (bank) => {
    const wrong = new Map<string, number>();
    return (message) => {
      if (forgets(message)) wrong.clear();
      const answer = bank.receive(message);
      const pan = message.fields[2] ?? "";
      if (answer?.fields[39] === "00" && message.fields[52] !== undefined) wrong.delete(pan);
      if (answer?.fields[39] !== "55") return answer;
      const times = (wrong.get(pan) ?? 0) + 1;
      wrong.set(pan, times);
      const left = Math.max(0, 3 - times);
      return answerWith(answer, { 39: left > 0 ? "55" : "75", 48: { pin_tries_left: left } });
    };
  };
}

/** Acknowledges these advices, and does nothing about them. */
function deafTo(ignored: (fields: Fields) => boolean): (bank: Bank) => Bank["receive"] {
  return (bank) => (message) => {
    if (!ignored(message.fields)) return bank.receive(message);
    const { 2: pan, 3: about, 7: sent, 11: stan, 41: terminal } = message.fields;
    const fields = { 2: pan, 3: about, 7: sent, 11: stan, 41: terminal, 39: "00" };
    return { mti: "0130", fields: fields as Fields };
  };
}

/** What nobody has, and everybody may withdraw. */
const LENT = yuan(1_000_000);

const endless = (options: BankOptions): BankOptions => ({
  ...options,
  limits: { ...options.limits, pin_tries: 99 },
});

export const HOSTS: readonly Mutant[] = [
  {
    name: "endless-pins",
    does: "The bank lets a PIN be tried as often as somebody likes",
    parts: withBank(endless),
  },
  {
    name: "resets-pin-on-cancel",
    does: "The bank forgets wrong PINs when the next session begins",
    parts: withBank(endless, counting(({ fields }) => fields[3] === "330000")),
  },
  {
    name: "lock-for-a-moment",
    does: "The bank locks a customer and forgets it at once",
    parts: withBank(endless, (bank) => {
      const receive = counting(() => false)(bank);
      return (message) => {
        const answer = receive(message);
        return answer?.fields[39] === "75" ? answerWith(answer, { 39: "75" }) : answer;
      };
    }),
  },
  {
    name: "debits-twice",
    does: "The bank debits a withdrawal twice",
    parts: withBank(unchanged, (bank) => (message) => {
      const answer = bank.receive(message);
      if (message.mti === "0200" && answer?.fields[39] === "00") {
        const again = { ...message.fields, 11: `9${message.fields[11]?.slice(1)}` };
        bank.receive({ ...message, fields: again });
      }
      return answer;
    }),
  },
  {
    name: "never-debits",
    does: "The bank approves a withdrawal without debiting it",
    parts: withBank(unchanged, (bank) => (message) => {
      if (message.mti !== "0200") return bank.receive(message);
      const { 2: pan, 4: amount, 7: sent, 11: stan, 41: terminal } = message.fields;
      const fields = { 2: pan, 4: amount, 7: sent, 11: stan, 41: terminal, 39: "00" };
      return { mti: "0210", fields: fields as Fields };
    }),
  },
  {
    name: "reversal-unbooked",
    does: "The bank acknowledges a reversal without undoing the debit",
    parts: withBank(unchanged, (bank) => (message) => {
      if (message.mti !== "0420" && message.mti !== "0421") return bank.receive(message);
      const { 7: sent, 11: stan, 41: terminal } = message.fields;
      return { mti: "0430", fields: { 7: sent, 11: stan, 41: terminal, 39: "00" } as Fields };
    }),
  },
  {
    name: "reversal-booked-twice",
    does: "The bank undoes a debit once for every copy of its reversal",
    parts: withBank((options) => {
      return {
        ...options,
        record: (entry) => {
          options.record(entry);
          if (entry.kind === "reversal") options.record(entry);
        },
      };
    }),
  },
  {
    name: "lends-without-limit",
    does: "The bank pays from an account that has not enough",
    parts: withBank(
      (options) => ({
        ...options,
        people: options.people.map((each) => ({ ...each, balance: fen(each.balance + LENT) })),
        record: (entry) =>
          options.record(
            entry.kind === "opening" ? { ...entry, amount: fen(entry.amount - LENT) } : entry,
          ),
      }),
      telling((balance) => balance - LENT),
    ),
  },
  {
    name: "no-daily-limit",
    does: "The bank does not count what somebody has withdrawn today",
    parts: withBank((options) => ({
      ...options,
      limits: { ...options.limits, per_day: yuan(1_000_000), per_day_count: 1_000 },
    })),
  },
  {
    name: "balance-lies",
    does: "The bank tells a balance of a thousand yuan more than there are",
    parts: withBank(unchanged, telling((balance) => balance + 100_000)),
  },
  {
    name: "withdrawal-ignored",
    does: "The bank acknowledges that a template was deleted, and does not take it in",
    parts: withBank(
      unchanged,
      deafTo((fields) => fields[3] === "910000" && fields[48]?.reference === "none"),
    ),
  },
  {
    name: "consent-phone-ignored",
    does: "The bank does nothing when somebody withdraws consent by telephone",
    parts: withBank(unchanged, undefined, () => {}),
  },
  {
    name: "faces-never-counted",
    does: "The bank does not count the faces that were not the customer's",
    parts: withBank(unchanged, deafTo((fields) => fields[3] === "920000")),
  },
];
