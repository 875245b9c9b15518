/**
 * Presentation attack instruments by species (ISO/IEC 30107): what each is and how it is held up.
 *
 * Each is an object of the scene with its own optics in all three channels. What gives it away
 * follows from what it is made of:
 *
 * ```
 *   prints, cloth   flat or bent in depth · dyes vanish in the near infrared
 *   screens         flat · black in the near infrared · glare, moiré, bands of the rolling shutter
 *   paper mask      a cylinder in depth · dyes vanish · a cut edge
 *   solid masks     true in depth · one even tone in the near infrared · highlights of a hard skin
 * ```
 *
 * @module
 */

/** Kinds of presentation attack instruments; more are added at the end only. */
export const ATTACK_SPECIES = [
  "printed-photo",
  "phone-replay",
  "glossy-print",
  "matt-print",
  "bent-print",
  "eye-hole-print",
  "cloth-print",
  "phone-video",
  "tablet-photo",
  "tablet-video",
  "paper-mask",
  "resin-mask",
  "silicone-mask",
  "mannequin-head",
] as const;
export type AttackSpecies = (typeof ATTACK_SPECIES)[number];

/** What an instrument is made of, as the renderer builds it. */
export interface SpeciesTraits {
  readonly body: "print" | "screen" | "mask";
  /** Distances at which it is held up so that its face is about as large as a face, mm. */
  readonly near_mm: number;
  readonly far_mm: number;
  /** Whether what it shows moves: a recording that plays. */
  readonly plays: boolean;
  /** Cut holes through which the holder's own eyes look. */
  readonly eyeHoles: boolean;
}

function traits(
  body: SpeciesTraits["body"],
  near_mm: number,
  far_mm: number,
  more: Partial<SpeciesTraits> = {},
): SpeciesTraits {
  return { body, near_mm, far_mm, plays: false, eyeHoles: false, ...more };
}

export const SPECIES: Readonly<Record<AttackSpecies, SpeciesTraits>> = {
  "printed-photo": traits("print", 250, 600),
  "phone-replay": traits("screen", 170, 330),
  "glossy-print": traits("print", 250, 600),
  "matt-print": traits("print", 250, 600),
  "bent-print": traits("print", 250, 600),
  "eye-hole-print": traits("print", 260, 600, { eyeHoles: true }),
  "cloth-print": traits("print", 260, 600),
  "phone-video": traits("screen", 170, 330, { plays: true }),
  "tablet-photo": traits("screen", 230, 480),
  "tablet-video": traits("screen", 230, 480, { plays: true }),
  "paper-mask": traits("print", 280, 600, { eyeHoles: true }),
  "resin-mask": traits("mask", 280, 620),
  "silicone-mask": traits("mask", 280, 620),
  "mannequin-head": traits("mask", 280, 620),
};
