/**
 * The workers of a campaign and the work between them.
 *
 * Each takes the next piece as soon as it is free. Which worker did which piece makes no difference to the
 * result: tallies add up whatever their order.
 */
import type { Answer, Reply, Task } from "./campaign_worker.ts";

/** `onnxruntime-web` replaces the global one; workers are made with the one that was there before. */
const OriginalWorker = globalThis.Worker;

class Thread {
  readonly #worker = new OriginalWorker(new URL("campaign_thread.ts", import.meta.url), {
    type: "module",
  });
  #waiting: { resolve(answer: Answer | null): void; reject(error: Error): void } | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting;
      this.#waiting = null;
      if ("error" in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.answer);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#waiting?.reject(new Error(event.message));
      this.#waiting = null;
    };
  }

  do(task: Task): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(task);
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

export class Pool {
  readonly #threads: readonly Thread[];

  constructor(workers: number) {
    this.#threads = Array.from({ length: workers }, () => new Thread());
  }

  /** Every worker does this. */
  async all(task: Task): Promise<readonly (Answer | null)[]> {
    return await Promise.all(this.#threads.map((thread) => thread.do(task)));
  }

  /** Whoever is free does the next; `heard` hears each answer; a `stop` that says so ends it early. */
  async each(
    tasks: Iterable<Task>,
    heard: (answer: Answer | null, task: Task) => void,
    stop: () => boolean = () => false,
  ): Promise<void> {
    const next = tasks[Symbol.iterator]();
    await Promise.all(this.#threads.map(async (thread) => {
      while (!stop()) {
        const { value, done } = next.next();
        if (done) return;
        heard(await thread.do(value), value);
      }
    }));
  }

  close(): void {
    for (const thread of this.#threads) thread.close();
  }
}
