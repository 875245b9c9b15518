/**
 * Long work: begun with one request, told about over Server-Sent Events, cancelled with another.
 *
 * ```
 *   POST /api/jobs ─► 202 { id }      GET /api/jobs/ID/events ─► progress, run, check … end
 *                                     DELETE /api/jobs/ID     ─► end: cancelled
 * ```
 *
 * A job goes on when nobody listens, and whoever comes late (or back, with `Last-Event-ID`) is told
 * everything from there on. Bounded: jobs under way, events of a job, jobs remembered.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
// Not by the front door: behind it lies SQLite, and a page without a server has jobs too.
import { NotKept } from "../../sim/store/record.ts";
import { InputError } from "../../sim/plan/mod.ts";

/** Under way at once. */
const ACTIVE_MAX = 4;
/** Finished ones that can still be asked about. */
const KEPT_MAX = 16;
/** A comment every so often keeps proxies from closing a silent connection. */
const HEARTBEAT_MS = 15_000;

/** What a job's events are, on the line. */
export const EVENT_STREAM = "text/event-stream";

export type JobEventName = "progress" | "run" | "check" | "end";

export interface JobEvent {
  readonly name: JobEventName;
  readonly data: unknown;
}

/** What a job does; it looks at `signal` between two pieces of work. */
export type Work = (tell: (event: JobEvent) => void, signal: AbortSignal) => Promise<void>;

/** Work that cannot go on, for a reason to tell: no bug. */
export class JobRefused extends Error {
  override name = "JobRefused";
}

interface Job {
  readonly events: JobEvent[];
  readonly cancel: AbortController;
  readonly listeners: Set<() => void>;
}

/** The jobs of one server. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  readonly #underway = new Set<Promise<void>>();

  /** The new job's id; null when too many are under way. */
  start(work: Work): string | null {
    const active = [...this.#jobs.values()].filter((job) => !isOver(job)).length;
    if (active >= ACTIVE_MAX) return null;
    this.#forget();
    // Never again, after a restart either: whoever comes back then must not meet somebody else's.
    const id = crypto.randomUUID();
    const job: Job = { events: [], cancel: new AbortController(), listeners: new Set() };
    this.#jobs.set(id, job);
    const run = this.#run(job, work).finally(() => this.#underway.delete(run));
    this.#underway.add(run);
    return id;
  }

  /** Whether there was such a job to cancel. */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    job?.cancel.abort();
    return job !== undefined;
  }

  /** Everything that the job tells after event number `after`, as it is told; null: no such job. */
  events(id: string, after: number): ReadableStream<Uint8Array> | null {
    const job = this.#jobs.get(id);
    return job === undefined ? null : streamOf(job, after);
  }

  /** Cancels all, and waits until the last has ended: what it still keeps, it can keep. */
  async stop(): Promise<void> {
    for (const job of this.#jobs.values()) job.cancel.abort();
    await Promise.all(this.#underway);
  }

  async #run(job: Job, work: Work): Promise<void> {
    const tell = (event: JobEvent) => {
      assert(!isOver(job), "a job tells nothing after its end");
      job.events.push(event);
      for (const heard of [...job.listeners]) heard();
    };
    try {
      await work(tell, job.cancel.signal);
      const state = job.cancel.signal.aborted ? "cancelled" : "done";
      tell({ name: "end", data: { state } });
    } catch (error) {
      const refused = refusalIn(error);
      if (refused === null) console.error(error);
      const detail = refused ?? "A bug in atm-twin: the terminal says more";
      tell({ name: "end", data: { state: "failed", detail } });
    }
  }

  #forget(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size < KEPT_MAX) return;
      if (isOver(job)) this.#jobs.delete(id);
    }
  }
}

/** What an error says that is no bug; null for a bug. */
function refusalIn(error: unknown): string | null {
  const refused = error instanceof JobRefused || error instanceof InputError ||
    error instanceof NotKept;
  return refused ? error.message : null;
}

function isOver(job: Job): boolean {
  return job.events.at(-1)?.name === "end";
}

function streamOf(job: Job, after: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next = after;
  let beat: ReturnType<typeof setInterval> | undefined;
  let heard: () => void = () => undefined;
  const leave = () => {
    clearInterval(beat);
    job.listeners.delete(heard);
  };
  return new ReadableStream({
    start(controller) {
      heard = () => {
        while (next < job.events.length) {
          const event = job.events[next++];
          if (event !== undefined) controller.enqueue(encoder.encode(written(event, next)));
        }
        if (!isOver(job)) return;
        leave();
        controller.close();
      };
      job.listeners.add(heard);
      beat = setInterval(() => controller.enqueue(encoder.encode(":\n\n")), HEARTBEAT_MS);
      heard();
    },
    cancel: leave,
  });
}

function written({ name, data }: JobEvent, id: number): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
