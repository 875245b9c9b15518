/**
 * Who comes to the machine, one after another: each with hands, a memory and a pace of their own.
 *
 *   400 ms ─► first visitor ─ leaves ─ after_s ─► the next ─ …
 */
import type { JsonObject } from "../../core/json.ts";
import type { Screen } from "../../core/session/mod.ts";
import { type Micros, milliseconds, seconds } from "../../core/units.ts";
import type { DeviceMessage } from "../../core/xfs4iot/mod.ts";
import type { Scene } from "../../devices/camera/mod.ts";
import { personOf } from "../people/mod.ts";
import { type Knowledge, ownerOf, type Plan, type Visit } from "../plan/mod.ts";
import { standingOf, visitsOf, visitStream } from "./setting.ts";
import { type Stance, stanceOf } from "./stance.ts";
import { lieInSlot, View } from "./view.ts";
import { type Reach, Visitor } from "./visitor.ts";

/** When the first visitor steps up. */
const ARRIVAL = milliseconds(400);

/** What the world gives to whoever stands there. */
export interface VisitsReach extends Omit<Reach, "gone"> {
  /** Somebody steps in front of the machine, or walks away. */
  presence(present: boolean): void;
  /** Whoever stood there has gone. */
  gone(): void;
  /** The dispenser as it is, for whoever looks into its slot. */
  dispenser(): JsonObject;
  /** Whether the machine has power. */
  powered(): boolean;
}

/** What a person knows by heart. */
export function knowledgeOf(person: number): Knowledge {
  const { phone, idNumber: id, pin } = personOf(person);
  return { phone, id, pin };
}

export class Visits {
  readonly #plan: Plan;
  readonly #reach: VisitsReach;
  readonly #visits: readonly Visit[];
  readonly #view: View;
  #visitor: Visitor;
  #stance: Stance;
  #at = 0;
  #came = 0;

  constructor(plan: Plan, reach: VisitsReach) {
    this.#plan = plan;
    this.#reach = reach;
    this.#view = new View(() => lieInSlot(reach.dispenser()));
    this.#visits = visitsOf(plan.scenario);
    this.#stance = this.#stanceAt(0);
    this.#visitor = this.#visitorAt(0, this.#stance);
  }

  /** The last one has gone. */
  get over(): boolean {
    return this.#visitor.isGone && this.#at === this.#visits.length - 1;
  }

  /** How many have not come. */
  get missing(): number {
    return this.#visits.length - this.#came;
  }

  /** Who stands there, or stood there last. */
  get visitor(): Visitor {
    return this.#visitor;
  }

  begin(): void {
    this.#reach.after(ARRIVAL, () => this.#come());
  }

  /** What the lens sees at this moment. */
  scene(t: Micros): Scene {
    return this.#stance.scene(t);
  }

  sees(screen: Screen): void {
    this.#view.screen = screen;
    this.#visitor.sees(screen);
  }

  hears(message: DeviceMessage): void {
    this.#view.hears(message);
    this.#visitor.hears();
  }

  /** The machine goes dark. */
  powerLost(): void {
    this.#view.powerLost();
    this.#visitor.powerLost();
  }

  sessionOver(): void {
    this.#visitor.sessionOver();
  }

  #come(): void {
    this.#came++;
    this.#reach.presence(true);
    this.#visitor.comes();
    if (!this.#reach.powered()) this.#visitor.powerLost();
  }

  #gone(): void {
    this.#reach.gone();
    this.#reach.presence(false);
    const next = this.#visits[this.#at + 1];
    if (next === undefined) return;
    this.#reach.after(seconds(next.after_s), () => {
      this.#at++;
      this.#stance = this.#stanceAt(this.#at);
      this.#visitor = this.#visitorAt(this.#at, this.#stance);
      this.#come();
    });
  }

  #stanceAt(n: number): Stance {
    const stream = () => visitStream(this.#plan.seed, "visitor/presence", n);
    return stanceOf(this.#plan, standingOf(this.#plan, n), stream);
  }

  #visitorAt(n: number, stance: Stance): Visitor {
    const { scenario, seed } = this.#plan;
    const visit = this.#visits[n];
    return new Visitor(
      visit?.customer ?? [],
      knowledgeOf(ownerOf(scenario, visit?.at_the_machine).person),
      stance,
      this.#view,
      { ...this.#reach, gone: () => this.#gone() },
      visitStream(seed, "visitor/pace", n),
    );
  }
}
