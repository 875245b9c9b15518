/**
 * SQLite files as this program keeps them.
 *
 * Write-ahead log and `synchronous = FULL`: what was committed survives `kill -9` and a power cut. The
 * schema moves forward by numbered migrations, each in one transaction; a file that a newer program
 * wrote is refused, not guessed at.
 */
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a file, making or migrating it; `:memory:` keeps nothing.
 *
 * @param migrations applied in order, never edited once released
 * @throws when the file is no database, is somebody else's at this moment, or is of a newer program
 */
export function openDatabase(path: string, migrations: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA busy_timeout = 5000");
    refuseForeign(database);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    migrate(database, path, migrations);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/**
 * Says whether a database that has just been opened is still the file at its path. Deleted or replaced, it
 * would be written to all the same, where nobody finds it any more.
 */
export function sentryOf(path: string): () => boolean {
  if (path === ":memory:") return () => true;
  const file = fileAt(path);
  return () => fileAt(path) === file;
}

/** Which file lies at a path; null: none that can be seen. */
function fileAt(path: string): string | null {
  try {
    const { dev, ino } = Deno.statSync(path);
    return `${dev}/${ino}`;
  } catch {
    return null;
  }
}

/** Does all of it or nothing. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    // A full disk may have ended the transaction already; the first error is the one to tell.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** Of somebody else's database not a byte is changed; one without a table is nobody's yet. */
function refuseForeign(database: DatabaseSync): void {
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    .map(({ name }) => name);
  if (names.length > 0 && !names.includes("migrations")) {
    throw new Error("it holds the tables of another program");
  }
}

function migrate(database: DatabaseSync, path: string, migrations: readonly string[]): void {
  database.exec("CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY) STRICT");
  const row = database.prepare("SELECT max(version) AS version FROM migrations").get();
  const version = Number(row?.version ?? 0);
  if (version > migrations.length) {
    throw new Error(`Cannot open ${path}: a newer atm-twin wrote it (schema ${version})`);
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    inTransaction(database, () => {
      database.exec(sql);
      database.prepare("INSERT INTO migrations VALUES (?)").run(index + 1);
    });
  }
}
