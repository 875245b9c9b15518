/**
 * Person N as a face: a function of N alone.
 *
 * A face is a point in a normal space of {@link PARAMETERS} plus age, sex, skin marks and habits
 * (hair, beard, glasses). Kin are points at stated distances from it. The distance of two faces is
 * the root mean square difference of their coordinates over √2, in units of the coordinates'
 * spread, so that independent strangers are at about 1:
 *
 * ```
 *   self, twin 0 ── sibling 0.65 ── cousin 0.85 ── stranger 1
 * ```
 *
 * A relative is `r · person + √(1 − r²) · independent draw` with r = 1 − distance², which keeps
 * every relative as likely a human as the person. A twin has the same shape and differs in marks
 * and habits only.
 *
 * @module
 */
import { clamp, randomStream } from "../../core/numeric/mod.ts";
import { drawHabits, type Habits } from "./habits.ts";
import { LATENT_LIMIT, PARAMETER_NAMES, type ParameterName, PARAMETERS } from "./parameters.ts";
import type { Kin, Subject } from "./scene.ts";

/** A mole or scar: position in face coordinates (cm), radius (cm), darkness 0…1. */
export interface Mark {
  x: number;
  y: number;
  radius: number;
  dark: number;
}

/** Everything that makes a face: the parameters in their units, and the rest. */
export type FaceParameters = { readonly [K in ParameterName]: number } & {
  readonly age: number;
  readonly sex: "female" | "male";
  readonly marks: readonly Mark[];
  readonly habits: Habits;
  /** Seeds the texture of skin and hair. */
  readonly grain: number;
};

/** Distance of kin in face space; a stranger is at 1. */
export const KIN_DISTANCE: Readonly<Record<Kin, number>> = {
  self: 0,
  twin: 0,
  sibling: 0.65,
  cousin: 0.85,
};

/**
 * Faces differ this much more than the table's spreads: with 1.2 a public recogniser trained on
 * photographs sees strangers at a mean cosine of 0.33 instead of 0.38.
 */
const SPREAD = 1.2;

/** Age 18…80 and sex of person N. */
export function ageAndSexOf(person: number): { age: number; sex: "female" | "male" } {
  const stream = randomStream(`person/${checked(person)}/age-and-sex`);
  const sex = stream.uniform() < 0.5 ? "female" : "male";
  return { age: stream.integer(18, 80), sex };
}

function checked(person: number): number {
  if (!Number.isInteger(person) || person < 0 || person >= 0x80000000) {
    throw new RangeError(`Cannot make person ${person}: not an integer of 0…2³¹ − 1`);
  }
  return person;
}

/** The coordinates of a subject in the normal face space, in the order of {@link PARAMETERS}. */
export function latentsOf(subject: Subject): Float64Array {
  const own = draw(`person/${checked(subject.person)}/face`);
  const distance = KIN_DISTANCE[subject.kin];
  if (distance === 0) return own;
  const other = draw(`person/${subject.person}/${subject.kin}/face`);
  const r = 1 - distance * distance;
  const rest = Math.sqrt(1 - r * r);
  return own.map((value, i) => r * value + rest * (other[i] ?? 0));
}

function draw(name: string): Float64Array {
  const stream = randomStream(name);
  return Float64Array.from(PARAMETER_NAMES, () => {
    let value = stream.normal();
    for (let tries = 0; Math.abs(value) > LATENT_LIMIT && tries < 8; tries++) {
      value = stream.normal();
    }
    return clamp(value, -LATENT_LIMIT, LATENT_LIMIT);
  });
}

/** Standard deviation of a normal draw that is repeated beyond LATENT_LIMIT. */
const CLIPPED_SPREAD = 0.931;

/** How far apart two faces are: 0 the same shape, about 1 strangers. */
export function faceDistance(a: Subject, b: Subject): number {
  const p = latentsOf(a);
  const q = latentsOf(b);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const apart = (p[i] ?? 0) - (q[i] ?? 0);
    sum += apart * apart;
  }
  return Math.sqrt(sum / (2 * p.length)) / CLIPPED_SPREAD;
}

/** The face of a subject on this visit. */
export function faceOf(subject: Subject): FaceParameters {
  const { age, sex } = kinAgeAndSex(subject);
  const latents = latentsOf(subject);
  const numbers: Partial<Record<ParameterName, number>> = {};
  PARAMETER_NAMES.forEach((name, i) => {
    const [mean, spread, female] = PARAMETERS[name];
    numbers[name] = mean + (sex === "female" ? female : 0) + SPREAD * spread * (latents[i] ?? 0);
  });
  const drawn = numbers as Record<ParameterName, number>;
  growOld(drawn, age);
  drift(drawn, subject);
  const lineage = subject.kin === "self"
    ? `person/${subject.person}`
    : `person/${subject.person}/${subject.kin}`;
  return {
    ...drawn,
    age,
    sex,
    marks: drawMarks(`${lineage}/marks`, age),
    habits: drawHabits(lineage, subject.visit, age, sex),
    grain: randomStream(`${lineage}/grain`).integer(0, 0x7fffffff),
  };
}

function kinAgeAndSex(subject: Subject): { age: number; sex: "female" | "male" } {
  const own = ageAndSexOf(subject.person);
  if (subject.kin === "self" || subject.kin === "twin") return own;
  const shift = randomStream(`person/${subject.person}/${subject.kin}/age`).integer(-5, 5);
  return { age: clamp(own.age + shift, 18, 80), sex: own.sex };
}

/** Lids and cheeks sink, lips thin, ears and nose grow: small shifts after forty. */
function growOld(p: Record<ParameterName, number>, age: number): void {
  const old = clamp((age - 38) / 42, 0, 1);
  p.nasolabial += 0.22 * old;
  p.eye_bag += 0.55 * old;
  p.bump_jowl += 0.3 * old;
  p.cheek_fullness -= 0.2 * old;
  p.upper_lip -= 0.09 * old;
  p.lower_lip -= 0.07 * old;
  p.eye_opening -= 0.07 * old;
  p.ear_size += 0.08 * old;
  p.nose_tip_height -= 0.15 * old;
  p.blotch += 0.5 * old;
  p.lip_red -= 0.12 * old;
  p.brow_density -= 0.12 * old;
  p.eye_opening = clamp(p.eye_opening, 0.2, 0.85);
  p.lower_lid = clamp(p.lower_lid, 0.16, 0.6);
  p.upper_lip = clamp(p.upper_lip, 0.12, 0.85);
  p.lower_lip = clamp(p.lower_lip, 0.2, 1);
  p.brow_thickness = clamp(p.brow_thickness, 0.12, 0.62);
  p.brow_density = clamp(p.brow_density, 0.25, 1);
  p.skin_tone = clamp(p.skin_tone, 0.02, 0.98);
  p.hair_light = clamp(p.hair_light, 0, 1);
  p.iris_light = clamp(p.iris_light, 0, 1);
  p.hairline_recess = clamp(p.hairline_recess, 0, 2);
  p.eye_depth = clamp(p.eye_depth, 0.05, 1.6);
}

/** What changes in the same person from visit to visit. */
function drift(p: Record<ParameterName, number>, subject: Subject): void {
  if (subject.visit === 0) return;
  const s = randomStream(`person/${subject.person}/visit/${subject.visit}/drift`);
  p.cheek_fullness += 0.09 * s.normal();
  p.bump_jowl += 0.06 * s.normal();
  p.eye_bag += 0.1 * s.normal();
  p.eye_opening += 0.02 * s.normal();
  p.flush += 0.12 * s.normal();
  p.tan += 0.1 * s.normal();
  p.skin_tone = clamp(p.skin_tone + 0.02 * s.normal(), 0.02, 0.98);
  p.gloss += 0.06 * s.normal();
  p.stubble += 0.2 * s.normal();
  p.brow_thickness += 0.015 * s.normal();
  p.hair_volume += 0.07 * s.normal();
}

function drawMarks(name: string, age: number): Mark[] {
  const s = randomStream(name);
  const count = s.integer(1, 4 + Math.floor(age / 16));
  return Array.from({ length: count }, () => ({
    x: 6 * (2 * s.uniform() - 1),
    y: -8.5 + 14 * s.uniform(),
    radius: 0.09 + 0.13 * s.uniform() * s.uniform() * 2,
    dark: 0.35 + 0.5 * s.uniform(),
  }));
}
