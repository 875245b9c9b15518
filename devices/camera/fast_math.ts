/**
 * Small exact functions for the renderer's inner loops.
 *
 * `core/numeric` gives exact transcendental functions, but slowly. Here they are tabulated once:
 * a table built from exact values and read with exact arithmetic is itself exact, so pictures keep
 * the same bits on every machine (rule 9).
 *
 * @module
 */
import { exp } from "../../core/numeric/mod.ts";

const GAUSS_STEPS_PER_UNIT = 256;
const GAUSS_REACH = 12;
const GAUSS = Float64Array.from(
  { length: GAUSS_STEPS_PER_UNIT * GAUSS_REACH + 2 },
  (_, i) => exp(-i / GAUSS_STEPS_PER_UNIT),
);

/** e^−q for q ≥ 0, zero beyond q = 12; linear between the steps of a table. */
export function fall(q: number): number {
  if (q >= GAUSS_REACH) return 0;
  const at = q * GAUSS_STEPS_PER_UNIT;
  const i = at | 0;
  const low = GAUSS[i] as number;
  return low + ((GAUSS[i + 1] as number) - low) * (at - i);
}

/** A bell of height 1 with standard deviations (sx, sy). */
export function bell2(dx: number, dy: number, sx: number, sy: number): number {
  const x = dx / sx;
  const y = dy / sy;
  return fall(0.5 * (x * x + y * y));
}

/** A bell of height 1 with standard deviation s. */
export function bell(d: number, s: number): number {
  const q = d / s;
  return fall(0.5 * q * q);
}

/** 0 below `a`, 1 above `b`, a smooth cubic between; `a > b` gives the mirrored step. */
export function step(a: number, b: number, x: number): number {
  const t = (x - a) / (b - a);
  if (t <= 0) return 0;
  if (t >= 1) return 1;
  return t * t * (3 - 2 * t);
}

/** A well mixed 32-bit integer of three integers (murmur3's finaliser). */
export function hash3(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform in [0, 1) of three integers. */
export function chance(x: number, y: number, seed: number): number {
  return hash3(x, y, seed) * 2.3283064365386963e-10; // 2⁻³²
}

const LATTICE_BITS = 7;
const LATTICE_SIDE = 1 << LATTICE_BITS;
const LATTICE_MASK = LATTICE_SIDE * LATTICE_SIDE - 1;
/** Random heights −1…1; a seed picks another arrangement of the same numbers. */
const LATTICE = Float32Array.from(
  { length: LATTICE_SIDE * LATTICE_SIDE },
  (_, i) => 2 * chance(i & (LATTICE_SIDE - 1), i >> LATTICE_BITS, 0x5eed) - 1,
);

/** Smooth value noise, −1…1, one feature a unit; repeats after {@link LATTICE_SIDE} units. */
export function noise2(x: number, y: number, seed: number): number {
  const xi = Math.floor(x);
  const yi = Math.floor(y);
  const fx = x - xi;
  const fy = y - yi;
  const u = fx * fx * (3 - 2 * fx);
  const v = fy * fy * (3 - 2 * fy);
  let mixed = Math.imul(seed, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  const left = xi & (LATTICE_SIDE - 1);
  const right = (xi + 1) & (LATTICE_SIDE - 1);
  const low = yi << LATTICE_BITS;
  const high = low + LATTICE_SIDE;
  const a = LATTICE[((low | left) ^ mixed) & LATTICE_MASK] as number;
  const b = LATTICE[((low | right) ^ mixed) & LATTICE_MASK] as number;
  const c = LATTICE[((high | left) ^ mixed) & LATTICE_MASK] as number;
  const d = LATTICE[((high | right) ^ mixed) & LATTICE_MASK] as number;
  const under = a + (b - a) * u;
  return under + (c + (d - c) * u - under) * v;
}

/** Keeps the last few expensive results by key: least recently used goes first. */
export class Recent<T> {
  readonly #limit: number;
  readonly #items = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The item of this key, made by `make` when it is not at hand. */
  get(key: string, make: () => T): T {
    const found = this.#items.get(key);
    const item = found === undefined ? make() : found;
    this.#items.delete(key);
    this.#items.set(key, item);
    if (this.#items.size > this.#limit) {
      for (const oldest of this.#items.keys()) {
        this.#items.delete(oldest);
        break;
      }
    }
    return item;
  }
}
