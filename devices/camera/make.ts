/**
 * What makes one print, cloth or screen differ from another of its species.
 *
 * @module
 */
import { randomStream } from "../../core/numeric/mod.ts";
import { noise2 } from "./fast_math.ts";
import { type AttackSpecies, SPECIES } from "./species.ts";

/** A specimen: sizes in cm, optics as factors. */
export interface Make {
  readonly species: AttackSpecies;
  width: number;
  height: number;
  /** Curvature across: z = bend · x². */
  bend: number;
  /** Height of the wrinkles of cloth. */
  wrinkle: number;
  margin: number;
  bright: number;
  contrast: number;
  warmth: number;
  halftone: number;
  residue: number;
  seed: number;
  /** Rows of the pictured shot that are on it. */
  crop: number;
}

/** Prints whose picture is as large as the face itself. */
const LIFE_SIZE_CROP = 176;

/** The specimen of this number; the first draws are those of a plain print or phone. */
export function makeOf(species: AttackSpecies, instrument: number): Make {
  const s = randomStream(`instrument/${species}/${instrument}`);
  const print = SPECIES[species].body !== "screen";
  const scale = s.uniform();
  const width = print ? 16 + 5 * scale : 6.6 + 1.4 * scale;
  const make: Make = {
    species,
    width,
    height: width * (print ? 1.33 + 0.08 * s.uniform() : 1.95 + 0.2 * s.uniform()),
    bend: print ? 0.022 * s.normal() : 0,
    margin: print ? 0.3 + 0.9 * s.uniform() : 0.25 + 0.35 * s.uniform(),
    bright: print ? 0.78 + 0.14 * s.uniform() : 0.55 + 0.75 * s.uniform(),
    contrast: 0.9 + 0.25 * s.uniform(),
    warmth: 0.1 * s.normal(),
    halftone: s.uniform(),
    residue: 0.1 + 0.22 * s.uniform(),
    seed: s.integer(0, 0x7fffffff),
    wrinkle: 0,
    crop: 240,
  };
  switch (species) {
    case "printed-photo":
    case "phone-replay":
    case "phone-video":
    case "resin-mask":
    case "silicone-mask":
    case "mannequin-head":
      return make;
    case "glossy-print":
      return { ...make, halftone: 0, contrast: make.contrast * 1.08, bend: make.bend * 0.6 };
    case "matt-print":
      return { ...make, halftone: 0.4, contrast: make.contrast * 0.88, bright: 0.74 };
    case "bent-print":
      return { ...make, bend: (s.uniform() < 0.3 ? 1 : -1) * (0.028 + 0.03 * s.uniform()) };
    case "eye-hole-print":
      return { ...make, ...lifeSize(15.5, 1.42), bend: -0.012 - 0.008 * s.uniform() };
    case "paper-mask":
      return { ...make, ...lifeSize(16.5, 1.4), bend: -0.045 - 0.014 * s.uniform() };
    case "cloth-print":
      return { ...make, wrinkle: 0.35 + 0.35 * s.uniform(), bright: 0.6, contrast: 0.85 };
    case "tablet-photo":
    case "tablet-video": {
      const wide = 13.5 + 2.6 * scale;
      return { ...make, width: wide, height: wide * 1.4, margin: 0.75 + 0.5 * s.uniform() };
    }
  }
}

/** A sheet on which the face of a shot from 330 mm is as large as it is in the flesh. */
function lifeSize(width: number, shape: number): Partial<Make> {
  return { width, height: width * shape, margin: 0, crop: LIFE_SIZE_CROP };
}

/** How far the sheet stands out of its plane at a point, cm. */
export function sheetDepth(make: Make, x: number, y: number): number {
  const z = make.bend * x * x;
  if (make.wrinkle === 0) return z;
  const folds = noise2(0.28 * x + 0.1 * y, 0.11 * y, make.seed) +
    0.35 * noise2(0.7 * x, 0.5 * y, make.seed + 1);
  return z + make.wrinkle * folds;
}
