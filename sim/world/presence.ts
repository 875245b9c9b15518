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
import {
  Behaviour,
  defaultScene,
  type Scene,
  SPECIES,
  type Subject,
} from "../../devices/camera/mod.ts";
import { type Conditions, HEIGHT_MM } from "../plan/mod.ts";

export interface Standing {
  readonly subject: Subject;
  readonly attack: Scene["attack"];
  readonly light: Scene["light"];
  readonly lobby: number;
  /** What is out of the ordinary; absent: nothing. */
  readonly conditions?: Conditions | undefined;
  /** The lens is not what the machine sees: a stream of the subject is. */
  readonly feed?: Scene["feed"] | undefined;
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

/** Coming takes this long, from this much farther away; so does leaving. */
const APPROACH_US = 1_200_000;
const APPROACH_MM = 900;

/** Who looks over the visitor's shoulder stands behind it, to one side. */
const BESIDE = { x_mm: 175, y_mm: 25, behind_mm: 230 } as const;

export class Presence {
  #base: Scene;
  /** Whether what is worn comes off when the screen asks for it. */
  readonly #takes_off: boolean;
  readonly #behaviour: Behaviour | null;
  readonly #beside: Subject | null;
  readonly #sway: Record<"yaw" | "pitch" | "roll" | "x" | "y" | "z" | "gaze", Sway[]>;
  readonly #blinks: number[] = [];
  readonly #noise: number;
  readonly #away: { yaw: number; pitch: number };
  #place: { x_mm: number; y_mm: number; distance_mm: number };
  #looks_from: Micros | null = null;
  #came_at: Micros | null = null;
  #left_at: Micros | null = null;
  #present = false;

  constructor(standing: Standing, stream: RandomStream) {
    const steady = standing.attack === null ? 1 : 0.6;
    this.#base = {
      ...defaultScene(standing.subject),
      attack: standing.attack,
      light: standing.light,
      lobby: standing.lobby,
      ...impaired(standing.conditions),
      ...(standing.feed === undefined ? {} : { feed: standing.feed }),
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
    const { conditions } = standing;
    this.#takes_off = conditions?.takes_off ?? false;
    this.#place = placeUnder(conditions, this.#place);
    const manner = conditions?.manner;
    this.#behaviour = manner === undefined ? null : new Behaviour(`visitor/${this.#noise}`, manner);
    const beside = conditions?.companion;
    this.#beside = beside === undefined ? null : { person: beside, kin: "self", visit: 2 };
  }

  /** Steps up. With the moment of it, the scene shows the last steps; without, they stand there. */
  comes(t: Micros | null = null): void {
    this.#present = true;
    this.#came_at = t;
  }

  /** Turns and goes. With the moment of it, the scene shows the first steps; without, they are gone. */
  leaves(t: Micros | null = null): void {
    this.#left_at = t;
    this.#present = t !== null;
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
    const unseen = instruction === "covered" || instruction === "eyes_closed";
    if (unseen && this.#takes_off) this.#base = bareheaded(this.#base);
  }

  /** The scene at virtual time `t`. Each exposure has sensor noise of its own. */
  scene(t: Micros): Scene {
    const noise = (this.#noise + Math.imul(t, 0x9e37_79b1)) >>> 0;
    const gone = this.#left_at === null ? 0 : (t - this.#left_at) / APPROACH_US;
    if (!this.#present || gone >= 1) return { ...this.#base, subject: null, attack: null, noise };
    const turning = this.#looks_from === null
      ? 1
      : clamp(1 - (t - this.#looks_from) / 400_000, 0, 1);
    const away = this.#base.attack === null ? turning : 0;
    const coming = this.#came_at === null ? 0 : clamp(1 - (t - this.#came_at) / APPROACH_US, 0, 1);
    return this.#under(t, {
      ...this.#base,
      head: {
        yaw_deg: round(at(this.#sway.yaw, t) + away * this.#away.yaw + 80 * clamp(2 * gone, 0, 1)),
        pitch_deg: round(at(this.#sway.pitch, t) + away * this.#away.pitch),
        roll_deg: round(at(this.#sway.roll, t)),
        x_mm: round(this.#place.x_mm + at(this.#sway.x, t)),
        y_mm: round(this.#place.y_mm + at(this.#sway.y, t)),
        distance_mm: round(
          this.#place.distance_mm + at(this.#sway.z, t) +
            APPROACH_MM * (coming * coming + gone * gone),
        ),
      },
      expression: {
        ...this.#base.expression,
        blink: round(this.#blinkAt(t)),
        gaze_x: round(at(this.#sway.gaze, t)),
      },
      noise,
    });
  }

  /** The scene with the manner of the visitor, what a recording shows, and who stands beside. */
  #under(t: Micros, scene: Scene): Scene {
    const played = this.#base.attack !== null && SPECIES[this.#base.attack.species].plays;
    const behaving = this.#behaviour?.at(t / 1e6) ?? null;
    const { head, attack } = scene;
    const companion = this.#beside === null ? {} : {
      companion: {
        subject: this.#beside,
        head: {
          yaw_deg: -18,
          pitch_deg: -4,
          roll_deg: 3,
          x_mm: round(head.x_mm + BESIDE.x_mm),
          y_mm: round(head.y_mm + BESIDE.y_mm),
          distance_mm: round(head.distance_mm + BESIDE.behind_mm),
        },
      },
    };
    if (attack !== null && played) {
      const { yaw, pitch, roll } = this.#sway;
      const shown = {
        yaw_deg: round(2 * at(yaw, 1.3 * t)),
        pitch_deg: round(2 * at(pitch, 1.3 * t)),
        roll_deg: round(2 * at(roll, 1.3 * t)),
      };
      return { ...scene, ...companion, attack: { ...attack, shown } };
    }
    if (behaving === null || attack !== null) return { ...scene, ...companion };
    const { moved, expression } = behaving;
    return {
      ...scene,
      ...companion,
      head: {
        yaw_deg: round(head.yaw_deg + moved.yaw_deg),
        pitch_deg: round(head.pitch_deg + moved.pitch_deg),
        roll_deg: round(head.roll_deg + moved.roll_deg),
        x_mm: round(head.x_mm + moved.x_mm),
        y_mm: round(head.y_mm + moved.y_mm),
        distance_mm: round(head.distance_mm + moved.z_mm),
      },
      expression: {
        blink: round(expression.blink),
        smile: round(expression.smile),
        mouth_open: round(expression.mouth_open),
        gaze_x: round(expression.gaze_x),
        gaze_y: round(expression.gaze_y),
      },
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

/** Where conditions put the visitor. */
function placeUnder<P extends { y_mm: number; distance_mm: number }>(
  conditions: Conditions | undefined,
  place: P,
): P {
  const { stature, distance_cm } = conditions ?? {};
  return {
    ...place,
    y_mm: place.y_mm + (stature === undefined ? 0 : HEIGHT_MM[stature]),
    distance_mm: distance_cm === undefined ? place.distance_mm : 10 * distance_cm,
  };
}

/** What conditions change in every scene of the visit. */
function impaired(conditions: Conditions | undefined): Partial<Scene> {
  if (conditions === undefined) return {};
  const { light, wears, lens, exposure_stops, motion_px } = conditions;
  const optics = {
    ...(lens === undefined ? {} : { lens }),
    ...(exposure_stops === undefined ? {} : { exposure_stops }),
    ...(motion_px === undefined ? {} : { motion_px }),
  };
  return {
    ...(light === undefined ? {} : { light }),
    ...(wears === undefined ? {} : { worn: wears }),
    ...(Object.keys(optics).length === 0 ? {} : { optics }),
  };
}

/** Without what was worn. */
function bareheaded({ worn: _, ...scene }: Scene): Scene {
  return scene;
}

/** Two decimals: a scene is written into the trace, and what is written is what is rendered. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
