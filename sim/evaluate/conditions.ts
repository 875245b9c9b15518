/**
 * Groups of people and of circumstances whose error rates are told apart.
 *
 * @module
 */
import {
  COVERINGS,
  faceOf,
  type FaceParameters,
  type Scene,
  type Subject,
} from "../../devices/camera/mod.ts";
import { HEIGHT_MM } from "../plan/mod.ts";

/** Groups of people: everybody is in one of each. */
export const PEOPLE_DIMENSIONS = ["age", "sex", "skin tone", "glasses"] as const;
/** Circumstances of one exposure. */
export const SCENE_DIMENSIONS = ["light", "distance", "pose", "change since the photo"] as const;
export type Dimension =
  | (typeof PEOPLE_DIMENSIONS)[number]
  | (typeof SCENE_DIMENSIONS)[number];

/** To which group an exposure belongs, in each dimension. */
export type Groups = Readonly<Record<Dimension, string>>;

/** The groups of one exposure of somebody. */
export function groupsOf(scene: Scene, subject: Subject): Groups {
  const face = faceOf(subject);
  const { yaw_deg, pitch_deg, distance_mm } = scene.head;
  return {
    age: ageOf(face),
    sex: face.sex,
    "skin tone": toneOf(face),
    glasses: wearsGlasses(subject) ? "wears them" : "wears none",
    light: scene.light,
    distance: distance_mm < 400 ? "25-40 cm" : distance_mm < 550 ? "40-55 cm" : "55-65 cm",
    pose: poseOf(Math.max(Math.abs(yaw_deg), Math.abs(pitch_deg))),
    "change since the photo": changeOf(face, subject),
  };
}

/** On the day of the identity photo; who has left them at home since is told apart as a change. */
function wearsGlasses(subject: Subject): boolean {
  return faceOf({ ...subject, visit: 0 }).habits.glasses !== null;
}

function ageOf({ age }: FaceParameters): string {
  return age < 30 ? "18-29" : age < 45 ? "30-44" : age < 60 ? "45-59" : "60-80";
}

/** Thirds of the population's skin tones, roughly. */
function toneOf({ skin_tone }: FaceParameters): string {
  return skin_tone < 0.28 ? "light" : skin_tone < 0.5 ? "middle" : "dark";
}

function poseOf(degrees: number): string {
  return degrees < 8 ? "under 8 degrees" : degrees < 14 ? "8-14 degrees" : "14-20 degrees";
}

/** What is no longer as it was on the day of the identity photo: the first of these that is not. */
function changeOf({ habits }: FaceParameters, subject: Subject): string {
  const then = faceOf({ ...subject, visit: 0 }).habits;
  if (then.glasses !== null && habits.glasses === null) return "glasses left at home";
  if (then.beard !== habits.beard) return "beard shaved";
  return then.hair === habits.hair ? "nothing" : "another haircut";
}

/** Circumstances beyond the ordinary, one change each to an ordinary scene. */
export const SPECIAL: Readonly<Record<string, (scene: Scene) => Scene>> = {
  ...Object.fromEntries(
    COVERINGS.map((worn) => [worn, (scene: Scene) => ({ ...scene, worn: [worn] })]),
  ),
  "dead lamp": (scene) => ({ ...scene, light: "dead-lamp" }),
  "direct sun": (scene) => ({ ...scene, light: "direct-sun" }),
  "altitude backlight": (scene) => ({ ...scene, light: "altitude-backlight" }),
  "dirty lens": (scene) => ({ ...scene, optics: { lens: "dirty" } }),
  "motion of 6 pixels": (scene) => ({ ...scene, optics: { motion_px: [6, 2] } }),
  "eyes closed": (scene) => ({ ...scene, expression: { ...scene.expression, blink: 1 } }),
  "motion of 6 pixels, mostly downwards": (scene) => ({ ...scene, optics: { motion_px: [2, 6] } }),
  "wheelchair user": (scene) => atHeight(scene, HEIGHT_MM.wheelchair),
  child: (scene) => atHeight(scene, HEIGHT_MM.child),
  "tall man": (scene) => atHeight(scene, HEIGHT_MM.tall),
};

function atHeight(scene: Scene, y_mm: number): Scene {
  return { ...scene, head: { ...scene.head, y_mm } };
}

/** Those of them that are a person's own; into all others something may be held up as well. */
export const OF_PEOPLE: ReadonlySet<string> = new Set([...COVERINGS, "eyes closed"]);
