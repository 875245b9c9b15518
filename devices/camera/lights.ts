/**
 * The lights of the lobby and the infrared lamp beside the lens.
 *
 * Directions point from the subject to the light in view axes (x right, y up, z to the camera);
 * colours are linear. `window` is how bright the street is, `wall` how bright the room.
 *
 * @module
 */
import type { Light } from "./scene.ts";

type Triple = readonly [number, number, number];

/** One lamp: direction (unit) and colour. */
export interface Lamp {
  readonly towards: Triple;
  readonly colour: Triple;
}

/** A whole illumination. */
export interface Rig {
  readonly lamps: readonly [Lamp, Lamp];
  /** Light from above and from below. */
  readonly sky: Triple;
  readonly ground: Triple;
  /** Near infrared that does not come from the camera's lamp. */
  readonly nirAmbient: number;
  readonly wall: Triple;
  readonly window: Triple;
  /** Largest gain of the automatic exposure. */
  readonly gainLimit: number;
  /** Share of the depth sensor's pattern that sunlight drowns, 0…1. */
  readonly drowned?: number;
}

function unit(x: number, y: number, z: number): Triple {
  const n = Math.sqrt(x * x + y * y + z * z);
  return [x / n, y / n, z / n];
}

/** Every rig by name. */
export const RIGS: Readonly<Record<Light, Rig>> = {
  "lobby-day": {
    lamps: [
      { towards: unit(-0.45, 0.7, 0.7), colour: [0.62, 0.6, 0.57] },
      { towards: unit(0.8, 0.15, 0.5), colour: [0.17, 0.19, 0.22] },
    ],
    sky: [0.5, 0.51, 0.53],
    ground: [0.24, 0.225, 0.21],
    nirAmbient: 0.05,
    wall: [0.72, 0.71, 0.69],
    window: [1.9, 2.05, 2.2],
    gainLimit: 2,
  },
  "lobby-night": {
    lamps: [
      { towards: unit(0.2, 0.85, 0.55), colour: [0.68, 0.58, 0.44] },
      { towards: unit(-0.1, -0.35, 0.9), colour: [0.1, 0.12, 0.16] },
    ],
    sky: [0.36, 0.32, 0.26],
    ground: [0.17, 0.15, 0.12],
    nirAmbient: 0.015,
    wall: [0.52, 0.46, 0.37],
    window: [0.02, 0.025, 0.04],
    gainLimit: 2.2,
  },
  backlight: {
    lamps: [
      { towards: unit(-0.5, 0.6, -0.55), colour: [1.1, 1.1, 1.1] },
      { towards: unit(0.2, 0.3, 0.9), colour: [0.22, 0.22, 0.23] },
    ],
    sky: [0.42, 0.43, 0.45],
    ground: [0.22, 0.21, 0.2],
    nirAmbient: 0.09,
    wall: [0.55, 0.55, 0.55],
    window: [5.5, 5.7, 6],
    gainLimit: 1.8,
  },
  "side-sun": {
    lamps: [
      { towards: unit(0.85, 0.4, 0.42), colour: [1.35, 1.2, 0.98] },
      { towards: unit(-0.5, 0.5, 0.7), colour: [0.12, 0.13, 0.15] },
    ],
    sky: [0.42, 0.43, 0.46],
    ground: [0.24, 0.22, 0.19],
    nirAmbient: 0.12,
    wall: [0.75, 0.71, 0.66],
    window: [3.2, 3.1, 2.9],
    gainLimit: 1.8,
  },
  dim: {
    lamps: [
      { towards: unit(-0.3, 0.8, 0.6), colour: [0.14, 0.128, 0.108] },
      { towards: unit(0.5, 0, 0.85), colour: [0.05, 0.05, 0.056] },
    ],
    sky: [0.098, 0.095, 0.09],
    ground: [0.055, 0.052, 0.05],
    nirAmbient: 0.01,
    wall: [0.13, 0.12, 0.108],
    window: [0.05, 0.06, 0.09],
    gainLimit: 4.2,
  },
  // the lamp over the machine is dead: what is left comes from one side
  "dead-lamp": {
    lamps: [
      { towards: unit(0.9, 0.35, 0.3), colour: [0.34, 0.31, 0.26] },
      { towards: unit(-0.2, 0.4, 0.9), colour: [0.015, 0.016, 0.018] },
    ],
    sky: [0.085, 0.08, 0.072],
    ground: [0.045, 0.042, 0.038],
    nirAmbient: 0.012,
    wall: [0.2, 0.18, 0.15],
    window: [0.02, 0.025, 0.04],
    gainLimit: 3.4,
  },
  // the sun through the door, full in the face: strong in the near infrared too
  "direct-sun": {
    lamps: [
      { towards: unit(0.42, 0.62, 0.66), colour: [2.7, 2.5, 2.15] },
      { towards: unit(-0.7, 0.2, 0.6), colour: [0.14, 0.16, 0.2] },
    ],
    sky: [0.4, 0.44, 0.52],
    ground: [0.34, 0.31, 0.27],
    nirAmbient: 0.3,
    wall: [0.8, 0.77, 0.72],
    window: [3.4, 3.4, 3.4],
    gainLimit: 1.6,
    drowned: 0.35,
  },
  // the thin air's sky and a white street behind: blue-white, twice as bright as at sea level
  "altitude-backlight": {
    lamps: [
      { towards: unit(-0.35, 0.75, -0.56), colour: [1.75, 1.8, 1.93] },
      { towards: unit(0.2, 0.3, 0.9), colour: [0.17, 0.175, 0.19] },
    ],
    sky: [0.34, 0.37, 0.44],
    ground: [0.2, 0.2, 0.2],
    nirAmbient: 0.16,
    wall: [0.52, 0.53, 0.56],
    window: [9, 9.5, 10.6],
    gainLimit: 1.5,
    drowned: 0.08,
  },
};

/** Radiance of the infrared lamp at 1 cm; skin at 45 cm is then about 0.5. */
export const NIR_LAMP = 1750;
