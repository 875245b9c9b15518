/**
 * Runs in one embedded SQLite file: the Deno adapter of {@linkcode RunStore}.
 *
 * A run whose `put` returned survives `kill -9` and a power cut (`adapters/database.ts`). Bounded: the
 * oldest runs go when there are more than `runs_max` or their traces outgrow `bytes_max`.
 *
 * @module
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { gunzipSync, gzipSync } from "node:zlib";
import { inTransaction, openDatabase, sentryOf } from "../adapters/database.ts";
import { type Audit, auditOf, auditSchema } from "../audit/mod.ts";
import { readTrace } from "../trace/mod.ts";
import {
  type AuditRecord,
  NotKept,
  type RunRecord,
  type RunStore,
  runSummarySchema,
  type RunToKeep,
} from "./record.ts";

/** Applied in order, never edited once released. */
const MIGRATIONS = [
  `CREATE TABLE runs (
     id TEXT PRIMARY KEY,
     created_ms INTEGER NOT NULL,
     summary TEXT NOT NULL,
     trace BLOB NOT NULL
   ) STRICT;
   CREATE INDEX runs_by_age ON runs (created_ms);`,
  // Null until somebody asks: runs kept before there were audits are read then.
  `ALTER TABLE runs ADD COLUMN audit TEXT;`,
  // Summaries told no session, and called not as expected what nobody had judged.
  `UPDATE runs SET summary = json_set(summary, '$.session_ms',
     iif(audit ->> 'reason' = 'no_session', NULL, audit ->> 'session_ms'));
   UPDATE runs SET summary = json_set(summary, '$.ok', NULL, '$.expectations', json('[]'))
     WHERE summary ->> '$.expectations[0].text' = 'expectations were not judged here'
     AND ifnull(json_array_length(audit, '$.findings'), 0) = 0;`,
] as const;

/** How much is kept. */
export interface StoreBounds {
  readonly runs_max: number;
  /** Compressed traces, together. */
  readonly bytes_max: number;
}

const BOUNDS: StoreBounds = { runs_max: 2_000, bytes_max: 512 * 1024 * 1024 };

const SQLITE_ERROR = /^ERR_SQLITE_ERROR$/;

/** Opens the store, making or migrating the file; `:memory:` keeps nothing. Throws on a bad file. */
export function openRunStore(path: string, bounds: StoreBounds = BOUNDS): RunStore {
  return new SqliteRunStore(openDatabase(path, MIGRATIONS), bounds, path);
}

class SqliteRunStore implements RunStore {
  readonly #database: DatabaseSync;
  readonly #bounds: StoreBounds;
  readonly #path: string;
  readonly #stillThere: () => boolean;

  constructor(database: DatabaseSync, bounds: StoreBounds, path: string) {
    this.#database = database;
    this.#bounds = bounds;
    this.#path = path;
    this.#stillThere = sentryOf(path);
  }

  put(record: RunRecord, trace: string): void {
    this.putAll([[record, trace]]);
  }

  putAll(runs: readonly RunToKeep[]): void {
    if (!this.#stillThere()) {
      throw new NotKept(`the run cannot be kept: ${this.#path} was deleted or replaced`);
    }
    try {
      inTransaction(this.#database, () => {
        for (const run of runs) this.#insert(...run);
      });
    } catch (error) {
      if (!hasCode(error, SQLITE_ERROR)) throw error;
      throw new NotKept(`the run cannot be kept: ${error.message}`);
    }
  }

  #insert({ id, created_ms, ...summary }: RunRecord, trace: string, audit?: Audit): void {
    const audited = audit === undefined ? auditText(trace) : JSON.stringify(audit);
    this.#database.prepare("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?)")
      .run(id, created_ms, JSON.stringify(summary), gzipSync(trace), audited);
    this.#forgetOldest();
  }

  get(id: string): RunRecord | null {
    const row = this.#database.prepare("SELECT id, created_ms, summary FROM runs WHERE id = ?")
      .get(id);
    return row === undefined ? null : recordIn(row);
  }

  trace(id: string): string | null {
    const row = this.#database.prepare("SELECT trace FROM runs WHERE id = ?").get(id);
    return row?.trace instanceof Uint8Array ? unpacked(row.trace) : null;
  }

  list(limit: number): RunRecord[] {
    return this.#database
      .prepare("SELECT id, created_ms, summary FROM runs ORDER BY created_ms DESC, id LIMIT ?")
      .all(limit).flatMap((row) => recordIn(row) ?? []);
  }

  audits(limit: number): AuditRecord[] {
    const rows = this.#database
      .prepare("SELECT id, created_ms, audit FROM runs ORDER BY created_ms DESC, id LIMIT ?")
      .all(limit);
    let noting = true;
    // One at a time, so that a thousand traces are never in memory together.
    return rows.flatMap((row) => {
      const id = String(row.id);
      let audit = auditIn(row.audit);
      if (audit === null) {
        const late = auditText(this.trace(id) ?? "");
        noting &&= this.#isNoted(id, late);
        audit = auditIn(late);
      }
      return audit === null ? [] : [{ id, created_ms: Number(row.created_ms), ...audit }];
    });
  }

  /** Where an audit cannot be noted, whoever asks next has it taken once more: it is only an answer. */
  #isNoted(id: string, audit: string | null): boolean {
    try {
      this.#database.prepare("UPDATE runs SET audit = ? WHERE id = ?").run(audit, id);
      return true;
    } catch (error) {
      if (!hasCode(error, SQLITE_ERROR)) throw error;
      return false;
    }
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Deletes from the oldest on until the bounds hold; the run just put always stays. The oldest is the
   * first that was put (`rowid`): a computer's clock may go back.
   */
  #forgetOldest(): void {
    const rows = this.#database
      .prepare("SELECT id, length(trace) AS bytes FROM runs ORDER BY rowid DESC").all();
    const forget = this.#database.prepare("DELETE FROM runs WHERE id = ?");
    let bytes = 0;
    for (const [index, row] of rows.entries()) {
      bytes += Number(row.bytes);
      const tooMany = index >= this.#bounds.runs_max || bytes > this.#bounds.bytes_max;
      if (tooMany && index > 0) forget.run(String(row.id));
    }
  }
}

/** Null for what is no trace that was packed here, whatever became of it. */
function unpacked(trace: Uint8Array): string | null {
  try {
    return gunzipSync(trace).toString("utf8");
  } catch (error) {
    if (hasCode(error, /^Z_/)) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: RegExp): error is Error {
  return error instanceof Error && "code" in error && code.test(String(error.code));
}

/** Undefined for what is no JSON: no schema takes it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Null for what cannot be read: one such row would take all others with it. */
function recordIn(row: Record<string, SQLOutputValue>): RunRecord | null {
  const summary = runSummarySchema.safeParse(jsonIn(String(row.summary)));
  if (!summary.success) return null;
  return { id: String(row.id), created_ms: Number(row.created_ms), ...summary.data };
}

/** Null for what is no trace: it is kept as it came, and has no audit. */
function auditText(trace: string): string | null {
  const reading = readTrace(trace);
  return reading.ok ? JSON.stringify(auditOf(reading.trace)) : null;
}

/** Null where there is none, or one that an older program wrote in its own words. */
function auditIn(text: SQLOutputValue | undefined): Audit | null {
  if (typeof text !== "string") return null;
  const parsed = auditSchema.safeParse(jsonIn(text));
  return parsed.success ? parsed.data : null;
}
