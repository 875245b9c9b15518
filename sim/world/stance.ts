/**
 * How somebody stands before the lens: as people do, or in one of a few poses (`poses: few`).
 *
 * A campaign runs thousands of sessions a second and cannot render them all. Where a plan says so,
 * people take one of a few poses, so that their pictures come again and are remembered by content. The
 * pictures are real, the models judge them for real, and the trace tells which scene each was of.
 */
import type { QualityProblem } from "../../core/face/mod.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { remembered } from "../../core/remembered.ts";
import type { Micros } from "../../core/units.ts";
import { defaultScene, type Pose, type Scene } from "../../devices/camera/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { Presence, type Standing } from "./presence.ts";

export interface Stance {
  /** Steps up, or goes: at `t`, with the first and last steps to be seen; without, all at once. */
  comes(t?: Micros): void;
  leaves(t?: Micros): void;
  /** Turns to the camera, from `t` on. */
  looks(t: Micros): void;
  /** Does what the screen asks. */
  follows(instruction: QualityProblem): void;
  scene(t: Micros): Scene;
}

export function stanceOf(plan: Plan, standing: Standing, stream: () => RandomStream): Stance {
  return plan.poses === "few" ? new FewPoses(standing) : new Presence(standing, stream());
}

/**
 * Facing the camera, as still as people are. Five, each held for less than a look's exposures are apart:
 * no two exposures of one look are the same picture, which would be a frozen camera's.
 */
const FACING: readonly Pose[] = [-1.4, 1.1, -0.6, 0.5, 1.7].map((yaw_deg, i) => ({
  yaw_deg,
  pitch_deg: 0.6 - 0.3 * i,
  roll_deg: 0.4 - 0.2 * i,
  x_mm: 2 * i - 4,
  y_mm: 2 - i,
  distance_mm: 425 + i,
}));
/** Looking at the screen below, or around. */
const AWAY: Pose = {
  yaw_deg: 22,
  pitch_deg: -16,
  roll_deg: 0.4,
  x_mm: -4,
  y_mm: 2,
  distance_mm: 425,
};
/** A pose is held this long. */
const HELD_US = 300_000;
/** From looking away to facing the camera. */
const TURNING_US = 200_000;

/** Every scene that somebody who stands so can show: facing first, then looking away. */
export function fewScenesOf(standing: Standing): readonly Scene[] {
  return scenesOf(JSON.stringify(standing));
}

/** Of so many ways to stand there: the same scenes again are known by identity. */
const STANDINGS_MAX = 512;

const scenesOf = remembered(STANDINGS_MAX, (standing: string) => {
  const { subject, attack, light, lobby }: Standing = JSON.parse(standing);
  const base = { ...defaultScene(subject), attack, light, lobby };
  const facing = FACING.map((head, noise) => ({ ...base, head, noise: 101 + noise }));
  // A picture is held up facing the lens, or not at all.
  return attack === null ? [...facing, { ...base, head: AWAY, noise: 100 }] : facing;
});

/** The lobby with nobody in it. */
const emptyOf = remembered(STANDINGS_MAX, (place: string): Scene => {
  const { light, lobby }: Pick<Standing, "light" | "lobby"> = JSON.parse(place);
  return { ...defaultScene(null), light, lobby };
});

class FewPoses implements Stance {
  readonly #scenes: readonly Scene[];
  readonly #nobody: Scene;
  readonly #attack: boolean;
  #looks_from: number | null = null;
  #present = false;

  constructor(standing: Standing) {
    this.#scenes = fewScenesOf(standing);
    this.#attack = standing.attack !== null;
    const { light, lobby } = standing;
    this.#nobody = emptyOf(JSON.stringify({ light, lobby }));
  }

  comes(): void {
    this.#present = true;
  }

  leaves(): void {
    this.#present = false;
  }

  looks(t: Micros): void {
    this.#looks_from ??= t;
  }

  follows(_instruction: QualityProblem): void {}

  scene(t: Micros): Scene {
    if (!this.#present) return this.#nobody;
    const looking = this.#attack ||
      this.#looks_from !== null && t >= this.#looks_from + TURNING_US;
    const at = looking ? Math.floor(t / HELD_US) % FACING.length : FACING.length;
    return this.#scenes[at] ?? this.#nobody;
  }
}
