/**
 * What stands before the camera, as plain data; the camera's answer; and scenes drawn by chance.
 *
 * Everything a picture depends on is in {@link Scene} and in `RENDERER_VERSION`: the same scene
 * gives the same bytes in every process, so pictures are cached and audited by scene.
 *
 * Axes: millimetres, x to the right of the picture, y up, z towards the camera. Positive yaw turns
 * the face to the right of the picture, positive pitch lifts it, positive roll leans the crown to
 * the right of the picture (clockwise).
 *
 * @module
 */
import type { RandomStream } from "../../core/numeric/mod.ts";
import { type AttackSpecies, SPECIES } from "./species.ts";

/** How the human in front relates to person N; a sibling is another human. */
export type Kin = "self" | "twin" | "sibling" | "cousin";

/** A human on a day: visit 0 is the day of the ID photo. */
export interface Subject {
  person: number;
  kin: Kin;
  visit: number;
}

/**
 * Lights of a bank lobby: five ordinary ones, then a dead lamp, sun full in the face, and the street
 * of a town at 3,650 m behind the customer.
 */
export const LIGHTS = [
  "lobby-day",
  "lobby-night",
  "backlight",
  "side-sun",
  "dim",
  "dead-lamp",
  "direct-sun",
  "altitude-backlight",
] as const;
export type Light = (typeof LIGHTS)[number];

/** Where the head, or the card held up, is and how it is turned; distance of its front. */
export interface Pose {
  yaw_deg: number;
  pitch_deg: number;
  roll_deg: number;
  x_mm: number;
  y_mm: number;
  distance_mm: number;
}

/** Blink, smile and mouth 0…1, gaze −1…1 (right, up). */
export interface Expression {
  blink: number;
  smile: number;
  mouth_open: number;
  gaze_x: number;
  gaze_y: number;
}

/** What may cover a part of the head, besides the person's own glasses. */
export const COVERINGS = ["sunglasses", "surgical-mask", "scarf", "fur-hat"] as const;
export type Covering = (typeof COVERINGS)[number];

export const LENSES = ["clean", "dirty", "half-covered", "covered"] as const;
export type Lens = (typeof LENSES)[number];

/** What lies between scene and sensor; everything absent is a clean, still, well exposed picture. */
export interface Optics {
  lens?: Lens;
  /** Stops by which the exposure misses what it should be: below 0 too dark, above 0 too bright. */
  exposure_stops?: number;
  /** How far the picture moves while the shutter is open, pixels. */
  motion_px?: readonly [right: number, down: number];
}

/** An earlier moment of the same scene. */
export type Moment = Pick<Scene, "head" | "expression" | "noise">;

/** What the electronics do to the picture; everything absent is an intact readout. */
export interface Readout {
  /** Every sample is zero. */
  black?: boolean;
  /** The moment that a frozen, torn or late picture still shows. */
  earlier?: Moment;
  /** The whole picture is the earlier one. */
  frozen?: boolean;
  /** From this row down the picture is the earlier one. */
  torn_row?: number;
  /** Near infrared and depth are of the earlier moment. */
  out_of_step?: boolean;
}

/** Where an injected stream comes from. */
export const FEEDS = ["recorded", "generated"] as const;
export type Feed = (typeof FEEDS)[number];

/** Somebody else in the picture. */
export interface Companion {
  subject: Subject;
  head: Pose;
}

/** What is held up: the species, which specimen of it, and how a recording's face is turned. */
export interface Attack {
  species: AttackSpecies;
  instrument: number;
  /** Of a recording that plays: the pose of its face now. Its expression is the scene's. */
  shown?: Pick<Pose, "yaw_deg" | "pitch_deg" | "roll_deg">;
}

/** Everything a picture depends on. */
export interface Scene {
  subject: Subject | null;
  attack: null | Attack;
  head: Pose;
  expression: Expression;
  light: Light;
  lobby: number;
  noise: number;
  /** What covers the subject's head. */
  worn?: readonly Covering[];
  companion?: Companion;
  optics?: Optics;
  readout?: Readout;
  /**
   * The pictures come from a stream put into the cable, recorded earlier or generated. No pixel shows
   * it, so no renderer looks at it; the camera's seals do.
   */
  feed?: Feed;
}

export type Point = [x: number, y: number];

/**
 * What is really in the picture, in pixels; landmarks in image order, image left first.
 *
 * Counted from the picture's upper left corner, so the middle of the first pixel lies at (0.5, 0.5).
 * The face core counts the middles of pixels by whole numbers, as detectors do: the same place is half a
 * pixel less there, in x and in y. The shipped models learnt from these figures as they are, mirrored as
 * often as not, and the landmark error that is measured has that half pixel in it.
 */
export interface Truth {
  box: [x: number, y: number, width: number, height: number];
  /** Eye, eye, nose tip, mouth corner, mouth corner. */
  landmarks: [Point, Point, Point, Point, Point];
  yaw_deg: number;
  pitch_deg: number;
  roll_deg: number;
  distance_mm: number;
  attack: AttackSpecies | null;
  /** Illumination. */
  light: Light;
  /** The face of the companion, where there is one. */
  companion?: Pick<Truth, "box" | "landmarks">;
}

/** One exposure of the three channels from one viewpoint. */
export interface Shot {
  width: 320;
  height: 240;
  /** width × height × 3, row by row. */
  rgb: Uint8Array;
  /** width × height. */
  nir: Uint8Array;
  /** width × height, millimetres along the optical axis, 0 where there is no reading. */
  depth: Uint16Array;
  /** `null` when nobody is there. */
  truth: Truth | null;
}

/** A calm frontal scene: 450 mm, neutral face, a lobby by day. */
export function defaultScene(subject: Subject | null): Scene {
  return {
    subject,
    attack: null,
    head: { yaw_deg: 0, pitch_deg: 0, roll_deg: 0, x_mm: 0, y_mm: 0, distance_mm: 450 },
    expression: { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 },
    light: "lobby-day",
    lobby: 0,
    noise: 1,
  };
}

const ORDINARY_LIGHTS: readonly Light[] = [
  "lobby-day",
  "lobby-day",
  "lobby-day",
  "lobby-night",
  "lobby-night",
  "backlight",
  "side-sun",
  "dim",
];

/**
 * Ordinary conditions: yaw ±20°, pitch ±15°, roll ±10°, 250–650 mm, off the middle, expressions,
 * now and then a blink. With an attack, the pose is that of the card or phone, held so that the
 * pictured face is about as large as a face.
 */
export function randomScene(
  subject: Subject | null,
  stream: RandomStream,
  attack: Scene["attack"] = null,
): Scene {
  const within = (limit: number) => limit * (2 * stream.uniform() - 1);
  const near = attack === null ? 250 : SPECIES[attack.species].near_mm;
  const far = attack === null ? 650 : SPECIES[attack.species].far_mm;
  const distance_mm = Math.round(near + (far - near) * stream.uniform());
  const aside = Math.min(1, 0.16 * distance_mm / 100);
  const smiling = stream.uniform() < 0.35;
  const talking = stream.uniform() < 0.15;
  const blinking = stream.uniform() < 0.04;
  return {
    subject,
    attack,
    head: {
      yaw_deg: within(20),
      pitch_deg: within(15),
      roll_deg: within(10),
      x_mm: within(0.12 * distance_mm * aside),
      y_mm: within(0.08 * distance_mm * aside),
      distance_mm,
    },
    expression: {
      blink: blinking ? stream.uniform() : 0.12 * stream.uniform(),
      smile: smiling ? stream.uniform() : 0.1 * stream.uniform(),
      mouth_open: talking ? 0.7 * stream.uniform() : 0,
      gaze_x: within(0.5),
      gaze_y: within(0.4),
    },
    light: stream.pick(ORDINARY_LIGHTS),
    lobby: stream.integer(0, 9999),
    noise: stream.integer(0, 0x7fffffff),
  };
}
