/**
 * The page's side of the rendering worker: one frame at a time, the newest wish of each asker, and the
 * last frames kept.
 *
 * @module
 */
import type { RenderAnswer, RenderedShot, RenderRequest } from "./protocol.ts";

/** Frames kept: 0.9 MB each. A visit has about a dozen. */
const KEPT_MAX = 24;

type Wish = Omit<RenderRequest, "id">;

type Waiting = {
  readonly key: string;
  readonly wish: Wish;
  readonly done: (result: Result) => void;
};

export type Result =
  | { readonly ok: true; readonly shot: RenderedShot }
  | { readonly ok: false; readonly message: string };

export class Renderer {
  readonly #worker: Worker;
  readonly #kept = new Map<string, Result>();
  /** One wish for each asker: a newer one takes its place. */
  readonly #next = new Map<object, Waiting>();
  #running: Waiting | null = null;
  #id = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<RenderAnswer>) => this.#answered(data);
    worker.onerror = (event) => {
      this.#answered({ id: this.#id, ok: false, message: event.message });
    };
  }

  /** A kept frame, at once. */
  kept(key: string): Result | null {
    return this.#kept.get(key) ?? null;
  }

  /** Asks for a frame. A wish that the same asker overtakes before it was begun is never answered. */
  ask(who: object, key: string, wish: Wish, done: (result: Result) => void): void {
    this.#next.set(who, { key, wish, done });
    if (this.#running === null) this.#begin();
  }

  close(): void {
    this.#worker.terminate();
  }

  #begin(): void {
    this.#running = null;
    for (const [who, waiting] of this.#next) {
      this.#next.delete(who);
      const kept = this.#kept.get(waiting.key);
      if (kept === undefined) return this.#render(waiting);
      waiting.done(kept);
    }
  }

  #render(waiting: Waiting): void {
    this.#running = waiting;
    this.#id++;
    const request: RenderRequest = { id: this.#id, ...waiting.wish };
    this.#worker.postMessage(request);
  }

  #answered(answer: RenderAnswer): void {
    const asked = this.#running;
    if (asked === null || answer.id !== this.#id) return;
    const result: Result = answer.ok
      ? { ok: true, shot: answer.shot }
      : { ok: false, message: answer.message };
    this.#kept.set(asked.key, result);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > KEPT_MAX && !oldest.done) this.#kept.delete(oldest.value);
    asked.done(result);
    this.#begin();
  }
}
