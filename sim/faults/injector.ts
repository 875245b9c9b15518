/**
 * Faults on time: turns the plan's triggers into breakages at the moment they name.
 *
 * A trigger is judged *before* what it watches takes effect: a fault on the second `0210` is there when
 * that message is about to leave; a fault on `CashDispenser.Dispense` when the command has not arrived.
 */
import { assert } from "../../core/assert.ts";
import { type Micros, seconds } from "../../core/units.ts";
import type { FaultEntry } from "../../devices/mod.ts";
import type { Fault } from "../plan/schema.ts";

/** Something that can be broken: a device or the link. */
export interface Breakable {
  readonly faults: readonly FaultEntry[];
  fault(id: string, active: boolean): void;
}

interface FaultWorld {
  after(delay: Micros, task: () => void): void;
  record(id: string, active: boolean): void;
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

export class FaultInjector {
  readonly #things: readonly Breakable[];
  readonly #world: FaultWorld;
  readonly #armed: Armed[] = [];
  #events = 0;

  constructor(faults: readonly Fault[], things: readonly Breakable[], world: FaultWorld) {
    this.#things = things;
    this.#world = world;
    for (const fault of faults) {
      if ("at_s" in fault.when) world.after(seconds(fault.when.at_s), () => this.#strike(fault));
      else this.#armed.push({ fault, left: "nth" in fault.when ? fault.when.nth : 1 });
    }
  }

  /** A message of this type is about to leave either end of the link. */
  hostMessage(mti: string): void {
    this.#seen((when) => "host_message" in when && when.host_message === mti);
  }

  /** The core is about to send this command. */
  command(name: string): void {
    this.#seen((when) => "command" in when && when.command === name);
  }

  /** The session has entered this state. */
  state(name: string): void {
    this.#seen((when) => "state" in when && when.state === name);
  }

  /** The next event of the run is about to happen. */
  event(): void {
    const number = ++this.#events;
    this.#seen((when) => "cut_point" in when && when.cut_point === number);
  }

  #seen(matches: (when: Fault["when"]) => boolean): void {
    for (const armed of this.#armed) {
      if (armed.left === 0 || !matches(armed.fault.when)) continue;
      armed.left--;
      if (armed.left === 0) this.#strike(armed.fault);
    }
  }

  #strike(fault: Fault): void {
    this.set(fault.id, true);
    const for_s = fault.for_s ?? this.#thing(fault.id).faults.find(isCalled(fault.id))?.lasts_s;
    if (for_s !== undefined) {
      this.#world.after(seconds(for_s), () => this.set(fault.id, false));
    }
  }

  /** Breaks or mends, now. */
  set(id: string, active: boolean): void {
    this.#world.record(id, active);
    this.#thing(id).fault(id, active);
  }

  #thing(id: string): Breakable {
    const thing = this.#things.find(({ faults }) => faults.some(isCalled(id)));
    assert(thing !== undefined, `the fault ${id} has a device`);
    return thing;
  }
}

function isCalled(id: string): (fault: FaultEntry) => boolean {
  return (fault) => fault.id === id;
}
