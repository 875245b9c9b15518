/**
 * What the liveness model looks at: a square of the real scene round the face, in five planes.
 *
 * The square is 1.8 times the box, the face in its middle, where the model looks for it. Where it leaves
 * the picture the picture's edge goes on: a model reads a black border as the edge of a photograph, and
 * a square that was moved inside had the face of somebody in a wheelchair, low in the picture, beside the
 * place where brows and lips are looked for. Depth is taken relative to the face, so that the model sees
 * shape and not distance.
 *
 * @module
 */
import { assert } from "../assert.ts";
import type { LivenessChannels } from "./manifest.ts";
import type { Exposure } from "./picture.ts";

/** Side of a plane of the project's own models, pixels; a pack's may be another. */
export const PLANE_SIZE = 160;
/** Red, green, blue, near infrared, depth. */
export const PLANE_COUNT = 5;
/** Side of the square as a multiple of the box's longer side. */
export const PLANE_MARGIN = 1.8;
/** Depth further from the face than this, mm, is told apart no more. */
const DEPTH_REACH_MM = 150;
/** The grey of a plane that is not there; half of the pictures a model learns from have some. */
const SAYS_NOTHING = 128;

/** A square, whole pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/**
 * The square of `margin` times a box (x, y, w, h), moved and shrunk until it lies in the picture: for
 * models that want it so (`crop.border`).
 */
export function squareAround(
  box: readonly [number, number, number, number],
  width: number,
  height: number,
  margin: number,
): Square {
  const [bx, by, bw, bh] = box;
  const side = Math.min(sideAround(box, margin), width, height);
  const held = (value: number, high: number) => Math.max(0, Math.min(Math.round(value), high));
  return {
    x: held(bx + bw / 2 - side / 2, width - side),
    y: held(by + bh / 2 - side / 2, height - side),
    side,
  };
}

function sideAround([, , w, h]: readonly [number, number, number, number], margin: number): number {
  return Math.max(8, Math.round(margin * Math.max(w, h)));
}

/**
 * Five planes of `size` × `size` bytes. Colour and infrared are means over the source pixels; depth is
 * 128 at the face, 1 at 150 mm nearer, 255 at 150 mm further and where nothing was read. A sensor
 * that gave nothing at all is shown as the model knows machines without it.
 */
export function livenessPlanes(
  exposure: Exposure,
  box: readonly [number, number, number, number],
  size = PLANE_SIZE,
): Uint8Array {
  const side = sideAround(box, PLANE_MARGIN);
  const left = Math.round(box[0] + box[2] / 2 - side / 2);
  const top = Math.round(box[1] + box[3] / 2 - side / 2);
  const face = medianDepth(exposure, box);
  const plane = size * size;
  const planes = new Uint8Array(PLANE_COUNT * plane);
  for (let v = 0; v < size; v++) {
    const [y0, y1] = span(top, side, v, size);
    for (let u = 0; u < size; u++) {
      const [x0, x1] = span(left, side, u, size);
      fillPixel(exposure, x0, x1, y0, y1, face, planes, v * size + u);
    }
  }
  // A covered lens still has noise: nothing but zeros is a sensor that was not read.
  if (unread(exposure.nir)) planes.fill(SAYS_NOTHING, 3 * plane, 4 * plane);
  if (unread(exposure.depth)) planes.fill(SAYS_NOTHING, 4 * plane);
  return planes;
}

function unread(samples: Uint8Array | Uint16Array): boolean {
  return samples.every((sample) => sample === 0);
}

/** The same planes without infrared and depth, or without depth: a grey that says nothing. */
export function blanked(planes: Uint8Array, channels: LivenessChannels): Uint8Array {
  const plane = planes.length / PLANE_COUNT;
  const kept = channels === "rgb" ? 3 : channels === "rgb+nir" ? 4 : PLANE_COUNT;
  return planes.slice().fill(SAYS_NOTHING, kept * plane);
}

/** Source pixels [from, to) of output pixel `i` of `size`; at least one. */
function span(start: number, side: number, i: number, size: number): [from: number, to: number] {
  const from = start + Math.floor((i * side) / size);
  const to = start + Math.floor(((i + 1) * side) / size);
  return [from, Math.max(to, from + 1)];
}

function fillPixel(
  exposure: Exposure,
  x0: number,
  x1: number,
  y0: number,
  y1: number,
  face: number | null,
  planes: Uint8Array,
  at: number,
): void {
  const { width, height, rgb, nir, depth } = exposure;
  const plane = planes.length / PLANE_COUNT;
  let [red, green, blue, infrared, far, read] = [0, 0, 0, 0, 0, 0];
  for (let y = y0; y < y1; y++) {
    const row = width * (y < 0 ? 0 : y < height ? y : height - 1);
    for (let x = x0; x < x1; x++) {
      const i = row + (x < 0 ? 0 : x < width ? x : width - 1);
      red += rgb[3 * i] ?? 0;
      green += rgb[3 * i + 1] ?? 0;
      blue += rgb[3 * i + 2] ?? 0;
      infrared += nir[i] ?? 0;
      const d = depth[i] ?? 0;
      far += d;
      read += d > 0 ? 1 : 0;
    }
  }
  const count = (x1 - x0) * (y1 - y0);
  planes[at] = Math.floor(red / count + 0.5);
  planes[plane + at] = Math.floor(green / count + 0.5);
  planes[2 * plane + at] = Math.floor(blue / count + 0.5);
  planes[3 * plane + at] = Math.floor(infrared / count + 0.5);
  planes[4 * plane + at] = face === null || 2 * read < count ? 255 : relative(far / read - face);
}

function relative(beyond_mm: number): number {
  const value = Math.floor(128 + (beyond_mm * 127) / DEPTH_REACH_MM + 0.5);
  return value < 1 ? 1 : value > 255 ? 255 : value;
}

/** Median of the readings in the middle half of the box, mm; null where there are none. */
export function medianDepth(
  exposure: Exposure,
  box: readonly [number, number, number, number],
): number | null {
  const { width, height, depth } = exposure;
  const [bx, by, bw, bh] = box;
  const x0 = Math.max(0, Math.floor(bx + bw / 4));
  const y0 = Math.max(0, Math.floor(by + bh / 4));
  const x1 = Math.min(width, Math.ceil(bx + (3 * bw) / 4));
  const y1 = Math.min(height, Math.ceil(by + (3 * bh) / 4));
  const readings: number[] = [];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const d = depth[y * width + x] ?? 0;
      if (d > 0) readings.push(d);
    }
  }
  if (readings.length === 0) return null;
  const sorted = Uint16Array.from(readings).sort();
  const middle = sorted[sorted.length >> 1];
  assert(middle !== undefined, "a list with readings has a middle");
  return middle;
}
