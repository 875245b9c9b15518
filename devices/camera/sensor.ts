/**
 * From linear light to bytes: exposure, lens, sensor noise, transfer curve; and the depth sensor.
 *
 * Noise is a run of a table of normal draws; line and seed say where it begins, so it needs no state.
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
/** Normal draws; the first line's worth stands again at the end, so that no run wraps round. */
const DRAWS = new Float32Array((1 << DRAWS_BITS) + WIDTH);
for (let i = 0; i < 1 << DRAWS_BITS; i++) DRAWS[i] = draws.normal();
DRAWS.copyWithin(1 << DRAWS_BITS, 0, WIDTH);

/** Where in {@link DRAWS} the noise of line y begins. */
function drawsOf(y: number, seed: number): number {
  return hash3(y, 7, seed) >>> (32 - DRAWS_BITS);
}

/** Light above this is the street or a lamp: a colour exposure is not taken from it. */
const METER_TOP = 1.2;
/** With less weight than this left, street and lamps are the picture. */
const METER_LEAST = 100;

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

/** A picture's rectangle: left, top, width, height in pixels. */
type Box = readonly [number, number, number, number];

/** How much more than the room a pixel of the face counts: exposed is who stands there, not the wall. */
const FACE_WEIGHT = 12;

/**
 * As {@link metered}, without street and lamps, and for the face, if the camera has one before it. Its
 * box is the true one, of a printed face too: a camera that exposes for faces is taken to find them.
 */
function meteredForFace(channel: Float32Array, face: Box | null): number {
  const [x, y, w, h] = face ?? [0, 0, 0, 0];
  // the middle of it: round the box there are hair and wall
  const left = x + 0.2 * w, right = x + 0.8 * w, top = y + 0.2 * h, bottom = y + 0.85 * h;
  let sum = 0;
  let count = 0;
  for (let py = 30; py < 210; py += 4) {
    for (let px = 70; px < 250; px += 4) {
      const v = channel[py * WIDTH + px] as number;
      if (v > METER_TOP) continue;
      const isFace = px > left && px < right && py > top && py < bottom;
      const weight = isFace ? FACE_WEIGHT : 1;
      sum += weight * v;
      count += weight;
    }
  }
  return count < METER_LEAST ? metered(channel) : sum / count;
}

const line = new Float32Array(PIXELS);

/**
 * Lens blur and the camera's own sharpening together, as one kernel (SIDE, MIDDLE, SIDE)
 * along each axis: a camera of this kind sharpens a little more than its lens blurs.
 */
const SIDE = -0.06;
const MIDDLE = 1 - 2 * SIDE;

/** The horizontal half of that kernel, into `line`. */
function blurAcross(channel: Float32Array): void {
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * WIDTH;
    let before = channel[row] as number;
    let here = before;
    for (let x = 0; x < WIDTH; x++) {
      const next = channel[x + 1 < WIDTH ? row + x + 1 : row + x] as number;
      line[row + x] = SIDE * before + MIDDLE * here + SIDE * next;
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
  // in steps of the curve: signal = lit · light, variance = spread · light + floor
  const lit = gain * scale;
  const spread = shot * gain * gain * scale * scale;
  const floor = read * read * gain * gain * scale * scale;
  for (let y = 0; y < HEIGHT; y++) {
    const row = y * WIDTH;
    const noise = drawsOf(y, seed);
    const above = y > 0 ? row - WIDTH : row;
    const under = y + 1 < HEIGHT ? row + WIDTH : row;
    let to = offset + stride * row;
    for (let x = 0; x < WIDTH; x++, to += stride) {
      const light = SIDE * ((line[above + x] as number) + (line[under + x] as number)) +
        MIDDLE * (line[row + x] as number);
      const i = (lit * light +
        Math.sqrt((light > 0 ? spread * light : 0) + floor) * (DRAWS[noise + x] as number)) |
        0;
      out[to] = CURVE[i < 0 ? 0 : i > CURVE_STEPS ? CURVE_STEPS : i] as number;
    }
  }
}

/**
 * The colour picture. The gain follows the face and, less, the middle of the frame, and stops at the
 * rig's limit; `off` is the factor by which the exposure misses that.
 */
export function exposeColour(rig: Rig, seed: number, off = 1, face: Box | null = null): Uint8Array {
  const out = new Uint8Array(3 * PIXELS);
  const mean = meteredForFace(frame.green, face);
  const wish = 0.25 / (mean + 0.01);
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
    const noise = drawsOf(y, seed * 4 + 5);
    const lost = drawsOf(y, seed * 4 + 6);
    const row = y * WIDTH;
    for (let x = 0; x < WIDTH; x++) {
      const k = row + x;
      if (unread[k] === 1) continue;
      const near = nearness[k] as number;
      if (near > 0) {
        // own silhouette, and the shadow of something nearer
        const left = x > 0 ? nearness[k - 1] as number : near;
        const right = x + 1 < WIDTH ? nearness[k + 1] as number : near;
        const far = x > 2 ? nearness[k - 3] as number : near;
        const edge = 0.94 * near;
        if (left < edge || right < edge || near < left * 0.94 || near < far * 0.94) continue;
      } else if (
        x > 0 && ((nearness[k - 1] as number) > 0 || x > 2 && (nearness[k - 3] as number) > 0)
      ) {
        continue;
      }
      const mm = near > 0 ? 10 / near : 10 * (background[k] as number);
      if (mm < 120 || mm > 6000) continue;
      const square = mm * mm * 1e-6;
      if (sun > 0 && (DRAWS[lost + x] as number) > 2.2 - 2.6 * sun) continue;
      const spread = (0.3 + DEPTH_NOISE_MM * square) * (1 + 2 * sun);
      const noisy = mm + spread * (DRAWS[noise + x] as number);
      const step = 0.25 + DEPTH_STEP_MM * square;
      out[k] = (((noisy / step + 0.5) | 0) * step + 0.5) | 0;
    }
  }
  return out;
}
