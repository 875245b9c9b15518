/**
 * The bank: one host, its customers and its books.
 *
 * It is the other end of the network link: ISO 8583 messages in, answers out, in memory and at once
 * (latency, loss and cuts belong to the link); `line.ts` is the same in bytes.
 * Four promises, each held by a test:
 *
 * - the ledger is double entry and append-only; a balance is a sum over it and stored nowhere;
 * - what an answer promises is kept before it leaves (`store.ts`; in memory only inside a run);
 * - a repeated request gets the answer the first one got, and a reversal credits at most once;
 * - a PIN counter goes back only on a right PIN, and a locked customer stays locked.
 *
 * The host keeps no PIN: only a verification value. It never sees a face: only a score.
 *
 * @module
 */
export { type Bank, type BankOptions, createBank } from "./bank.ts";
export type { Debit } from "./books.ts";
export type { BankPerson } from "./customers.ts";
export { type Account, ENTRY_KINDS, type LedgerEntry } from "./ledger.ts";
export { type BankLimits, bankLimitsOf } from "./limits.ts";
export { authenticated, type AuthenticationOptions } from "./authentication.ts";
export { acknowledged, answerBytes, type AnsweredBytes, type Host } from "./line.ts";
export type { Key } from "./request.ts";
export type { BankStore, Fact, Verdict } from "./store.ts";
