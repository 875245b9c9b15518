/**
 * From linear light to bytes: exposure, lens, sensor noise, transfer curve; and the depth sensor.
 *
 * Noise is a hash of pixel and seed that picks from a table of normal draws, so it needs no state.
 * Its spread is √(shot · signal + read²), both scaled by the gain.
 *
 * @module
 */
import { pow, randomStream } from "../../core/numeric/mod.ts";
import { hash3 } from "./fast_math.ts";
import * as frame from "./frame.ts";
import type { Rig } from "./lights.ts";

const { WIDTH, HEIGHT, PIXELS } = frame;

const CURVE_STEPS = 4096;
const CURVE_TOP = 2;

/** sRGB transfer with a soft shoulder: linear 0…2 in 4096 steps to a byte. */
const CURVE = Uint8Array.from({ length: CURVE_STEPS + 1 }, (_, i) => {
  const x = (CURVE_TOP * i) / CURVE_STEPS;
  const soft = x < 0.7 ? x : 0.7 + 0.3 * (1 - 1 / (1 + (x - 0.7) / 0.3));
  const s = soft <= 0.0031308 ? 12.92 * soft : 1.055 * pow(soft, 1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, s));
});

/** Linear light of an sRGB byte. */
export const LINEAR_OF_BYTE = Float32Array.from({ length: 256 }, (_, i) => {
  const s = i / 255;
  return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
});

const DRAWS_BITS = 13;
const draws = randomStream("camera/sensor-noise");
const DRAWS = Float32Array.from({ length: 1 << DRAWS_BITS }, () => draws.normal());

/** A normal draw for column x of a row whose hash is `row`. */
function gaussian(x: number, row: number): number {
  let h = Math.imul(row + x, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return DRAWS[(h ^ (h >>> 13)) >>> (32 - DRAWS_BITS)] as number;
}

/** Mean of a channel over the middle of the picture, every fourth pixel. */
function metered(channel: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let y = 30; y < 210; y += 4) {
    for (let x = 70; x < 250; x += 4) {
      const v = channel[y * WIDTH + x] as number;
      sum += v < 1.5 ? v : 1.5;
      count++;
    }
  }
  return sum / count;
}

const line = new Float32Array(PIXELS);

/** Horizontal half of the lens blur, ¼ ½ ¼, into `line`. */
function blurAcross(channel: Float32Array): void {
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * WIDTH;
    let before = channel[row] as number;
    let here = before;
    for (let x = 0; x < WIDTH; x++) {
      const next = channel[x + 1 < WIDTH ? row + x + 1 : row + x] as number;
      line[row + x] = 0.18 * before + 0.64 * here + 0.18 * next;
      before = here;
      here = next;
    }
  }
}

/** Exposes one channel into bytes at `offset`, every `stride`. */
function expose(
  channel: Float32Array,
  out: Uint8Array,
  offset: number,
  stride: number,
  gain: number,
  seed: number,
  shot: number,
  read: number,
): void {
  blurAcross(channel);
  const scale = CURVE_STEPS / CURVE_TOP;
  const spread = shot * gain;
  const floor = read * read * gain * gain;
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * WIDTH;
    const grain = hash3(y, 7, seed);
    const above = y > 0 ? row - WIDTH : row;
    const under = y + 1 < HEIGHT ? row + WIDTH : row;
    for (let x = 0; x < WIDTH; x++) {
      const light = gain * (0.18 * (line[above + x] as number) +
        0.64 * (line[row + x] as number) + 0.18 * (line[under + x] as number));
      const value = light + Math.sqrt(spread * light + floor) * gaussian(x, grain);
      const i = (value * scale) | 0;
      out[offset + stride * (row + x)] =
        CURVE[i < 0 ? 0 : i > CURVE_STEPS ? CURVE_STEPS : i] as number;
    }
  }
}

/**
 * The colour picture. The gain follows the middle of the frame and stops at the rig's limit; `off` is
 * the factor by which the exposure misses that.
 */
export function exposeColour(rig: Rig, seed: number, off = 1): Uint8Array {
  const out = new Uint8Array(3 * PIXELS);
  const mean = metered(frame.green);
  const wish = 0.225 / (mean + 0.01);
  const gain = off * (wish < 0.5 ? 0.5 : wish > rig.gainLimit ? rig.gainLimit : wish);
  expose(frame.red, out, 0, 3, gain, seed * 4 + 1, 0.00045, 0.0019);
  expose(frame.green, out, 1, 3, gain, seed * 4 + 2, 0.00035, 0.0015);
  expose(frame.blue, out, 2, 3, gain, seed * 4 + 3, 0.0006, 0.0023);
  return out;
}

/** The near-infrared picture; its gain follows half of what the distance takes away. */
export function exposeNir(seed: number, off = 1): Uint8Array {
  const out = new Uint8Array(PIXELS);
  const mean = metered(frame.nir);
  const wish = Math.sqrt(0.2 / (mean + 0.004));
  const gain = off * (wish < 0.4 ? 0.4 : wish > 2.6 ? 2.6 : wish);
  expose(frame.nir, out, 0, 1, gain, seed * 4 + 4, 0.0009, 0.004);
  return out;
}

/** Steps of the depth sensor in mm at 1 m; grows with the square of the distance. */
const DEPTH_STEP_MM = 1.4;
const DEPTH_NOISE_MM = 3.2;

/**
 * The structured-light depth picture, in mm: noise and steps grow with z², no reading at jumps of
 * depth (the pattern is hidden from one eye of the sensor), at dark or thin things, and at glass.
 * `sun` is the share of the pattern that sunlight drowns: more noise, and readings that fail.
 */
export function exposeDepth(background: Float32Array, seed: number, sun = 0): Uint16Array {
  const out = new Uint16Array(PIXELS);
  const { nearness, unread } = frame;
  for (let y = 0; y < HEIGHT; y++) {
    const grain = hash3(y, 7, seed * 4 + 5);
    for (let x = 0; x < WIDTH; x++) {
      const k = y * WIDTH + x;
      const near = nearness[k] as number;
      if (unread[k] === 1) continue;
      const left = nearness[x > 0 ? k - 1 : k] as number;
      const right = nearness[x + 1 < WIDTH ? k + 1 : k] as number;
      const far = nearness[x > 2 ? k - 3 : k] as number;
      const edge = 0.06 * near;
      if (left < near - edge || right < near - edge) continue; // own silhouette
      if (near < left * 0.94 || near < far * 0.94) continue; // shadow of something nearer
      const mm = near > 0 ? 10 / near : 10 * (background[k] as number);
      if (mm < 120 || mm > 6000) continue;
      const metres = mm / 1000;
      const square = metres * metres;
      if (sun > 0 && gaussian(x + 911, grain) > 2.2 - 2.6 * sun) continue;
      const noisy = mm + (0.3 + DEPTH_NOISE_MM * square) * (1 + 2 * sun) * gaussian(x, grain);
      const step = 0.25 + DEPTH_STEP_MM * square;
      out[k] = Math.round(Math.round(noisy / step) * step);
    }
  }
  return out;
}
