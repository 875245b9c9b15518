/** What was cancelled or left leads nowhere, however far it had come. */
import assert from "node:assert/strict";
import type { Plan } from "../../sim/plan/mod.ts";
import { answerFrom } from "../../ui/app/api.ts";
import { Cancelled, unlessAborted } from "../../ui/app/cancelling.ts";
import { twinFrom } from "../../ui/app/twin/open_twin.ts";
import { runHere } from "../../ui/app/twin/run_here.ts";
import type { TwinAnswer, TwinRequest } from "../../ui/twin/protocol.ts";

const PLAN = { scenario: { id: "first-use" }, seed: 1 } as unknown as Plan;

/** A worker that does nothing but write down what it is asked; a test answers for it. */
class Asked {
  readonly requests: TwinRequest["op"][] = [];
  onmessage: ((event: MessageEvent<TwinAnswer>) => void) | null = null;
  onerror = null;

  postMessage({ op }: TwinRequest): void {
    this.requests.push(op);
  }

  answer(data: TwinAnswer): void {
    this.onmessage?.({ data } as MessageEvent<TwinAnswer>);
  }
}

/** The twin as a page opens it: `arrive` is when its files are there. */
function openedBy(worker: Asked) {
  const files = Promise.withResolvers<void>();
  twinFrom({
    worker: () => Promise.resolve(worker as unknown as Worker),
    files: async () => {
      await files.promise;
      return { wasm: new ArrayBuffer(0), manifest: {}, models: {}, profiles: {} };
    },
  });
  return { arrive: files.resolve };
}

/** Long enough for everything that was waiting to go on. */
function aWhile(): Promise<void> {
  return new Promise((done) => setTimeout(done, 10));
}

Deno.test("cancelling: while the twin opens, the wait is over and nothing is run", async () => {
  const worker = new Asked();
  const { arrive } = openedBy(worker);
  const cancel = new AbortController();
  const run = runHere(() => Promise.resolve(PLAN), () => {}, cancel.signal);
  cancel.abort(new Cancelled());
  await assert.rejects(run, Cancelled);
  arrive();
  await aWhile();
  assert.deepEqual(worker.requests, ["open"]);
});

Deno.test("cancelling: while the plan is read, nothing is run", async () => {
  const worker = new Asked();
  openedBy(worker).arrive();
  const cancel = new AbortController();
  const planned = Promise.withResolvers<Plan>();
  const run = runHere(() => planned.promise, () => {}, cancel.signal);
  await aWhile();
  cancel.abort(new Cancelled());
  await assert.rejects(run, Cancelled);
  planned.resolve(PLAN);
  await aWhile();
  assert.deepEqual(worker.requests, ["open"]);
});

Deno.test("cancelling: a run under way is stopped in the twin", async () => {
  const worker = new Asked();
  openedBy(worker).arrive();
  const cancel = new AbortController();
  const run = runHere(() => Promise.resolve(PLAN), () => {}, cancel.signal);
  await aWhile();
  cancel.abort(new Cancelled());
  await assert.rejects(run, Cancelled);
  assert.deepEqual(worker.requests, ["open", "run", "cancel"]);
});

Deno.test("cancelling: what nobody cancels is run, and shelved", async () => {
  answerFrom(() => Promise.reject(new Error("no server")));
  const worker = new Asked();
  openedBy(worker).arrive();
  const run = runHere(() => Promise.resolve(PLAN), () => {}, new AbortController().signal);
  await aWhile();
  const summary = { scenario: "first-use", seed: 1, root: "ab".repeat(32) } as never;
  worker.answer({ op: "ended", id: 1, result: { plan: PLAN, summary, trace: "" } });
  assert.equal((await run).id, "ab".repeat(8));
});

Deno.test("cancelling: an answer that comes after somebody has left is nobody's", async () => {
  const cancel = new AbortController();
  const answer = Promise.withResolvers<string>();
  const wait = unlessAborted(cancel.signal, answer.promise);
  cancel.abort(new Cancelled());
  answer.resolve("run");
  await assert.rejects(wait, Cancelled);
  const late = unlessAborted(cancel.signal, Promise.resolve("run"));
  await assert.rejects(late, Cancelled);
  assert.equal(await unlessAborted(new AbortController().signal, Promise.resolve("run")), "run");
});
