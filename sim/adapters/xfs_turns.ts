/**
 * Who is heard next: clients take turns, however much one of them has to say.
 *
 *   a little from each ─► the sockets are read ─► a little from each ─► …
 *
 * A message is heard at once while nobody else's waits. When messages come faster than they can be
 * answered, each client is heard {@linkcode EACH_TURN} at a time, and one that has {@linkcode WAITING_MAX}
 * waiting is not read until it has none: what it sends on stays with its operating system.
 */
import { setImmediate } from "node:timers";

/** Messages of one client between two looks at the others. */
const EACH_TURN = 8;

/** Messages of one client that are read and not heard; a read brings as many as fit into 64 KB. */
const WAITING_MAX = 32;

/** A client as far as its turns go. */
export interface Speaker {
  /** Stops reading what it sends, and reads on. */
  pause(): void;
  resume(): void;
  hear(message: unknown): void;
}

interface Waiting {
  readonly messages: unknown[];
  paused: boolean;
}

export class Turns {
  readonly #waiting = new Map<Speaker, Waiting>();
  #running = false;

  /** Hears this message, now or when its turn comes. */
  said(speaker: Speaker, message: unknown): void {
    if (this.#waiting.size === 0) {
      speaker.hear(message);
      return this.#breathe();
    }
    const own = this.#waiting.get(speaker) ?? { messages: [], paused: false };
    this.#waiting.set(speaker, own);
    own.messages.push(message);
    if (own.paused || own.messages.length < WAITING_MAX) return;
    own.paused = true;
    speaker.pause();
  }

  /** It is gone; what it still had to say is not heard. */
  left(speaker: Speaker): void {
    this.#waiting.delete(speaker);
  }

  /** Until the sockets have been looked at again, whatever comes waits. */
  #breathe(): void {
    if (this.#running) return;
    this.#running = true;
    this.#waiting.set(NOBODY, { messages: [], paused: false });
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#waiting.delete(NOBODY);
    for (const [speaker, own] of [...this.#waiting]) {
      for (const message of own.messages.splice(0, EACH_TURN)) speaker.hear(message);
      if (own.messages.length > 0) continue;
      this.#waiting.delete(speaker);
      if (own.paused) speaker.resume();
    }
    this.#running = false;
    if (this.#waiting.size > 0) this.#breathe();
  }
}

/** Stands in the line while the sockets are looked at. */
const NOBODY: Speaker = { pause() {}, resume() {}, hear() {} };
