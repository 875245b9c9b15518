/**
 * Work on runs: one piece at a time, in order, with a bounded queue.
 *
 * A run uses a whole processor; two at once would each take twice as long, and a page that asks for a
 * thousand should be told so.
 *
 * @module
 */
import * as z from "zod";
import { runIdOf, type RunRecord, type RunStore } from "../../sim/store/mod.ts";
import { JobRefused, type Work } from "./jobs.ts";
import type { InputProblem, RunRequest, Simulator } from "./ports.ts";
import { problem } from "./problem.ts";
import { type JobRequest, runRequestSchema } from "./schemas.ts";

/** Runs under way and waiting. */
const QUEUE_MAX = 8;

type Kept = { readonly run: RunRecord } | { readonly problem: InputProblem };

/** Queues, runs, proves and keeps. */
export class Runner {
  readonly #simulator: Simulator;
  readonly #store: RunStore;
  readonly #now: () => number;
  #queued = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(simulator: Simulator, store: RunStore, now: () => number) {
    this.#simulator = simulator;
    this.#store = store;
    this.#now = now;
  }

  /** The kept run, or the problem that stood in its way. */
  async start(body: unknown): Promise<RunRecord | Response> {
    const parsed = runRequestSchema.safeParse(body);
    if (!parsed.success) return problem(400, z.prettifyError(parsed.error));
    if (this.#queued >= QUEUE_MAX) return problem(503, "Too many runs are waiting: try again soon");
    this.#queued++;
    try {
      const kept = await this.#inTurn(() => this.#run(parsed.data, parsed.data.seed));
      if ("run" in kept) return kept.run;
      return problem(422, kept.problem.message, { ...kept.problem });
    } finally {
      this.#queued--;
    }
  }

  /** What a job does; a problem where it cannot be begun. */
  work(request: JobRequest): Work | Response {
    switch (request.kind) {
      case "runs":
        return this.#batch(request.scenario, request.seed, request.count);
      case "verification": {
        const trace = this.#store.trace(request.run);
        if (trace === null) {
          return problem(404, `There is no trace of a run ${request.run} to be read`);
        }
        return (tell, signal) =>
          this.#inTurn(async () => {
            if (signal.aborted) return;
            await this.#simulator.verify(trace, (data) => tell({ name: "check", data }));
          });
      }
    }
  }

  /** The same scenario with one seed after another; what was run before a cancellation is kept. */
  #batch(scenario: string, seed: number, count: number): Work {
    return async (tell, signal) => {
      for (let done = 0; done < count && !signal.aborted; done++) {
        const kept = await this.#inTurn(async () =>
          signal.aborted ? null : await this.#run({ scenario }, (seed + done) >>> 0)
        );
        if (kept === null) return;
        if ("problem" in kept) throw new JobRefused(kept.problem.message);
        tell({ name: "run", data: kept.run });
        tell({ name: "progress", data: { done: done + 1, of: count } });
      }
    };
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return await mine;
  }

  async #run(request: RunRequest, seed: number): Promise<Kept> {
    const result = await this.#simulator.run(request, seed);
    if (!result.ok) return { problem: result.problem };
    const { summary, trace } = result;
    const run = { id: runIdOf(summary.root), created_ms: this.#now(), ...summary };
    this.#store.put(run, trace);
    return { run };
  }
}
