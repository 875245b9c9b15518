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
import { fitTogether, growOld } from "./anatomy.ts";
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

/** A pale line: its middle (cm), direction (unit), half length (cm), bend and paleness 0…1. */
export interface Scar {
  x: number;
  y: number;
  dx: number;
  dy: number;
  half: number;
  bend: number;
  pale: number;
}

/** Everything that makes a face: the parameters in their units, and the rest. */
export type FaceParameters = { readonly [K in ParameterName]: number } & {
  readonly age: number;
  readonly sex: "female" | "male";
  readonly marks: readonly Mark[];
  readonly scar: Scar | null;
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

/** Faces differ this much more than the table's spreads: see {@link spreadOut}. */
const SPREAD = 1.32;

/**
 * A coordinate as it is worn: unit spread, but pushed from the middle towards the limits, so that
 * faces differ more without any of them being stranger. An odd cubic, level at ±LATENT_LIMIT,
 * where it is 1.9 (a normal draw of unit spread would be 2.47 there).
 */
function spreadOut(z: number): number {
  const level = 3 * LATENT_LIMIT * LATENT_LIMIT;
  return (z * (level - z * z)) / 12.8;
}

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

/** Visits of one year; the next ten are five years later. */
export const VISITS_PER_AGE = 10;
const YEARS_BETWEEN = 5;

/** The face of a subject on this visit; from visit {@link VISITS_PER_AGE} on, five years older. */
export function faceOf(subject: Subject): FaceParameters {
  const { age: first, sex } = kinAgeAndSex(subject);
  const age = first + YEARS_BETWEEN * Math.floor(subject.visit / VISITS_PER_AGE);
  const latents = latentsOf(subject);
  const numbers: Partial<Record<ParameterName, number>> = {};
  PARAMETER_NAMES.forEach((name, i) => {
    const [mean, spread, female] = PARAMETERS[name];
    numbers[name] = mean + (sex === "female" ? female : 0) +
      SPREAD * spread * spreadOut(latents[i] ?? 0);
  });
  const drawn = numbers as Record<ParameterName, number>;
  growOld(drawn, age);
  drift(drawn, subject);
  fitTogether(drawn);
  const lineage = subject.kin === "self"
    ? `person/${subject.person}`
    : `person/${subject.person}/${subject.kin}`;
  return {
    ...drawn,
    age,
    sex,
    marks: drawMarks(`${lineage}/marks`, age),
    scar: drawScar(`${lineage}/scar`, age),
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

/** One in eight carries a scar, the old more often. */
function drawScar(name: string, age: number): Scar | null {
  const s = randomStream(name);
  if (s.uniform() > 0.08 + age / 800) return null;
  const x = 5 * (2 * s.uniform() - 1);
  const y = -7 + 12 * s.uniform();
  const u = 2 * s.uniform() - 1;
  const dy = Math.sqrt(1 - u * u);
  return {
    x,
    y,
    dx: u,
    dy,
    half: 0.5 + 0.9 * s.uniform(),
    bend: 2 * s.uniform() - 1,
    pale: 0.5 + 0.5 * s.uniform(),
  };
}
