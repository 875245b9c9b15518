/**
 * The page's side of the rendering worker: one frame at a time, the newest wish first, and the last
 * frames kept.
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
  #next: Waiting | null = null;
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

  /** Asks for a frame. A wish that a newer one overtakes before it was begun is never answered. */
  ask(key: string, wish: Wish, done: (result: Result) => void): void {
    this.#next = { key, wish, done };
    if (this.#running === null) this.#begin();
  }

  close(): void {
    this.#worker.terminate();
  }

  #begin(): void {
    this.#running = this.#next;
    this.#next = null;
    if (this.#running === null) return;
    this.#id++;
    const request: RenderRequest = { id: this.#id, ...this.#running.wish };
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
