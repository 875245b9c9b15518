import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { NotKept, openRunStore, runIdOf, type RunRecord } from "../../sim/store/mod.ts";

function run(id: string, created_ms: number): RunRecord {
  return {
    id,
    created_ms,
    scenario: "returning-customer",
    seed: 1,
    outcome: "served",
    reason: "cash_taken",
    cash_taken_fen: 50_000,
    ok: true,
    expectations: [{ text: "outcome is served", ok: true }],
    session_ms: 16_207,
    virtual_ms: 22_013,
    wall_ms: 400,
    root: `${id}${"0".repeat(48)}`,
  };
}

async function withFile(use: (path: string) => void): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    use(`${dir}/runs.sqlite`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("store: a run that was put is there after the program ended", async () => {
  await withFile((path) => {
    const before = openRunStore(path);
    before.put(run("aaaa", 1), '{"type":"header"}\n');
    before.close();
    const after = openRunStore(path);
    assert.deepEqual(after.get("aaaa"), run("aaaa", 1));
    assert.equal(after.trace("aaaa"), '{"type":"header"}\n');
    after.close();
  });
});

Deno.test("store: a run that was put survives a writer that never closes", async () => {
  await withFile((path) => {
    const killed = openRunStore(path);
    killed.put(run("aaaa", 1), "trace");
    const other = openRunStore(path);
    assert.equal(other.trace("aaaa"), "trace");
    other.close();
    killed.close();
  });
});

Deno.test("store: runs are listed newest first, and no more than asked for", () => {
  const store = openRunStore(":memory:");
  for (const [index, id] of ["a", "b", "c"].entries()) store.put(run(id, index), "");
  assert.deepEqual(store.list(2).map((record) => record.id), ["c", "b"]);
  store.close();
});

Deno.test("store: a run that cannot be read hides no other", () => {
  const store = openRunStore(":memory:");
  store.put(run("a", 1), "");
  store.put({ ...run("b", 2), seed: NaN }, "");
  assert.deepEqual(store.list(10).map(({ id }) => id), ["a"]);
  assert.equal(store.get("b"), null);
  store.close();
});

Deno.test("store: a run that is damaged in the file hides no other", async () => {
  const trace = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
  await withFile((path) => {
    const store = openRunStore(path);
    for (const [age, id] of ["a", "b", "c"].entries()) store.put(run(id, age), trace);
    const file = new DatabaseSync(path);
    file.exec(`UPDATE runs SET trace = x'1f8b00', audit = NULL WHERE id = 'a';
      UPDATE runs SET summary = '{', audit = '{', trace = x'00' WHERE id = 'b'`);
    file.close();
    assert.deepEqual(store.list(10).map(({ id }) => id), ["c", "a"]);
    assert.deepEqual(store.audits(10).map(({ id }) => id), ["c"]);
    assert.deepEqual(["a", "b"].map((id) => store.trace(id)), [null, null]);
    assert.equal(store.get("b"), null);
    store.close();
  });
});

Deno.test("store: what the disk does not take is told as that, and kept are the others", async () => {
  await withFile((path) => {
    const store = openRunStore(path);
    store.put(run("a", 1), "");
    const file = new DatabaseSync(path);
    file.exec(`CREATE TRIGGER full BEFORE INSERT ON runs
      BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    const message = "the run cannot be kept: database or disk is full";
    assert.throws(() => store.put(run("b", 2), ""), new NotKept(message));
    file.exec("DROP TRIGGER full");
    file.close();
    store.put(run("c", 3), "");
    assert.deepEqual(store.list(10).map(({ id }) => id), ["c", "a"]);
    store.close();
  });
});

Deno.test("store: into a file that was deleted or replaced meanwhile nothing is kept", async () => {
  await withFile((path) => {
    const store = openRunStore(path);
    store.put(run("a", 1), "");
    const message = `the run cannot be kept: ${path} was deleted or replaced`;
    Deno.removeSync(path);
    assert.throws(() => store.put(run("b", 2), ""), new NotKept(message));
    const other = openRunStore(path);
    assert.throws(() => store.put(run("b", 2), ""), new NotKept(message));
    other.put(run("b", 2), "");
    assert.deepEqual(other.list(10).map(({ id }) => id), ["b"]);
    other.close();
    store.close();
  });
});

Deno.test("store: the same run put twice is one run", () => {
  const store = openRunStore(":memory:");
  store.put(run("a", 1), "first");
  store.put(run("a", 2), "second");
  assert.equal(store.list(10).length, 1);
  assert.equal(store.trace("a"), "second");
  store.close();
});

Deno.test("store: the oldest runs go when there are too many, the newest always stays", () => {
  const store = openRunStore(":memory:", { runs_max: 2, bytes_max: 1 });
  for (const [index, id] of ["a", "b", "c"].entries()) store.put(run(id, index), "x".repeat(1_000));
  assert.deepEqual(store.list(10).map((record) => record.id), ["c"]);
  store.close();
});

Deno.test("store: of a full store the run goes that was put first, whatever the clock says", () => {
  const store = openRunStore(":memory:", { runs_max: 3, bytes_max: 1e9 });
  for (const [age, id] of ["a", "b", "c"].entries()) store.put(run(id, 100 + age), "");
  for (const [age, id] of ["d", "e"].entries()) store.put(run(id, age), "");
  assert.deepEqual(store.list(10).map(({ id }) => id), ["c", "e", "d"]);
  store.close();
});

Deno.test("store: an audit that cannot be noted is told all the same", async () => {
  const trace = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
  await withFile((path) => {
    const store = openRunStore(path);
    store.putAll([[run("a", 1), trace], [run("b", 2), trace]]);
    const file = new DatabaseSync(path);
    file.exec(`UPDATE runs SET audit = NULL; CREATE TRIGGER full BEFORE UPDATE ON runs
      BEGIN SELECT RAISE(ABORT, 'attempt to write a readonly database'); END`);
    file.close();
    assert.deepEqual(store.audits(10).map(({ id, money }) => [id, money.state]), [
      ["b", "paid"],
      ["a", "paid"],
    ]);
    store.close();
  });
});

Deno.test("store: runs kept by a program that knew no audits are audited when asked", async () => {
  const trace = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
  await withFile((path) => {
    const old = new DatabaseSync(path);
    old.exec(`CREATE TABLE runs (id TEXT PRIMARY KEY, created_ms INTEGER NOT NULL,
        summary TEXT NOT NULL, trace BLOB NOT NULL) STRICT;
      CREATE INDEX runs_by_age ON runs (created_ms);
      CREATE TABLE migrations (version INTEGER PRIMARY KEY) STRICT;
      INSERT INTO migrations VALUES (1);`);
    const { id, created_ms, ...summary } = run("aaaa", 7);
    old.prepare("INSERT INTO runs VALUES (?, ?, ?, ?)")
      .run(id, created_ms, JSON.stringify(summary), gzipSync(trace));
    old.close();
    for (const _ of ["read from the trace", "read from the column"]) {
      const store = openRunStore(path);
      const [audit, ...more] = store.audits(10);
      assert.deepEqual([audit?.id, audit?.created_ms, audit?.money.state], ["aaaa", 7, "paid"]);
      assert.deepEqual(more, []);
      store.close();
    }
  });
});

Deno.test("store: runs of a program that told no session and judged what it had not seen", async () => {
  await withFile((path) => {
    openRunStore(path).close();
    const old = new DatabaseSync(path);
    old.exec("DELETE FROM migrations WHERE version = 3");
    const { id: _id, created_ms: _created, session_ms: _session, ...summary } = run("", 0);
    const unjudged = {
      ...summary,
      ok: false,
      expectations: [{ text: "expectations were not judged here", ok: false }],
    };
    const audit = JSON.stringify({ session_ms: 16_207, reason: "cash_taken", findings: [] });
    const nobody = JSON.stringify({ session_ms: 0, reason: "no_session", findings: [] });
    const put = old.prepare("INSERT INTO runs VALUES (?, ?, ?, x'', ?)");
    put.run("ran", 3, JSON.stringify(summary), audit);
    put.run("received", 2, JSON.stringify(unjudged), audit);
    put.run("nobody", 1, JSON.stringify(summary), nobody);
    put.run("older", 0, JSON.stringify(summary), null);
    old.close();
    const store = openRunStore(path);
    const told = store.list(9).map(({ id, ok, session_ms }) => [id, ok, session_ms]);
    assert.deepEqual(told, [
      ["ran", true, 16_207],
      ["received", null, 16_207],
      ["nobody", true, null],
      ["older", true, null],
    ]);
    store.close();
  });
});

Deno.test("store: runs that are put together are there all, or none of them", () => {
  const store = openRunStore(":memory:");
  const unnamed = { ...run("bbbb", 2), created_ms: 0.5 };
  assert.throws(() => store.putAll([[run("aaaa", 1), "1"], [unnamed, "2"]]), NotKept);
  assert.deepEqual(store.list(9), []);
  store.putAll([[run("aaaa", 1), "1"], [run("bbbb", 2), "2"]]);
  assert.deepEqual(store.list(9).map(({ id }) => id), ["bbbb", "aaaa"]);
  store.close();
});

Deno.test("store: what is not there is null", () => {
  const store = openRunStore(":memory:");
  assert.equal(store.get("nobody"), null);
  assert.equal(store.trace("nobody"), null);
  store.close();
});

Deno.test("store: a file of a newer program is refused, not guessed at", async () => {
  await withFile((path) => {
    openRunStore(path).close();
    const newer = new DatabaseSync(path);
    newer.exec("INSERT INTO migrations VALUES (99)");
    newer.close();
    assert.throws(() => openRunStore(path), /newer atm-twin wrote it \(schema 99\)/);
  });
});

Deno.test("store: a run's id is the beginning of its root", () => {
  assert.equal(runIdOf(`sha256:${"ab".repeat(32)}`), "ab".repeat(8));
  assert.equal(runIdOf("cd".repeat(32)), "cd".repeat(8));
});
