/** What is said to have gone wrong is what went wrong. */
import assert from "node:assert/strict";
import { hasText } from "../../core/locale/mod.ts";
import { answerFrom, ApiError, fetchRuns, unreachable } from "../../ui/app/api.ts";
import { reasonOf } from "../../ui/app/failure.tsx";
import { follow } from "../../ui/app/jobs.ts";
import { Replay, replayOf } from "../../ui/app/replay/mod.ts";
import { loadRun } from "../../ui/app/stage/load_run.ts";
import { openTwin, twinFrom } from "../../ui/app/twin/open_twin.ts";
import { sampleTrace } from "./sample.ts";

async function errorOf(work: Promise<unknown>): Promise<Error> {
  return await work.then(() => assert.fail("it went well"), (error) => error);
}

Deno.test("failure: a trace that cannot be read, and nothing else, is said to be one", () => {
  assert.ok(replayOf(sampleTrace) instanceof Replay);
  assert.throws(
    () => replayOf(sampleTrace.replace("session_started", "session_Started")),
    (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^line \d+: /);
      return reasonOf(error) === "error-trace";
    },
  );
  assert.equal(reasonOf(new Error("the worker is out of memory")), null);
});

Deno.test("failure: an answer or a page's code that does not come says that the server is gone", async () => {
  answerFrom(() => Promise.reject(new TypeError("Failed to fetch")));
  assert.equal(reasonOf(await errorOf(fetchRuns())), "error-server");
  const code = Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  assert.equal(reasonOf(await errorOf(code.catch(unreachable))), "error-server");
  for (const reason of ["error-server", "error-missing", "error-run", "error-trace"]) {
    assert.ok(hasText(reason));
  }
});

Deno.test("failure: a server that goes in the middle of long work is said to be gone", async () => {
  const check = { name: "chain", ok: true, evidence: "unbroken" };
  const said = `event: check\ndata: ${JSON.stringify(check)}\n\n`;
  const ends: ((controller: ReadableStreamDefaultController) => void)[] = [
    (controller) => controller.error(new TypeError("network error")),
    (controller) => controller.close(),
  ];
  for (const end of ends) {
    let told = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        if (told === 0) controller.enqueue(new TextEncoder().encode(said));
        else end(controller);
        told++;
      },
    });
    answerFrom((_path, { method }) =>
      Promise.resolve(
        method === "POST" ? Response.json({ id: "1", events: "/events" }) : new Response(body),
      )
    );
    const heard: string[] = [];
    const listen = async () => {
      const job = { kind: "verification", run: "ab" } as const;
      for await (const { name } of follow(job, new AbortController().signal)) heard.push(name);
    };
    assert.equal(reasonOf(await errorOf(listen())), "error-server");
    assert.deepEqual(heard, ["check"]);
  }
});

Deno.test("failure: a run that the server makes otherwise today is a run that is not there", async () => {
  const other = { id: "00ff", seed: 1, scenario: "first-use" };
  answerFrom((path, { method }) => {
    if (method !== "POST") return Promise.resolve(new Response(path, { status: 404 }));
    return Promise.resolve(Response.json({
      ...other,
      ...{ created_ms: 0, outcome: "served", reason: "cash_taken", cash_taken_fen: 0, ok: true },
      ...{ expectations: [], session_ms: 1, virtual_ms: 1, wall_ms: 1, root: "00ff" },
    }));
  });
  const error = await errorOf(loadRun("abcd", { scenario: "first-use", seed: 1 }));
  assert.equal(reasonOf(error), "error-missing");
  assert.match(error.message, /00ff ≠ abcd/);
});

/** A worker whose code never comes, as a browser tells it. */
class Absent {
  onmessage = null;
  onerror: ((event: Event) => void) | null = null;

  postMessage(): void {
    setTimeout(() => this.onerror?.(new Event("error")));
  }
}

Deno.test("failure: a twin whose code never came is opened again by whoever tries again", async () => {
  let workers = 0;
  twinFrom({
    worker: () => {
      workers++;
      return Promise.resolve(new Absent() as unknown as Worker);
    },
    files: () =>
      Promise.resolve({ wasm: new ArrayBuffer(0), manifest: {}, models: {}, profiles: {} }),
  });
  const twin = await openTwin();
  const error = await errorOf(twin.plan("id: a", 1));
  assert.ok(error instanceof ApiError);
  assert.equal(reasonOf(error), "error-server");
  assert.equal(await errorOf(twin.plan("id: a", 1)), error, "nobody waits for it in vain");
  await errorOf((await openTwin()).plan("id: a", 1));
  assert.equal(workers, 2);
});
