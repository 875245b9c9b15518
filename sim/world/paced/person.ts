/**
 * Who stands at a paced machine, and what their hand does.
 *
 * Somebody told to stand there faces the camera at once, at exactly the distance asked for, as still
 * as people are. A hand presses one key after another, `KEY_GAP` apart, however many times
 * it is told to: what is told while it is busy comes after.
 *
 * @module
 */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import { type Micros, micros } from "../../../core/units.ts";
import type { AttackSpecies, Kin, Scene } from "../../../devices/camera/mod.ts";
import { KEY_GAP } from "../hands.ts";
import { Presence } from "../presence.ts";
import { standingFor } from "../setting.ts";

export interface StandingOrder {
  readonly person: number;
  /** Somebody who looks like them; absent: themselves. */
  readonly kin?: Kin;
  readonly distance_cm: number;
  readonly attack: AttackSpecies | null;
}

/** Has long been looking at the camera. */
const LONG_AGO = micros(-1_000_000);

export class Person {
  readonly #random: RandomStream;
  #order: StandingOrder | null = null;
  #presence: Presence;
  #handFreeAt = micros(0);

  constructor(random: RandomStream) {
    this.#random = random;
    this.#presence = this.#presenceOf({ person: 0, distance_cm: 45, attack: null });
  }

  get standing(): StandingOrder | null {
    return this.#order;
  }

  /** Steps up; whoever stood there steps aside. */
  stand(order: StandingOrder): void {
    this.#order = order;
    this.#presence = this.#presenceOf(order);
    this.#presence.comes();
    this.#presence.looks(LONG_AGO);
  }

  leave(): void {
    this.#order = null;
    this.#presence.leaves();
  }

  /** What the lens sees at this moment. */
  scene(t: Micros): Scene {
    const scene = this.#presence.scene(t);
    if (this.#order === null) return scene;
    return { ...scene, head: { ...scene.head, distance_mm: 10 * this.#order.distance_cm } };
  }

  /** How long from `now` until the hand reaches each of `count` keys, what it was told before done. */
  reaches(now: Micros, count: number): Micros[] {
    const first = Math.max(now, this.#handFreeAt);
    this.#handFreeAt = micros(first + count * KEY_GAP);
    return Array.from({ length: count }, (_, i) => micros(first + i * KEY_GAP - now));
  }

  /** How long the hand will still be busy. */
  busy(now: Micros): Micros {
    return micros(Math.max(0, this.#handFreeAt - now));
  }

  #presenceOf({ kin = "self", ...order }: StandingOrder): Presence {
    return new Presence(standingFor({ ...order, kin }), this.#random);
  }
}
