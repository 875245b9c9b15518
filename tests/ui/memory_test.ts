/** How much the server needs with a thousand runs in its store: measured on the process itself. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openRunStore } from "../../sim/store/mod.ts";
import { sampleTrace } from "./sample.ts";
import { serve } from "./served.ts";

const RUNS = 1_000;
const MEGABYTES_MAX = 300;
/** Resident memory, now and at most, is read where Linux tells it. */
const ignore = Deno.build.os !== "linux";

/** One run put by the store, and copies of it under other names. */
function fill(data: string): void {
  const path = `${data}/runs.sqlite`;
  const store = openRunStore(path);
  const id = "0".repeat(16);
  store.put({
    id,
    created_ms: 0,
    scenario: "returning-customer",
    seed: 1,
    outcome: "served",
    reason: "cash_taken",
    cash_taken_fen: 50_000,
    ok: true,
    expectations: [],
    session_ms: 17_000,
    virtual_ms: 22_000,
    wall_ms: 400,
    root: "0".repeat(64),
  }, sampleTrace);
  store.close();
  const database = new DatabaseSync(path);
  database.exec(`WITH RECURSIVE more(n) AS
      (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < ${RUNS - 1})
    INSERT INTO runs SELECT printf('%016x', n), n, summary, trace, audit FROM more, runs`);
  database.close();
}

async function megabytes(pid: number, name: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

async function childrenOf(pid: number): Promise<number[]> {
  const told = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
  return told.trim().split(" ").filter((each) => each !== "").map(Number);
}

Deno.test(
  {
    name: "serve: with a thousand stored runs it fits in 300 MB, whatever is asked or run",
    ignore,
  },
  async () => {
    const data = await Deno.makeTempDir();
    fill(data);
    const server = await serve(data);
    const ask = async (path: string, body?: unknown) => {
      const options = body === undefined ? {} : {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      };
      const answer = await fetch(server.url + path, options);
      assert.ok(answer.ok, `${path}: ${answer.status}`);
      return await answer.text();
    };
    try {
      const idle = await megabytes(server.pid, "VmRSS");
      assert.equal(JSON.parse(await ask("api/audits")).audits.length, RUNS);
      await ask("api/audits.csv");
      await ask("api/runs");
      for (let n = 0; n < 100; n++) await ask(`api/runs/${n.toString(16).padStart(16, "0")}/trace`);
      const asked = await megabytes(server.pid, "VmRSS");
      for (
        const scenario of [
          "returning-customer",
          "first-use",
          "cash-not-taken",
          "spoof-phone-replay",
        ]
      ) {
        await ask("api/runs", { scenario, seed: 3 });
      }
      const most = await megabytes(server.pid, "VmHWM");
      const [child, ...others] = await childrenOf(server.pid);
      assert.ok(child !== undefined && others.length === 0, "one process simulates");
      const simulating = await megabytes(child, "VmHWM");
      const told = [idle, asked, most, simulating].map((each) => each.toFixed(0)).join(", ");
      console.log(
        `    MB resident: idle, after ${RUNS} were asked for, at most; its simulating child at most: ` +
          told,
      );
      assert.ok(most < MEGABYTES_MAX, `${most.toFixed(0)} MB`);
      assert.ok(simulating < 400, `${simulating.toFixed(0)} MB, and they go when it rests`);
    } finally {
      await server.kill();
      await Deno.remove(data, { recursive: true });
    }
  },
);
