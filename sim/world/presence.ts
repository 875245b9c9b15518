/**
 * Who stands before the camera, as a function of time: the scene the lens sees at any moment.
 *
 * Until they are asked to look, people look at the screen and around; then they face the camera, as
 * still as people are. Everything is drawn from the person's own stream when they come, so asking for a
 * scene twice, or never, changes nothing.
 */
import { clamp, PI, type RandomStream, sin } from "../../core/numeric/mod.ts";
import type { QualityProblem } from "../../core/face/mod.ts";
import type { Micros } from "../../core/units.ts";
import { defaultScene, type Scene, type Subject } from "../../devices/camera/mod.ts";

export interface Standing {
  readonly subject: Subject;
  readonly attack: Scene["attack"];
  readonly light: Scene["light"];
  readonly lobby: number;
}

/** Blinks drawn ahead: enough for ten minutes. */
const BLINKS = 200;
/** Half of the time a blink takes. */
const BLINK_HALF_US = 90_000;

interface Sway {
  readonly amplitude: number;
  readonly period_us: number;
  readonly phase: number;
}

function sways(stream: RandomStream, amplitude: number): Sway[] {
  return [1, 0.5, 0.25].map((share) => ({
    amplitude: amplitude * share,
    period_us: (1.2 + 2.6 * stream.uniform()) * 1e6 * share + 0.4e6,
    phase: 2 * PI * stream.uniform(),
  }));
}

function at(sway: readonly Sway[], t: number): number {
  return sway.reduce((sum, s) => sum + s.amplitude * sin(2 * PI * t / s.period_us + s.phase), 0);
}

export class Presence {
  readonly #base: Scene;
  readonly #sway: Record<"yaw" | "pitch" | "roll" | "x" | "y" | "z" | "gaze", Sway[]>;
  readonly #blinks: number[] = [];
  readonly #noise: number;
  readonly #away: { yaw: number; pitch: number };
  #place: { x_mm: number; y_mm: number; distance_mm: number };
  #looks_from: Micros | null = null;
  #present = false;

  constructor(standing: Standing, stream: RandomStream) {
    const steady = standing.attack === null ? 1 : 0.6;
    this.#base = {
      ...defaultScene(standing.subject),
      attack: standing.attack,
      light: standing.light,
      lobby: standing.lobby,
    };
    this.#sway = {
      yaw: sways(stream, 1.6 * steady),
      pitch: sways(stream, 1.1 * steady),
      roll: sways(stream, 0.8 * steady),
      x: sways(stream, 3),
      y: sways(stream, 2),
      z: sways(stream, 4),
      gaze: sways(stream, 0.08),
    };
    let t = 0;
    for (let blink = 0; blink < BLINKS; blink++) {
      t += (1.8 + 3.6 * stream.uniform()) * 1e6;
      this.#blinks.push(t);
    }
    this.#noise = stream.integer(0, 0x7fff_ffff);
    this.#away = { yaw: 12 + 14 * stream.uniform(), pitch: -18 + 6 * stream.uniform() };
    this.#place = {
      x_mm: 24 * (stream.uniform() - 0.5),
      y_mm: 16 * (stream.uniform() - 0.5),
      distance_mm: 380 + 110 * stream.uniform(),
    };
  }

  comes(): void {
    this.#present = true;
  }

  leaves(): void {
    this.#present = false;
  }

  /** Turns to the camera, from `t` on. */
  looks(t: Micros): void {
    this.#looks_from ??= t;
  }

  /** Does what the screen asks. */
  follows(instruction: QualityProblem): void {
    const { x_mm, y_mm, distance_mm } = this.#place;
    const nearer = instruction === "too_far" ? -70 : instruction === "too_close" ? 70 : 0;
    const centred = instruction === "off_centre" || instruction === "no_face" ? 0.4 : 1;
    this.#place = {
      x_mm: x_mm * centred,
      y_mm: y_mm * centred,
      distance_mm: clamp(distance_mm + nearer, 330, 560),
    };
  }

  /** The scene at virtual time `t`. Each exposure has sensor noise of its own. */
  scene(t: Micros): Scene {
    const noise = (this.#noise + Math.imul(t, 0x9e37_79b1)) >>> 0;
    if (!this.#present) return { ...this.#base, subject: null, attack: null, noise };
    const turning = this.#looks_from === null
      ? 1
      : clamp(1 - (t - this.#looks_from) / 400_000, 0, 1);
    const away = this.#base.attack === null ? turning : 0;
    return {
      ...this.#base,
      head: {
        yaw_deg: round(at(this.#sway.yaw, t) + away * this.#away.yaw),
        pitch_deg: round(at(this.#sway.pitch, t) + away * this.#away.pitch),
        roll_deg: round(at(this.#sway.roll, t)),
        x_mm: round(this.#place.x_mm + at(this.#sway.x, t)),
        y_mm: round(this.#place.y_mm + at(this.#sway.y, t)),
        distance_mm: round(this.#place.distance_mm + at(this.#sway.z, t)),
      },
      expression: {
        ...this.#base.expression,
        blink: round(this.#blinkAt(t)),
        gaze_x: round(at(this.#sway.gaze, t)),
      },
      noise,
    };
  }

  #blinkAt(t: number): number {
    const nearest = this.#blinks.reduce(
      (best, blink) => Math.min(best, Math.abs(t - blink)),
      Infinity,
    );
    return clamp(1.4 * (1 - nearest / BLINK_HALF_US), 0, 1);
  }
}

/** Two decimals: a scene is written into the trace, and what is written is what is rendered. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
