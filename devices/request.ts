/**
 * One XFS4IoT request on its way through a service, from its acknowledge to its one completion.
 *
 * A handler gets it, may let time pass ({@linkcode DeviceRequest.after}), tells events and
 * completes it exactly once. When it is interrupted (cancelled, out of time, power gone) its timers
 * go with it, so a handler cannot go on moving parts for a request that is over.
 *
 * @module
 */
import { assert } from "../core/assert.ts";
import type { Micros } from "../core/units.ts";
import {
  type CommandName,
  type CommandOf,
  type CommandPayload,
  completion,
  type CompletionCode,
  type CompletionPayload,
  type DeviceMessage,
  type ErrorCode,
  event,
  type EventName,
  type EventPayload,
  refusal,
} from "../core/xfs4iot/mod.ts";
import type { Surroundings, Timer } from "./device.ts";

/** Why a request ended before its handler said so. */
export type Interruption = "canceled" | "timeOut";

/** A code that says it all by itself. */
export type BareCode = Exclude<CompletionCode, "success" | "commandErrorCode">;

/** The error codes of a command, and the rest of what its completion may say beside one. */
type FailurePayload<N extends CommandName> = Omit<CompletionPayload<N>, "errorCode">;

/** What the service does with a request that is over. */
interface Ending {
  send(message: DeviceMessage): void;
  done(): void;
}

export class DeviceRequest<N extends CommandName = CommandName> {
  readonly message: CommandOf<N>;
  readonly payload: CommandPayload<N>;
  /** Whose it is, as the device was told. */
  readonly client: number;
  readonly #surroundings: Surroundings;
  readonly #ending: Ending;
  readonly #timers: Timer[] = [];
  #interrupted: ((why: Interruption) => void) | null = null;
  #open = true;

  constructor(
    message: CommandOf<N>,
    payload: CommandPayload<N>,
    surroundings: Surroundings,
    ending: Ending,
    client: number,
  ) {
    this.message = message;
    this.payload = payload;
    this.client = client;
    this.#surroundings = surroundings;
    this.#ending = ending;
  }

  /** Whether it still has to be completed: work that was waited for may come too late. */
  get open(): boolean {
    return this.#open;
  }

  /** Runs `task` after `delay`, unless the request is over by then. */
  after(delay: Micros, task: () => void): Timer {
    assert(this.#open, () => `${this.#name} lets time pass only while it is open`);
    const timer = this.#surroundings.after(delay, () => {
      if (this.#open) task();
    });
    this.#timers.push(timer);
    return timer;
  }

  event<E extends EventName>(name: E, payload: EventPayload<E>): void {
    assert(this.#open, () => `${this.#name} tells events only while it is open`);
    this.#ending.send(event(this.message, name, payload));
  }

  succeed(payload?: CompletionPayload<N>): void {
    this.#finish(completion(this.message, "success", payload));
  }

  /** Completes with `commandErrorCode` and this command's own error code. */
  fail(errorCode: ErrorCode<N>, rest?: FailurePayload<N>, description?: string): void {
    const payload = { ...rest, errorCode } as unknown as CompletionPayload<N>;
    this.#finish(completion(this.message, "commandErrorCode", payload, description));
  }

  /** Completes with a code of the header, e.g. `hardwareError`. */
  refuse(code: BareCode, description?: string): void {
    this.#finish(refusal(this.message, code, description));
  }

  /**
   * From here on the request may be cancelled or run out of time; `tidyUp` runs just before its
   * completion goes out. A request that never says so is carried out to its end: notes half way to
   * the customer cannot be wished back.
   */
  interruptible(tidyUp: (why: Interruption) => void): void {
    this.#interrupted = tidyUp;
  }

  /** Ends it from outside if it lets itself be ended; says whether it did. */
  interrupt(why: Interruption): boolean {
    if (!this.#open || this.#interrupted === null) return false;
    this.#interrupted(why);
    this.refuse(why);
    return true;
  }

  /** Ends it whatever it is doing: its timers go, and parts stay where they are. */
  abort(code: BareCode): void {
    if (!this.#open) return;
    this.#interrupted?.("canceled");
    if (this.#open) this.refuse(code);
  }

  /** Nobody hears of it any more, but the device goes on: it tidies up, and nothing is sent. */
  abandon(): void {
    this.#interrupted?.("canceled");
    this.drop();
  }

  /** Power is gone: no message, no timer, nothing follows. */
  drop(): void {
    this.#open = false;
    this.#stopTimers();
  }

  #finish(message: DeviceMessage): void {
    assert(this.#open, () => `${this.#name} is completed once`);
    this.#open = false;
    this.#stopTimers();
    this.#ending.send(message);
    this.#ending.done();
  }

  get #name(): string {
    return this.message.header.name;
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.length = 0;
  }
}
