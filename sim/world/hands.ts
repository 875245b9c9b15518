/**
 * Hands that act by deeds: somebody stands there, keys are pressed, cash is taken, things break, each at
 * its stated moment.
 *
 * A deed comes after everything else of its moment, and deeds of one moment in the order they were
 * given. So it makes no difference whether a deed was known from the beginning or came just then from
 * somebody at the dashboard: a visit by hand and its replay are the same run.
 */
import { assert } from "../../core/assert.ts";
import { type Control, type Screen } from "../../core/session/mod.ts";
import { type Micros, micros, milliseconds } from "../../core/units.ts";
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import type { Scene } from "../../devices/camera/mod.ts";
import type { Broken } from "../faults/mod.ts";
import { brokenOf, type Deed, keyOf, type Knowledge, type Stand } from "../plan/mod.ts";
import type { OperatorAct } from "../plan/mod.ts";
import { Presence, type Standing } from "./presence.ts";

/** Between two keys of one deed: an unhurried hand. */
export const KEY_GAP = milliseconds(200);

/** Has long been looking at the camera. */
const LONG_AGO = micros(-1_000_000);

/** What deeds reach. */
export interface HandsReach {
  now(): Micros;
  after(delay: Micros, task: () => void): void;
  touch(control: Control): void;
  press(key: string): void;
  takeCash(howMany: "all" | number): void;
  takeReceipt(): void;
  told(does: string, detail?: Record<string, string | number>): void;
  breaks(broken: Broken): void;
  mends(broken: Broken): void;
  operator(act: OperatorAct): void;
  /** The customer by the script forgets, ends, or goes. */
  forgets(what: "cash" | "receipt"): void;
  handsOver(): void;
  scriptLeaves(): void;
  /** Somebody stands before the machine, or nobody does. */
  present(present: boolean): void;
  standing(stand: Stand): Standing;
  /** Chance of whoever comes as number `n` by a deed. */
  random(n: number): RandomStream;
}

export interface MissedTouch {
  readonly deed: Extract<Deed, { readonly touch: string }>;
  readonly controls: readonly Control[];
}

export class Hands {
  readonly #knows: Knowledge;
  readonly #reach: HandsReach;
  /** By their moment, then by when they were given. */
  readonly #waiting: Deed[] = [];
  #stood = 0;
  #presence: { readonly of: Presence; readonly distance_mm: number } | null = null;
  #controls: readonly Control[] = [];
  #slip = false;
  readonly #forgotten = new Set<"cash" | "receipt">();
  /** Touches at what was not on the screen, and what was. */
  readonly missed: MissedTouch[] = [];

  constructor(knows: Knowledge, deeds: readonly Deed[], reach: HandsReach) {
    this.#knows = knows;
    this.#reach = reach;
    for (const deed of deeds) this.add(deed);
  }

  /** Whether somebody stands there by a deed. */
  get present(): boolean {
    return this.#presence !== null;
  }

  /** Whether a deed of the plan is still to come. */
  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  /** One more deed, now or later. */
  add(deed: Deed): void {
    const later = this.#waiting.findIndex(({ at_us }) => at_us > deed.at_us);
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, deed);
    const delay = micros(Math.max(0, deed.at_us - this.#reach.now()));
    this.#reach.after(delay, () => {
      const next = this.#waiting.shift();
      assert(next !== undefined, "each deed wakes the hands once");
      this.#do(next);
    });
  }

  sees(screen: Screen): void {
    this.#controls = screen.controls;
  }

  /** What the lens sees of whoever stands there by a deed; null when nobody does. */
  scene(t: Micros): Scene | null {
    if (this.#presence === null) return null;
    const scene = this.#presence.of.scene(t);
    return { ...scene, head: { ...scene.head, distance_mm: this.#presence.distance_mm } };
  }

  /** Whoever stood there is gone. */
  leaves(): void {
    this.#presence = null;
  }

  /** The key that is pressed when this one is meant. */
  pressed(key: string): string {
    const digit = DIGIT_KEYS.findIndex((each) => each === key);
    if (!this.#slip || digit < 0) return key;
    this.#slip = false;
    return DIGIT_KEYS[(digit + 1) % DIGIT_KEYS.length] ?? key;
  }

  #do(deed: Deed): void {
    const reach = this.#reach;
    if ("stand" in deed) this.#stand(deed.stand);
    else if ("leave" in deed) this.#leave();
    else if ("touch" in deed) {
      const control = this.#controls.find((each) => each === deed.touch);
      if (control !== undefined) reach.touch(control);
      else this.missed.push({ deed, controls: this.#controls });
    } else if ("press" in deed) this.#press(deed.press);
    else if ("take_cash" in deed) {
      if (!this.#forgotten.has("cash")) reach.takeCash(deed.take_cash);
    } else if ("take_receipt" in deed) {
      if (!this.#forgotten.has("receipt")) reach.takeReceipt();
    } else if ("fault" in deed) reach.breaks(deed.fault);
    else if ("clear" in deed) reach.mends(brokenOf(deed.clear));
    else if ("operator" in deed) reach.operator(deed.operator);
    else if ("slip" in deed) this.#slip = true;
    else if ("forget" in deed) {
      this.#forgotten.add(deed.forget);
      reach.forgets(deed.forget);
    } else reach.handsOver();
  }

  #stand(stand: Stand): void {
    const presence = new Presence(this.#reach.standing(stand), this.#reach.random(this.#stood++));
    presence.comes();
    presence.looks(LONG_AGO);
    this.#presence = { of: presence, distance_mm: 10 * stand.distance_cm };
    this.#reach.told("stands", { ...stand, attack: stand.attack ?? "none" });
    this.#reach.present(true);
  }

  #leave(): void {
    this.leaves();
    this.#reach.scriptLeaves();
    this.#reach.present(false);
  }

  #press(keys: readonly string[]): void {
    keys.forEach((key, i) =>
      this.#reach.after(
        micros(i * KEY_GAP),
        () => this.#reach.press(keyOf(key, this.#knows)),
      )
    );
  }
}
