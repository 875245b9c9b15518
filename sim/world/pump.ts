/** Takes entries of the clock, one after another, and awaits each: the world's loop. */
import { assert } from "../../core/assert.ts";
import { type Micros, micros } from "../../core/units.ts";
import type { Clock } from "../clock/mod.ts";

/** Entries one run may take: a bound on loops, not on sessions. */
const STEPS_MAX = 200_000;

/** What the loop asks of the world. */
export interface PumpWorld {
  /** An entry is about to be taken. */
  coming(): void;
  /** Whether nothing is left to do in the run. */
  settled(): boolean;
  /** How many lines there are. */
  lines(): number;
}

export class Pump {
  readonly #clock: Clock;
  readonly #world: PumpWorld;
  #steps = 0;
  #rested: number | null = null;

  constructor(clock: Clock, world: PumpWorld) {
    this.#clock = clock;
    this.#world = world;
  }

  /** How many lines there were when nothing was left to do; null when something is. */
  get rested(): number | null {
    return this.#rested;
  }

  /** There is something to do again. */
  wake(): void {
    this.#rested = null;
  }

  takeOne(): void | Promise<void> {
    assert(this.#steps++ < STEPS_MAX, () => `a run takes at most ${STEPS_MAX} steps`);
    this.#world.coming();
    const done = this.#clock.take()?.();
    if (done !== undefined) return done.then(() => this.#rest());
    this.#rest();
  }

  #rest(): void {
    if (this.#world.settled()) this.#rested ??= this.#world.lines();
  }

  /** Lets this much time pass, and everything happen that is due in it, until `over` says stop. */
  async advance(by: Micros, over: () => boolean = () => false): Promise<void> {
    const until = micros(this.#clock.now() + by);
    while (!over()) {
      const next = this.#clock.next();
      if (next === null || next > until) return this.#clock.passTo(until);
      await this.takeOne();
    }
  }
}
