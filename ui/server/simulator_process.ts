/**
 * A simulator in a process of its own, there while it is wanted.
 *
 * ```
 *   server ──run, verify──► child: models, renderer, world
 *          ◄──answers─────        ends after half a minute of rest: its memory goes back
 * ```
 *
 * Models, their runtime and the memory of a session need more than everything else that the server does;
 * most of the day nobody runs anything. What goes wrong in there does not end the server, either.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { Check } from "../../sim/evidence/mod.ts";
import { InputError } from "../../sim/plan/mod.ts";
import type { RunRequest, Simulator } from "./ports.ts";
import {
  messagesOf,
  type Ran,
  type SimulatorAnswer,
  type SimulatorRequest,
  writerOf,
} from "./simulator_protocol.ts";

/** How long a child waits for more to do. */
const REST_MS = 30_000;
/** It makes one run at a time: a small heap is as fast. */
const V8_FLAGS = "--v8-flags=--single-threaded,--max-semi-space-size=2,--optimize-for-size";
const CHILD = new URL("./simulator_child.ts", import.meta.url).href;

interface Waiting {
  readonly check: (check: Check) => void;
  readonly done: (answer: Extract<SimulatorAnswer, { op: "ran" | "verified" }>) => void;
  readonly failed: (error: Error) => void;
}

/** One living child. */
class Child {
  readonly pid: number;
  /** Rejects with {@linkcode InputError} when its models cannot be opened. */
  readonly ready: Promise<void>;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #input;
  #id = 0;

  constructor(pack: string | undefined, onEnd: () => void) {
    const args = ["run", "-A", "--no-check", "--quiet", V8_FLAGS, CHILD];
    const process = new Deno.Command(Deno.execPath(), {
      args: pack === undefined ? args : [...args, pack],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
      // Ctrl-C at a terminal is for the server, which lets this finish what it does and end.
      detached: true,
    }).spawn();
    this.pid = process.pid;
    this.#input = writerOf<SimulatorRequest>(process.stdin);
    const ready = Promise.withResolvers<void>();
    this.ready = ready.promise;
    // Whoever waits hears of it; an opening that nobody waits for is no error of its own.
    this.ready.catch(() => undefined);
    this.#ended = this.#listen(process.stdout, ready).finally(async () => {
      onEnd();
      const error = new Error("the process that simulates has ended");
      ready.reject(error);
      for (const { failed } of this.#waiting.values()) failed(error);
      await process.status;
    });
  }

  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  async ask(
    request: { op: "run"; what: RunRequest; seed: number } | { op: "verify"; trace: string },
    check: (check: Check) => void,
  ): Promise<Extract<SimulatorAnswer, { op: "ran" | "verified" }>> {
    const id = ++this.#id;
    const answer = new Promise<Extract<SimulatorAnswer, { op: "ran" | "verified" }>>(
      (done, failed) => this.#waiting.set(id, { check, done, failed }),
    );
    // The child may end while this is written: then every wait is answered with that.
    this.#input.tell({ id, ...request }).catch(() => undefined);
    return await answer;
  }

  /** Nothing more is said to it: it finishes what it does, and ends. */
  async close(): Promise<void> {
    await this.#input.close().catch(() => undefined);
    await this.#ended;
  }

  async #listen(
    output: ReadableStream<Uint8Array<ArrayBuffer>>,
    ready: PromiseWithResolvers<void>,
  ): Promise<void> {
    for await (const answer of messagesOf<SimulatorAnswer>(output)) {
      if (answer.op === "ready") ready.resolve();
      else if (answer.op === "refused") ready.reject(new InputError(answer.problem));
      else if (answer.op === "check") this.#waiting.get(answer.id)?.check(answer.check);
      else {
        const waiting = this.#waiting.get(answer.id);
        this.#waiting.delete(answer.id);
        if (answer.op === "failed") waiting?.failed(new Error(answer.message));
        else waiting?.done(answer);
      }
    }
  }
}

export class SimulatorProcess implements Simulator {
  readonly #pack: string | undefined;
  #child: Child | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** What was asked and is not answered yet. */
  readonly #asked = new Set<Promise<unknown>>();
  #closed = false;

  constructor(pack?: string) {
    this.#pack = pack;
  }

  /** Opens the models once, to know that they can be. Throws {@linkcode InputError} where not. */
  async open(): Promise<void> {
    await this.#living().ready;
    this.#restSoon();
  }

  async run(what: RunRequest, seed: number): Promise<Ran> {
    try {
      const answer = await this.#ask({ op: "run", what, seed });
      assert(answer.op === "ran", "a run is answered with what came of it");
      return answer.result;
    } catch (error) {
      // The models were there at the start; the next process found others, or none.
      if (!(error instanceof InputError)) throw error;
      return { ok: false, problem: error.problem };
    }
  }

  async verify(trace: string, tell: (check: Check) => void): Promise<void> {
    await this.#ask({ op: "verify", trace }, tell);
  }

  /** Waits for work under way; from now on nothing more is begun. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#rest);
    await Promise.allSettled(this.#asked);
    await this.#child?.close();
  }

  async #ask(
    request: Parameters<Child["ask"]>[0],
    check: (check: Check) => void = () => undefined,
  ): Promise<Awaited<ReturnType<Child["ask"]>>> {
    if (this.#closed) {
      throw new InputError({ file: "serve", field: "", message: "is ending; start it again" });
    }
    clearTimeout(this.#rest);
    const child = this.#living();
    const answer = child.ready.then(() => child.ask(request, check));
    this.#asked.add(answer);
    try {
      return await answer;
    } finally {
      this.#asked.delete(answer);
      this.#restSoon();
    }
  }

  #living(): Child {
    this.#child ??= this.#born();
    return this.#child;
  }

  #born(): Child {
    const child = new Child(this.#pack, () => {
      if (this.#child === child) this.#child = null;
    });
    return child;
  }

  #restSoon(): void {
    clearTimeout(this.#rest);
    if (this.#closed) return;
    this.#rest = setTimeout(() => {
      const child = this.#child;
      if (child === null || child.busy) return;
      // Whoever asks from now on gets another one.
      this.#child = null;
      void child.close();
    }, REST_MS);
  }
}
