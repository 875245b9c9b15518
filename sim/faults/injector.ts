/**
 * Faults on time: turns the plan's triggers into breakages at the moment they name.
 *
 *   trigger ──strikes──► on ──for_s is over · `until` is met (an operator clears it)──► off
 *
 * A trigger is judged *before* what it watches takes effect: a fault on the second `0210` is there when
 * that message is about to leave; a fault on `CashDispenser.Dispense` when the command has not arrived;
 * a fault at cut point 97 when the 97th event of the run is due and has not happened.
 *
 * Without a chance a trigger strikes once. With one, every match from the nth on draws from a stream of
 * the fault's own, so that a fault which does not strike shifts nobody else's chance.
 */
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { type Micros, seconds } from "../../core/units.ts";
import type { FaultEntry } from "../../devices/mod.ts";
import type { Fault } from "../plan/schema.ts";

type Trigger = Fault["when"];

/** What is broken: a fault by its id, and whose where any device can have it. */
export interface Broken {
  readonly id: string;
  readonly device?: string | undefined;
}

/** Something that can be broken: a device, the link, or the machine as a whole. */
export interface Breakable {
  readonly name: string;
  readonly faults: readonly FaultEntry[];
  fault(id: string, active: boolean): void;
}

export interface FaultWorld {
  after(delay: Micros, task: () => void): void;
  /** The chance of this name, and nobody else's. */
  random(name: string): RandomStream;
  record(id: string, active: boolean): void;
}

/** A trigger that waits for something to happen, and what happens then. */
interface Armed {
  readonly trigger: Trigger;
  /** Matches still to pass by before the first that counts. */
  skip: number;
  done: boolean;
  readonly random: RandomStream;
  readonly strike: () => void;
}

/** Until a machine has noticed that it is whole again. */
const NOTICED_S = 1;

export class FaultInjector {
  readonly #things: readonly Breakable[];
  readonly #world: FaultWorld;
  readonly #armed: Armed[] = [];
  #events = 0;
  readonly #active = new Map<string, Broken>();
  /** Of those, how many mend by themselves: their time is running. */
  #passing = 0;
  /** Everything is to be mended, and that has not been noticed yet. */
  #heals: boolean;
  /** Everything is mended, and nothing breaks any more. */
  #healed = false;

  /** `heals_at_s`: when everything is mended for good; absent: never. */
  constructor(
    faults: readonly Fault[],
    things: readonly Breakable[],
    world: FaultWorld,
    heals_at_s?: number,
  ) {
    this.#things = things;
    this.#world = world;
    this.#heals = heals_at_s !== undefined;
    if (heals_at_s !== undefined) {
      world.after(seconds(heals_at_s), () => this.#heal());
      world.after(seconds(heals_at_s + NOTICED_S), () => void (this.#heals = false));
    }
    faults.forEach((fault, i) => {
      this.#arm(fault.when, `fault/${i}`, () => this.#strike(fault));
      if (fault.until) this.#arm(fault.until, `fault/${i}/until`, () => this.set(fault, false));
    });
  }

  /** Whether something is broken now that will not stay so, or was a moment ago. */
  get mending(): boolean {
    return this.#passing > 0 || (this.#heals && (this.#healed || this.#active.size > 0));
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
    if (this.#armed.length === 0) return;
    this.#seen((when) => "cut_point" in when && when.cut_point === number);
  }

  #arm(trigger: Trigger, name: string, strike: () => void): void {
    const skip = "nth" in trigger ? trigger.nth - 1 : 0;
    const armed: Armed = { trigger, skip, done: false, random: this.#world.random(name), strike };
    if ("at_s" in trigger) this.#world.after(seconds(trigger.at_s), () => this.#draw(armed));
    else this.#armed.push(armed);
  }

  #heal(): void {
    for (const broken of [...this.#active.values()]) this.set(broken, false);
    this.#healed = true;
  }

  #seen(matches: (when: Trigger) => boolean): void {
    for (const armed of this.#armed) {
      if (armed.done || !matches(armed.trigger)) continue;
      if (armed.skip > 0) armed.skip--;
      else this.#draw(armed);
    }
  }

  #draw(armed: Armed): void {
    const { trigger, random } = armed;
    const chance = "chance" in trigger ? trigger.chance : undefined;
    if (chance === undefined) armed.done = true;
    else if (random.uniform() >= chance) return;
    armed.strike();
  }

  #strike(fault: Fault): void {
    this.set(fault, true);
    const for_s = fault.for_s ?? this.#thing(fault).faults.find(isCalled(fault.id))?.lasts_s;
    if (for_s === undefined) return;
    this.#passing++;
    this.#world.after(seconds(for_s), () => this.set(fault, false));
    this.#world.after(seconds(for_s + NOTICED_S), () => void this.#passing--);
  }

  /** Breaks or mends, now. */
  set({ id, device }: Broken, active: boolean): void {
    if (this.#healed) return;
    const name = device === undefined ? id : `${id} ${device}`;
    if (active) this.#active.set(name, device === undefined ? { id } : { id, device });
    else this.#active.delete(name);
    this.#world.record(name, active);
    this.#thing({ id, device }).fault(id, active);
  }

  #thing({ id, device }: Broken): Breakable {
    const thing = this.#things.find(({ name, faults }) =>
      device === undefined ? faults.some(isCalled(id)) : name === device
    );
    assert(thing !== undefined, `the fault ${id} has a device`);
    return thing;
  }
}

function isCalled(id: string): (fault: FaultEntry) => boolean {
  return (fault) => fault.id === id;
}
