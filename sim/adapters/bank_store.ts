/**
 * A bank's facts in one SQLite file: the Deno adapter of {@linkcode BankStore}.
 *
 * The database itself refuses what must not be: an entry that moves nothing, a second debit or reversal
 * of one request, any change to what stands. Balances are nowhere in it; `sum(amount)` over `postings`
 * is what an account holds.
 *
 * One program at a time has the file: another would number its entries alike. `FILE-lock` beside it
 * says so, and is let go by the system however the program ends.
 */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import * as z from "zod";
import { RESPONSE_CODES } from "../../core/iso8583/mod.ts";
import { fen } from "../../core/units.ts";
import {
  type Account,
  type BankStore,
  ENTRY_KINDS,
  type Fact,
  type Key,
  type Verdict,
} from "../bank/mod.ts";
import { InputError } from "../plan/mod.ts";
import { inTransaction, openDatabase, sentryOf } from "./database.ts";

/** In the order in which a bank takes them back. */
const TABLES = [
  "entries",
  "debits",
  "reversals",
  "answers",
  "pin_tries",
  "face_refusals",
  "consents",
] as const;

/** The tables of the first files. */
const FIRST_TABLES = TABLES.slice(0, 5);

/** Nothing that stands in these tables is ever changed or taken away. */
function appendOnly(table: string): string {
  return ["UPDATE", "DELETE"].map((deed) =>
    `CREATE TRIGGER ${table}_no_${deed.toLowerCase()} BEFORE ${deed} ON ${table}
     BEGIN SELECT RAISE(ABORT, '${table} are only added to'); END;`
  ).join("\n");
}

const MIGRATIONS = [
  `CREATE TABLE entries (
     n INTEGER PRIMARY KEY,
     wall_ms INTEGER NOT NULL,
     kind TEXT NOT NULL,
     debit TEXT NOT NULL,
     credit TEXT NOT NULL CHECK (credit <> debit),
     amount INTEGER NOT NULL CHECK (amount > 0),
     stan TEXT,
     customer TEXT NOT NULL
   ) STRICT;
   CREATE TABLE debits (
     key TEXT PRIMARY KEY,
     n INTEGER NOT NULL UNIQUE REFERENCES entries,
     transmitted TEXT NOT NULL
   ) STRICT;
   CREATE TABLE reversals (
     key TEXT PRIMARY KEY,
     code TEXT NOT NULL,
     n INTEGER UNIQUE REFERENCES entries
   ) STRICT;
   CREATE TABLE answers (
     key TEXT PRIMARY KEY,
     details TEXT NOT NULL,
     verdict TEXT NOT NULL,
     person INTEGER
   ) STRICT;
   CREATE TABLE pin_tries (
     n INTEGER PRIMARY KEY,
     person INTEGER NOT NULL,
     tries_left INTEGER NOT NULL,
     wall_ms INTEGER NOT NULL
   ) STRICT;
   CREATE VIEW postings AS
     SELECT credit AS account, amount, n FROM entries
     UNION ALL SELECT debit, -amount, n FROM entries;
   ${FIRST_TABLES.map(appendOnly).join("\n")}`,
  `CREATE TABLE face_refusals (
     n INTEGER PRIMARY KEY,
     person INTEGER NOT NULL,
     refusals INTEGER NOT NULL,
     wall_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE consents (
     n INTEGER PRIMARY KEY,
     person INTEGER NOT NULL,
     enrolled INTEGER NOT NULL CHECK (enrolled IN (0, 1)),
     wall_ms INTEGER NOT NULL
   ) STRICT;
   ${["face_refusals", "consents"].map(appendOnly).join("\n")}`,
] as const;

/** A store that is given back when it is not needed any more. */
export interface BankFile extends BankStore {
  close(): void;
}

/**
 * @throws {InputError} naming `field` when the file cannot be a bank's ledger now, and from then on when
 * nothing can be kept in it any more
 */
export function openBankFile(path: string, field: string): BankFile {
  function refused(message: string): InputError {
    return new InputError({ file: "bank", field, message });
  }
  let lockPath: string;
  let lock: Deno.FsFile;
  try {
    lockPath = `${realPathOf(path)}-lock`;
    lock = Deno.openSync(lockPath, { create: true, write: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw refused(`${path} cannot be written; name a file in a folder of yours`);
  }
  if (!lock.tryLockSync(true)) {
    lock.close();
    throw refused(`${path} belongs to a bank that is running; end it, or name another file`);
  }
  try {
    if (isHardLinked(path)) {
      throw refused(
        `${path} has another name, by a hard link; take one away, or name another file`,
      );
    }
    const database = openDatabase(path, MIGRATIONS);
    return new File(database, lock, sentryOf(path), (message) => refused(`${path} ${message}`));
  } catch (error) {
    letGo(lock);
    Deno.removeSync(lockPath);
    if (!(error instanceof Error) || error instanceof InputError) throw error;
    throw refused(`${path} is no ledger of this program (${error.message}); name another file`);
  }
}

/** Of a ledger with two names, by a link: both are one file, and have one lock, from the first. */
function realPathOf(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return path; // Opening says what it is.
    // It is not there yet, or a link leads to where it will be: only what is there has one name.
    Deno.openSync(path, { create: true, append: true }).close();
    return Deno.realPathSync(path);
  }
}

/** No link leads from one name to the other: each would have a lock, and a log of SQLite's, of its own. */
function isHardLinked(path: string): boolean {
  const { isFile, nlink } = Deno.statSync(path);
  return isFile && (nlink ?? 1) > 1;
}

/** What the computer does to a file, in SQLite's words; anything else is a mistake of ours. */
const OUTSIDE =
  /^(database or disk is full|disk I\/O error|database is locked|attempt to write a readonly)/;

class File implements BankFile {
  readonly #database: DatabaseSync;
  readonly #lock: Deno.FsFile;
  readonly #stillThere: () => boolean;
  readonly #refused: (message: string) => InputError;
  readonly #inserts: Readonly<Record<Fact["fact"], StatementSync>>;

  constructor(
    database: DatabaseSync,
    lock: Deno.FsFile,
    stillThere: () => boolean,
    refused: (message: string) => InputError,
  ) {
    this.#database = database;
    this.#lock = lock;
    this.#stillThere = stillThere;
    this.#refused = refused;
    database.exec("PRAGMA foreign_keys = ON");
    this.#inserts = {
      entry: database.prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      debit: database.prepare("INSERT INTO debits VALUES (?, ?, ?)"),
      reversal: database.prepare("INSERT INTO reversals VALUES (?, ?, ?)"),
      answer: database.prepare("INSERT INTO answers VALUES (?, ?, ?, ?)"),
      pin: database.prepare(
        "INSERT INTO pin_tries (person, tries_left, wall_ms) VALUES (?, ?, ?)",
      ),
      face: database.prepare(
        "INSERT INTO face_refusals (person, refusals, wall_ms) VALUES (?, ?, ?)",
      ),
      reference: database.prepare(
        "INSERT INTO consents (person, enrolled, wall_ms) VALUES (?, ?, ?)",
      ),
    };
  }

  *load(): Iterable<Fact> {
    for (const table of TABLES) {
      const rows = this.#database.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all();
      for (const row of rows) yield READERS[table](row);
    }
  }

  commit(facts: readonly Fact[]): void {
    if (!this.#stillThere()) {
      throw this.#refused("was deleted or replaced; put it back as it was, and start again");
    }
    try {
      inTransaction(this.#database, () => {
        for (const fact of facts) this.#inserts[fact.fact].run(...valuesOf(fact));
      });
    } catch (error) {
      if (!(error instanceof Error) || !OUTSIDE.test(error.message)) throw error;
      const remedy = "what was answered is kept: mend that, and start again";
      throw this.#refused(`cannot be written (${error.message}); ${remedy}`);
    }
  }

  close(): void {
    this.#database.close();
    letGo(this.#lock);
  }
}

/**
 * Unlocked before it is closed: a program that another thread is just starting has this file open too
 * for a moment, and a lock stays until the last holder lets it go.
 */
function letGo(lock: Deno.FsFile): void {
  lock.unlockSync();
  lock.close();
}

function valuesOf(fact: Fact): SQLInputValue[] {
  switch (fact.fact) {
    case "entry": {
      const { n, wall_ms, kind, debit, credit, amount, stan, customer } = fact.entry;
      return [n, wall_ms, kind, debit, credit, amount, stan, customer];
    }
    case "debit":
      return [fact.key, fact.n, fact.transmitted];
    case "reversal":
      return [fact.key, fact.code, fact.n];
    case "answer":
      return [fact.key, fact.details, JSON.stringify(fact.verdict), fact.person];
    case "pin":
      return [fact.person, fact.tries_left, fact.wall_ms];
    case "face":
      return [fact.person, fact.refusals, fact.wall_ms];
    case "reference":
      return [fact.person, fact.enrolled ? 1 : 0, fact.wall_ms];
  }
}

const key = z.string().transform((text) => text as Key);
const code = z.enum(RESPONSE_CODES);
const account = z.string().regex(/^(opening|settlement|suspense|customer:\d+|atm_cash:.{8})$/)
  .transform((text) => text as Account);
const entryRow = z.object({
  n: z.number(),
  wall_ms: z.number(),
  kind: z.enum(ENTRY_KINDS),
  debit: account,
  credit: account,
  amount: z.number().transform(fen),
  stan: z.string().nullable(),
  customer: z.string(),
});
const debitRow = z.object({ key, n: z.number(), transmitted: z.string() });
const reversalRow = z.object({ key, code, n: z.number().nullable() });
const verdict = z.object({ 39: code }).loose()
  .transform((value) => value as Omit<Verdict, 2>);
const answerRow = z.object({
  key,
  details: z.string(),
  verdict: z.string().transform((text) => verdict.parse(JSON.parse(text))),
  person: z.number().nullable(),
});
const pinRow = z.object({ person: z.number(), tries_left: z.number(), wall_ms: z.number() });

const faceRow = z.object({ person: z.number(), refusals: z.number(), wall_ms: z.number() });
const consentRow = z.object({
  person: z.number(),
  enrolled: z.number().transform((flag) => flag === 1),
  wall_ms: z.number(),
});

const READERS: Readonly<
  Record<typeof TABLES[number], (row: Record<string, SQLOutputValue>) => Fact>
> = {
  entries: (row) => ({ fact: "entry", entry: Object.freeze(entryRow.parse(row)) }),
  debits: (row) => ({ fact: "debit", ...debitRow.parse(row) }),
  reversals: (row) => ({ fact: "reversal", ...reversalRow.parse(row) }),
  answers: (row) => ({ fact: "answer", ...answerRow.parse(row) }),
  pin_tries: (row) => ({ fact: "pin", ...pinRow.parse(row) }),
  face_refusals: (row) => ({ fact: "face", ...faceRow.parse(row) }),
  consents: (row) => ({ fact: "reference", ...consentRow.parse(row) }),
};
