/**
 * What a bank must not forget, as facts in order, and the port through which they are kept.
 *
 * ```
 *   request ──► host decides ──► facts ──commit──► answer leaves
 * ```
 *
 * The facts of one request are kept together or not at all, and its answer leaves only when they are.
 * A bank that is killed before the commit has promised nothing; one that is killed after it finds the
 * facts again. Facts are only ever added: a balance is a sum over entries, and whether a debit was
 * undone is whether a reversal of its key is there.
 *
 * No fact holds a PIN, a number or an account: people are N, requests are keys.
 */
import type { Fields, ResponseCode } from "../../core/iso8583/mod.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Key } from "./request.ts";

/** What an answer says beyond the elements it repeats. */
export type Verdict = Pick<Fields, 2 | 38 | 48 | 54> & { readonly 39: ResponseCode };

export type Fact =
  | { readonly fact: "entry"; readonly entry: LedgerEntry }
  /** Entry `n` is the debit that the request of this key asked for; `transmitted` is its DE 7. */
  | {
    readonly fact: "debit";
    readonly key: Key;
    readonly n: number;
    readonly transmitted: string;
  }
  /** The request of this key was reversed; by entry `n`, or by none where there was no debit. */
  | {
    readonly fact: "reversal";
    readonly key: Key;
    readonly code: ResponseCode;
    readonly n: number | null;
  }
  /** What the request of this key was answered; `person`: whose account DE 2 of the answer is. */
  | {
    readonly fact: "answer";
    readonly key: Key;
    readonly details: string;
    readonly verdict: Omit<Verdict, 2>;
    readonly person: number | null;
  }
  /** How many faces in a row were not this customer's. */
  | {
    readonly fact: "face";
    readonly person: number;
    readonly refusals: number;
    readonly wall_ms: number;
  }
  /** A template of this customer's is kept from now on; or none is, since consent was withdrawn. */
  | {
    readonly fact: "reference";
    readonly person: number;
    readonly enrolled: boolean;
    readonly wall_ms: number;
  }
  /** How many wrong PINs this customer may still type. */
  | {
    readonly fact: "pin";
    readonly person: number;
    readonly tries_left: number;
    readonly wall_ms: number;
  };

/** Where a bank keeps its facts. */
export interface BankStore {
  /** Everything kept so far: entries first, each kind in its own order. */
  load(): Iterable<Fact>;
  /**
   * Keeps all of these or none, and returns when a power cut could not take them away any more.
   *
   * @throws when that is not possible: the bank must then answer nothing more
   */
  commit(facts: readonly Fact[]): void;
}

/** For simulations: a run's bank ends with the run, and costs nothing to keep. */
export const FORGETFUL: BankStore = { load: () => [], commit: () => {} };
