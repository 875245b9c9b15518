/**
 * The machine's computer: the real core, its timers, and what it has written down.
 *
 *   told ─► step ─► written (journal, outcome, what is kept) as one act ─► wishes, one after another
 *
 * When its power is cut, whatever was under way never happens: events that wait, timers, wishes of a turn
 * that were not done yet. What was written is all that it knows when it is switched on again.
 */
import {
  type Effect,
  isWriting,
  type Kept,
  keptOf,
  type Machine,
  type SessionConfig,
  type SessionEventBody,
  step,
  switchedOn,
  type TimerName,
} from "../../core/session/mod.ts";
import { type Micros, micros } from "../../core/units.ts";
import type { Timer } from "../../devices/mod.ts";
import { type Clock, PRIORITY, type Priority } from "../clock/mod.ts";
import type { FaultInjector } from "../faults/mod.ts";
import type { Recorder } from "./recorder.ts";

export interface ComputerOptions {
  readonly config: SessionConfig;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly wall: () => number;
  /** Does what the core wishes; timers are the computer's own. */
  readonly perform: (effect: Exclude<Effect, { type: "timer" }>) => void | Promise<void>;
}

export class Computer {
  readonly #options: ComputerOptions;
  readonly #timers = new Map<TimerName, Timer>();
  #machine: Machine;
  #kept: Kept;
  #powered = true;
  /** What was under way when power went belongs to an earlier life. */
  #life = 0;
  /** Set once the injector exists: it breaks the devices, which tell this computer. */
  faults: FaultInjector | null = null;

  constructor(options: ComputerOptions) {
    this.#options = options;
    this.#machine = switchedOn(options.config);
    this.#kept = keptOf(this.#machine);
  }

  get machine(): Machine {
    return this.#machine;
  }

  get powered(): boolean {
    return this.#powered;
  }

  /** Whether it waits for the next customer, or for an operator, and nothing is left to be done. */
  get settled(): boolean {
    const { session, reversals, advices } = this.#machine;
    const waits = session.name === "idle" ||
      (session.name === "maintenance" && session.step === "open") ||
      (session.name === "out_of_service" && session.interrupted === null);
    return this.#powered && waits && reversals.length === 0 && advices.length === 0;
  }

  /** Puts an event before the core, in the world's order. */
  tell(body: SessionEventBody): void {
    this.after(micros(0), PRIORITY.core, () => this.#turn(body));
  }

  /** Does something later, if power stays until then. */
  after(delay: Micros, priority: Priority, task: () => void | Promise<void>): Timer {
    const life = this.#life;
    const { clock } = this.#options;
    return clock.after(
      delay,
      priority,
      () => this.#powered && life === this.#life ? task() : undefined,
    );
  }

  cut(): void {
    this.#powered = false;
    this.#life++;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  powerReturns(): void {
    this.#powered = true;
    this.#life++; // what was said into the dark is not heard now
    this.#machine = switchedOn(this.#options.config, this.#kept);
    this.tell({ type: "started" });
  }

  async #turn(body: SessionEventBody): Promise<void> {
    const { clock, recorder, wall, perform } = this.#options;
    const before = this.#machine.session.name;
    const { state, effects } = step(this.#machine, { ...body, at: clock.now(), wall_ms: wall() });
    this.#machine = state;
    this.#kept = keptOf(state);
    const entered = state.session.name;
    if (entered !== before) recorder.write({ type: "state", from: before, to: entered });
    // What is written comes first (`step` sees to it), in one act with what is kept.
    const written = effects.filter(isWriting);
    for (const effect of written) if (effect.type !== "timer") await perform(effect);
    const life = this.#life;
    if (entered !== before) this.faults?.state(entered);
    for (const effect of effects.slice(written.length)) {
      this.faults?.event();
      if (life !== this.#life) return;
      if (effect.type === "timer") this.#setTimer(effect.timer, effect.after);
      else await perform(effect);
    }
  }

  #setTimer(name: TimerName, after: Micros | null): void {
    this.#timers.get(name)?.cancel();
    this.#timers.delete(name);
    if (after === null) return;
    const timer = this.#options.clock.after(after, PRIORITY.core, () => {
      this.#timers.delete(name);
      this.#options.recorder.write({ type: "timer", timer: name });
      return this.#turn({ type: "timer", timer: name });
    });
    this.#timers.set(name, timer);
  }
}
