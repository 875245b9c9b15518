/**
 * Starting runs: one at a time, in order, with a bounded queue.
 *
 * A run uses a whole processor; two at once would each take twice as long, and a page that asks for a
 * thousand should be told so.
 *
 * @module
 */
import * as z from "zod";
import { runIdOf, type RunRecord, type RunStore } from "../../sim/store/mod.ts";
import type { RunRequest, Simulator } from "./ports.ts";
import { problem } from "./problem.ts";

/** Runs under way and waiting. */
const QUEUE_MAX = 8;

const seed = z.number().int().min(0).max(0xffff_ffff).default(1);
const id = z.string().max(100);
const yaml = z.string().max(100_000);

/** Body of `POST /api/runs`: a scenario of the shelf by id, or a scenario file's text. */
export const runRequestSchema = z.union([
  z.strictObject({ scenario: id, seed }),
  z.strictObject({ yaml, seed }),
]);

/** Queues, runs and keeps. */
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
    const mine = this.#last.then(() => this.#run(parsed.data, parsed.data.seed));
    this.#last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.#queued--;
    }
  }

  async #run(request: RunRequest, seed: number): Promise<RunRecord | Response> {
    const result = await this.#simulator.run(request, seed);
    if (!result.ok) return problem(422, result.problem.message, { ...result.problem });
    const { summary, trace } = result;
    const record = { id: runIdOf(summary.root), created_ms: this.#now(), ...summary };
    this.#store.put(record, trace);
    return record;
  }
}
