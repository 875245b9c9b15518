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
  keptOf,
  type Machine,
  type SessionConfig,
  type SessionEventBody,
  type SessionName,
  type step,
  switchedOn,
  type TimerName,
} from "../../core/session/mod.ts";
import { type Micros, micros } from "../../core/units.ts";
import type { Timer } from "../../devices/mod.ts";
import { type Clock, PRIORITY, type Priority } from "../clock/mod.ts";
import type { FaultInjector } from "../faults/mod.ts";
import type { TraceBody } from "../trace/mod.ts";

export interface ComputerOptions {
  readonly config: SessionConfig;
  readonly clock: Clock;
  readonly step: typeof step;
  readonly record: (body: TraceBody) => void;
  readonly wall: () => number;
  /** Does what the core wishes; timers are the computer's own. */
  readonly perform: (effect: Exclude<Effect, { type: "timer" }>) => void | Promise<void>;
}

const NOW = micros(0);

/** What a machine does not run without. */
export type Needed = "power" | "program";

/** Whether the machine waits for a customer or an operator, and owes the bank nothing. */
export function isAtRest({ session, reversals, advices }: Machine): boolean {
  const waits = session.name === "idle" ||
    (session.name === "maintenance" && session.step === "open") ||
    (session.name === "out_of_service" && session.interrupted === null);
  return waits && reversals.length === 0 && advices.length === 0;
}

export class Computer {
  readonly #options: ComputerOptions;
  readonly #timers = new Map<TimerName, Timer>();
  #machine: Machine;
  /** Where the machine stood when it last wrote: what is kept of it is all that a power cut leaves. */
  #written: Machine;
  /** What it lacks: it runs as soon as it lacks nothing. */
  readonly #lacks = new Set<Needed>();
  /** What was under way when power went belongs to an earlier life. */
  #life = 0;
  /** Events that were put before the core and that it has not taken yet. */
  #waiting = 0;
  /** Set once the injector exists: it breaks the devices, which tell this computer. */
  faults: FaultInjector | null = null;

  constructor(options: ComputerOptions) {
    this.#options = options;
    this.#machine = switchedOn(options.config);
    this.#written = this.#machine;
  }

  get machine(): Machine {
    return this.#machine;
  }

  /** Whether it runs: it has power, and its program has not crashed. */
  get powered(): boolean {
    return this.#lacks.size === 0;
  }

  /** Changes whenever it stops or starts: what was wished before is nobody's wish any more. */
  get life(): number {
    return this.#life;
  }

  lacks(what: Needed): boolean {
    return this.#lacks.has(what);
  }

  /**
   * Whether it waits for the next customer, or for an operator, and nothing is left to be done. What it
   * was told and has not taken yet is left to be done: a run that ended there would have a last event
   * without the decision on it.
   */
  get settled(): boolean {
    return this.powered && this.#waiting === 0 && isAtRest(this.#machine);
  }

  /** Puts an event before the core, in the world's order. */
  tell(body: SessionEventBody): void {
    this.#waiting++;
    const life = this.#life;
    this.#options.clock.after(NOW, PRIORITY.core, () => {
      if (!this.powered || life !== this.#life) return;
      this.#waiting--;
      return this.#turn(body);
    });
  }

  /** Does something later, if power stays until then. */
  after(delay: Micros, priority: Priority, task: () => void | Promise<void>): Timer {
    const life = this.#life;
    const { clock } = this.#options;
    return clock.after(
      delay,
      priority,
      () => this.powered && life === this.#life ? task() : undefined,
    );
  }

  /** Takes it away: nothing that is under way goes on. */
  cut(what: Needed): void {
    this.#lacks.add(what);
    this.#newLife();
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  /** Gives it back: the machine starts, unless it still lacks something else. */
  returns(what: Needed): void {
    if (!this.#lacks.delete(what) || this.#lacks.size > 0) return;
    this.#newLife(); // what was said into the dark is not heard now
    this.#machine = switchedOn(this.#options.config, keptOf(this.#written));
    this.tell({ type: "started" });
  }

  #newLife(): void {
    this.#life++;
    this.#waiting = 0;
  }

  #turn(body: SessionEventBody): void | Promise<void> {
    const { clock, step, record, wall } = this.#options;
    const before = this.#machine.session.name;
    const { state, effects } = step(this.#machine, { ...body, at: clock.now(), wall_ms: wall() });
    this.#machine = state;
    this.#written = state;
    const entered = state.session.name === before ? null : state.session.name;
    if (entered !== null) record({ type: "state", from: before, to: entered });
    return this.#performAll(effects, 0, this.#life, entered);
  }

  /**
   * What is written comes first (`step` sees to it), in one act with what is kept; then the rest in
   * order, each awaited where it takes real time, and none of it once power has gone.
   */
  #performAll(
    effects: readonly Effect[],
    from: number,
    life: number,
    entered: SessionName | null,
  ): void | Promise<void> {
    let state = entered;
    for (let i = from; i < effects.length; i++) {
      const effect = effects[i];
      if (effect === undefined) continue;
      if (!isWriting(effect)) {
        if (state !== null) this.faults?.state(state);
        state = null;
        this.faults?.event();
        if (life !== this.#life) return;
      }
      const done = this.#perform(effect);
      if (done !== undefined) {
        return done.then(() => this.#performAll(effects, i + 1, life, state));
      }
    }
    if (state !== null) this.faults?.state(state);
  }

  #perform(effect: Effect): void | Promise<void> {
    if (effect.type === "timer") return this.#setTimer(effect.timer, effect.after);
    return this.#options.perform(effect);
  }

  #setTimer(name: TimerName, after: Micros | null): void {
    this.#timers.get(name)?.cancel();
    this.#timers.delete(name);
    if (after === null) return;
    const timer = this.#options.clock.after(after, PRIORITY.core, () => {
      this.#timers.delete(name);
      this.#options.record({ type: "timer", timer: name });
      return this.#turn({ type: "timer", timer: name });
    });
    this.#timers.set(name, timer);
  }
}
