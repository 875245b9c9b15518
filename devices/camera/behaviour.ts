/**
 * How a person behaves before the camera, as a function of time: blinks, gaze, the head, expressions.
 *
 * Everything is drawn from one seed and looked up, never stepped: asking for a moment twice, or in
 * another order, changes nothing. Rates are those of people who wait: 15 to 20 blinks a minute of
 * 150…260 ms each (closing faster than opening), gaze that rests 0.3…1.4 s and jumps, a head that is
 * smooth noise over seconds.
 *
 * @module
 */
import { clamp, ln, randomStream } from "../../core/numeric/mod.ts";
import { chance, step } from "./fast_math.ts";
import type { Expression, Pose } from "./scene.ts";

/** What somebody does all the time besides standing there. */
export const MANNERS = ["calm", "restless", "eyes-closed", "looks-away"] as const;
export type Manner = (typeof MANNERS)[number];

/** A moment of somebody's behaviour: how the head is displaced, and the expression. */
export interface Behaving {
  readonly moved: Omit<Pose, "distance_mm"> & { readonly z_mm: number };
  readonly expression: Expression;
}

/** What is drawn ahead: ten minutes. */
const HORIZON_S = 600;

interface Blink {
  readonly at: number;
  readonly close: number;
  readonly open: number;
}

interface Fixation {
  readonly from: number;
  readonly x: number;
  readonly y: number;
}

interface Smile {
  readonly at: number;
  readonly lasts: number;
  readonly height: number;
}

/** The behaviour of this name: the same name behaves alike for ever. */
export class Behaviour {
  readonly #manner: Manner;
  readonly #seed: number;
  readonly #blinks: readonly Blink[];
  readonly #fixations: readonly Fixation[];
  readonly #smiles: readonly Smile[];
  readonly #away: { readonly yaw: number; readonly pitch: number };

  constructor(name: string, manner: Manner = "calm") {
    const s = randomStream(`behaviour/${name}`);
    this.#manner = manner;
    this.#seed = s.integer(0, 0x7fff_ffff);
    const blinks: Blink[] = [];
    for (let at = 3 * s.uniform(); at < HORIZON_S;) {
      blinks.push({ at, close: 0.05 + 0.03 * s.uniform(), open: 0.1 + 0.08 * s.uniform() });
      // now and then a second one follows at once
      at += s.uniform() < 0.08 ? 0.35 : 0.8 - 2.9 * ln(1 - 0.98 * s.uniform());
    }
    const fixations: Fixation[] = [];
    for (let from = 0; from < HORIZON_S; from += 0.3 + 1.1 * s.uniform()) {
      const far = s.uniform() < 0.15 ? 3 : 1;
      fixations.push({ from, x: 0.09 * far * s.normal(), y: 0.07 * far * s.normal() });
    }
    const smiles: Smile[] = [];
    for (let at = 8 * s.uniform(); at < HORIZON_S; at += 5 + 16 * s.uniform()) {
      smiles.push({ at, lasts: 1 + 2 * s.uniform(), height: 0.15 + 0.6 * s.uniform() });
    }
    this.#blinks = blinks;
    this.#fixations = fixations;
    this.#smiles = smiles;
    const side = s.uniform() < 0.5 ? -1 : 1;
    this.#away = { yaw: side * (32 + 16 * s.uniform()), pitch: -14 + 10 * s.uniform() };
  }

  /** Blinks of the first `seconds`. */
  blinks(seconds: number): number {
    return this.#blinks.filter(({ at }) => at < seconds).length;
  }

  /** What is done `seconds` after the beginning. */
  at(seconds: number): Behaving {
    const lively = this.#manner === "restless" ? 3.2 : 1;
    const sway = (axis: number, size: number, period: number) =>
      size * lively * smoothNoise(seconds / period, this.#seed + axis);
    const away = this.#manner === "looks-away" ? 1 : 0;
    const gaze = this.#gaze(seconds);
    return {
      moved: {
        yaw_deg: sway(1, 2.2, 1.7) + away * this.#away.yaw,
        pitch_deg: sway(2, 1.6, 1.5) + away * this.#away.pitch,
        roll_deg: sway(3, 1.1, 2.3),
        x_mm: sway(4, 5, 2.6),
        y_mm: sway(5, 3, 1.9),
        z_mm: sway(6, 7, 2.9),
      },
      expression: {
        blink: this.#manner === "eyes-closed" ? 1 : this.#blink(seconds),
        smile: this.#smile(seconds),
        mouth_open: this.#manner === "restless"
          ? Math.max(0, 0.6 * smoothNoise(seconds / 0.22, this.#seed + 7))
          : 0,
        gaze_x: clamp(gaze.x * lively + 0.8 * away * (this.#away.yaw > 0 ? 1 : -1), -1, 1),
        gaze_y: clamp(gaze.y * lively, -1, 1),
      },
    };
  }

  #blink(t: number): number {
    for (const { at, close, open } of this.#blinks) {
      if (at > t) return 0;
      if (t < at + close) return step(0, close, t - at);
      if (t < at + close + open) return 1 - step(0, open, t - at - close);
    }
    return 0;
  }

  #gaze(t: number): { x: number; y: number } {
    let [low, high] = [0, this.#fixations.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#fixations[middle]?.from ?? 0) <= t) low = middle;
      else high = middle - 1;
    }
    return this.#fixations[low] ?? { x: 0, y: 0 };
  }

  #smile(t: number): number {
    for (const { at, lasts, height } of this.#smiles) {
      if (at > t) return 0;
      if (t > at + lasts + 0.8) continue;
      return height * step(0, 0.4, t - at) * step(lasts + 0.8, lasts, t - at);
    }
    return 0;
  }
}

/** Smooth noise of one variable, about −1…1, two octaves; one feature a unit. */
function smoothNoise(t: number, seed: number): number {
  return (octave(t, seed) + 0.4 * octave(2.7 * t + 11, seed + 101)) / 1.2;
}

function octave(t: number, seed: number): number {
  const from = Math.floor(t);
  const f = t - from;
  const u = f * f * f * (f * (f * 6 - 15) + 10);
  const a = chance(from, 1, seed), b = chance(from + 1, 1, seed);
  return 2 * (a + (b - a) * u) - 1;
}
