/**
 * The workers of a campaign and the work between them.
 *
 * Each takes the next piece as soon as it is free. Which worker did which piece makes no difference to the
 * result: tallies add up whatever their order. What one learns of faces goes to all with their next piece.
 */
import type { GalleryPages } from "../campaign/mod.ts";
import type { Answer, Call, Reply, Task } from "./campaign_worker.ts";

/** `onnxruntime-web` replaces the global one; workers are made with the one that was there before. */
const OriginalWorker = globalThis.Worker;

class Thread {
  readonly #worker = new OriginalWorker(new URL("campaign_thread.ts", import.meta.url), {
    type: "module",
  });
  #waiting: { resolve(reply: Reply): void; reject(error: Error): void } | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply | { readonly error: string }>) => {
      const waiting = this.#waiting;
      this.#waiting = null;
      if ("error" in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#waiting?.reject(new Error(event.message));
      this.#waiting = null;
    };
  }

  call(call: Call): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(call);
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** A thread, and how much of what all have learnt it has been told. */
interface Worked {
  readonly thread: Thread;
  told: number;
}

export class Pool {
  readonly #workers: readonly Worked[];
  readonly #learnt: { readonly by: Worked; readonly pages: GalleryPages }[] = [];

  constructor(workers: number) {
    this.#workers = Array.from({ length: workers }, () => ({ thread: new Thread(), told: 0 }));
  }

  /** What the workers had to work out, page by page. */
  get learnt(): readonly GalleryPages[] {
    return this.#learnt.map(({ pages }) => pages);
  }

  /** Every worker does this. */
  async all(task: Task): Promise<readonly (Answer | null)[]> {
    return await Promise.all(this.#workers.map((worker) => this.#do(worker, task)));
  }

  /** Whoever is free does the next; `heard` hears each answer; a `stop` that says so ends it early. */
  async each(
    tasks: Iterable<Task>,
    heard: (answer: Answer | null, task: Task) => void,
    stop: () => boolean = () => false,
  ): Promise<void> {
    const next = tasks[Symbol.iterator]();
    await Promise.all(this.#workers.map(async (worker) => {
      while (!stop()) {
        const { value, done } = next.next();
        if (done) return;
        heard(await this.#do(worker, value), value);
      }
    }));
  }

  close(): void {
    for (const { thread } of this.#workers) thread.close();
  }

  async #do(worker: Worked, task: Task): Promise<Answer | null> {
    const known = this.#learnt.slice(worker.told)
      .flatMap(({ by, pages }) => by === worker ? [] : [pages]);
    worker.told = this.#learnt.length;
    const { answer, learnt } = await worker.thread.call({ task, known });
    if (learnt !== null) this.#learnt.push({ by: worker, pages: learnt });
    return answer;
  }
}
