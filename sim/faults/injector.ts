/**
 * Faults on time: turns the plan's triggers into breakages at the moment they name.
 *
 *   trigger ──strikes──► on ──for_s is over · `until` is met (an operator clears it)──► off
 *
 * What is struck again before it is over stays broken until the last of the strikes is; an operator clears
 * all of them. Of `until` only what happens after the strike counts: nobody clears what is whole.
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
  /** Waits for nothing: it has struck, or there is nothing to clear. */
  done: boolean;
  /** Whether it waits for nothing once it has struck. */
  readonly once: boolean;
  readonly random: RandomStream;
  readonly strike: () => void;
}

/** What is broken now, and what keeps it so. */
interface Held {
  readonly broken: Broken;
  /** Strikes that are not over; one that has no end is never taken out. */
  readonly strikes: Set<object>;
}

/** Until a machine has noticed that it is whole again. */
const NOTICED_S = 1;

export class FaultInjector {
  readonly #things: readonly Breakable[];
  readonly #world: FaultWorld;
  readonly #waiting: Armed[] = [];
  #events = 0;
  readonly #active = new Map<string, Held>();
  /** Faults of the plan that wait for something to happen, and have not struck. */
  readonly #expected: Set<Fault>;
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
    // One that is left to chance may stay away.
    this.#expected = new Set(faults.filter(({ when }) => chanceOf(when) === undefined));
    if (heals_at_s !== undefined) {
      world.after(seconds(heals_at_s), () => this.#heal());
      world.after(seconds(heals_at_s + NOTICED_S), () => void (this.#heals = false));
    }
    faults.forEach((fault, i) => this.#expect(fault, `fault/${i}`));
  }

  /** Whether something is broken now that will not stay so, or was a moment ago. */
  get mending(): boolean {
    return this.#passing > 0 || (this.#heals && (this.#healed || this.#active.size > 0));
  }

  /** Faults of the plan that were to strike for certain and have not, or when all was mended. */
  get missed(): readonly Fault[] {
    return [...this.#expected];
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
    if (this.#waiting.length === 0) return;
    this.#seen((when) => "cut_point" in when && when.cut_point === number);
  }

  /** Waits for what breaks it, and from each strike on for whoever clears it. */
  #expect(fault: Fault, name: string): void {
    const { when, until } = fault;
    const clearing = until === undefined
      ? null
      : this.#armed(until, `${name}/until`, true, () => this.set(fault, false));
    if (clearing !== null) clearing.done = true;
    this.#arm(this.#armed(when, name, chanceOf(when) === undefined, () => {
      if (clearing !== null) clearing.done = false;
      if (!this.#healed) this.#expected.delete(fault);
      // What passes by itself does so, unless somebody is said to come for it.
      this.strike(fault, fault.for_s ?? (until === undefined ? undefined : null));
    }));
    if (clearing !== null) this.#arm(clearing);
  }

  #armed(trigger: Trigger, name: string, once: boolean, strike: () => void): Armed {
    const skip = "nth" in trigger ? trigger.nth - 1 : 0;
    return { trigger, skip, done: false, once, random: this.#world.random(name), strike };
  }

  #arm(armed: Armed): void {
    const { trigger } = armed;
    if ("at_s" in trigger) this.#world.after(seconds(trigger.at_s), () => this.#draw(armed));
    else this.#waiting.push(armed);
  }

  #heal(): void {
    for (const { broken } of [...this.#active.values()]) this.#mend(broken);
    this.#healed = true;
  }

  #seen(matches: (when: Trigger) => boolean): void {
    for (const armed of this.#waiting) {
      if (!matches(armed.trigger)) continue;
      if (armed.skip > 0) armed.skip--;
      else this.#draw(armed);
    }
  }

  #draw(armed: Armed): void {
    if (armed.done) return;
    const chance = chanceOf(armed.trigger);
    if (chance !== undefined && armed.random.uniform() >= chance) return;
    armed.done = armed.once;
    armed.strike();
  }

  /**
   * Breaks, now, for so many seconds; null: until somebody mends it; absent: for as long as such a fault
   * lasts by itself, if it does.
   */
  strike(broken: Broken, for_s: number | null = this.#lasting(broken)): void {
    const strike = {};
    this.#break(broken, strike);
    if (for_s === null) return;
    this.#passing++;
    this.#world.after(seconds(for_s), () => this.#isOver(broken, strike));
    this.#world.after(seconds(for_s + NOTICED_S), () => void this.#passing--);
  }

  #lasting(broken: Broken): number | null {
    return this.#thing(broken).faults.find(isCalled(broken.id))?.lasts_s ?? null;
  }

  /** Mends what nothing else keeps broken, and nobody has mended before. */
  #isOver(broken: Broken, strike: object): void {
    const strikes = this.#active.get(nameOf(broken))?.strikes;
    if (strikes?.delete(strike) && strikes.size === 0) this.#mend(broken);
  }

  /** Breaks for good or mends, now. */
  set(broken: Broken, active: boolean): void {
    if (active) this.#break(broken, {});
    else this.#mend(broken);
  }

  #break(broken: Broken, strike: object): void {
    if (this.#healed) return;
    const { id, device } = broken;
    const name = nameOf(broken);
    const held = this.#active.get(name) ??
      { broken: device === undefined ? { id } : { id, device }, strikes: new Set() };
    held.strikes.add(strike);
    this.#active.set(name, held);
    this.#turn(broken, true);
  }

  #mend(broken: Broken): void {
    if (this.#healed) return;
    this.#active.delete(nameOf(broken));
    this.#turn(broken, false);
  }

  #turn({ id, device }: Broken, active: boolean): void {
    this.#world.record(nameOf({ id, device }), active);
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

/** As the trace calls it. */
function nameOf({ id, device }: Broken): string {
  return device === undefined ? id : `${id} ${device}`;
}

function chanceOf(trigger: Trigger): number | undefined {
  return "chance" in trigger ? trigger.chance : undefined;
}

function isCalled(id: string): (fault: FaultEntry) => boolean {
  return (fault) => fault.id === id;
}
