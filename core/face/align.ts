/**
 * Alignment: the similarity that lays five landmarks on the usual template, and the warp by it.
 *
 * Only exact arithmetic (+ − × ÷), so a crop is the same bytes on every machine.
 *
 * @module
 */
import { assert } from "../assert.ts";

export type Point = readonly [x: number, y: number];

/** Side of the aligned picture, pixels. */
export const ALIGNED_SIZE = 112;

/**
 * Where eyes, nose tip and mouth corners lie in the aligned picture, image left first.
 * The template of ArcFace (Deng et al. 2019, insightface) that public recognisers are trained on.
 */
export const ALIGNED_TEMPLATE: readonly Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
];

/**
 * A similarity without reflection: x′ = a·x − b·y + tx, y′ = b·x + a·y + ty,
 * that is scale √(a² + b²) and a rotation.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/**
 * The similarity of least squares from one list of points to another of the same length
 * (Umeyama 1991; in the plane, without reflection, its closed form needs no decomposition).
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  assert(from.length === to.length && from.length >= 2, "two lists of two points or more");
  const [fx, fy] = mean(from);
  const [ux, uy] = mean(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  for (const [i, [px, py]] of from.entries()) {
    const target = to[i];
    assert(target !== undefined, "the lists are of one length");
    const x = px - fx;
    const y = py - fy;
    const u = target[0] - ux;
    const v = target[1] - uy;
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  }
  assert(spread > 0, "the points do not all lie on one spot");
  const a = along / spread;
  const b = across / spread;
  return { a, b, tx: ux - a * fx + b * fy, ty: uy - b * fx - a * fy };
}

/** The image of a point. */
export function transform(s: Similarity, [x, y]: Point): Point {
  return [s.a * x - s.b * y + s.tx, s.b * x + s.a * y + s.ty];
}

/** The similarity that undoes `s`. */
export function inverse(s: Similarity): Similarity {
  const squared = s.a * s.a + s.b * s.b;
  assert(squared > 0, "a similarity does not shrink everything to one spot");
  const a = s.a / squared;
  const b = -s.b / squared;
  return { a, b, tx: -(a * s.tx - b * s.ty), ty: -(b * s.tx + a * s.ty) };
}

/**
 * The picture (rgb, interleaved) as seen through `toAligned`: `side` × `side` × 3 bytes, bilinear,
 * black outside. A pixel's middle has whole coordinates.
 */
export function warp(
  rgb: Uint8Array,
  width: number,
  height: number,
  toAligned: Similarity,
  side = ALIGNED_SIZE,
): Uint8Array {
  assert(rgb.length === width * height * 3, "the picture has three bytes a pixel");
  const back = inverse(toAligned);
  const out = new Uint8Array(side * side * 3);
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < side; u++) {
      const x = back.a * u - back.b * v + back.tx;
      const y = back.b * u + back.a * v + back.ty;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      sample(rgb, width, height, left, top, x - left, y - top, out, (v * side + u) * 3);
    }
  }
  return out;
}

/** One bilinear sample; neighbours outside the picture count as black. */
function sample(
  rgb: Uint8Array,
  width: number,
  height: number,
  left: number,
  top: number,
  fx: number,
  fy: number,
  out: Uint8Array,
  at: number,
): void {
  const hasLeft = left >= 0 ? 1 - fx : 0;
  const hasRight = left + 1 < width ? fx : 0;
  const hasTop = top >= 0 ? 1 - fy : 0;
  const hasBottom = top + 1 < height ? fy : 0;
  const nw = Math.max(top, 0) * width + Math.max(left, 0);
  const ne = Math.max(top, 0) * width + Math.min(left + 1, width - 1);
  const sw = Math.min(top + 1, height - 1) * width + Math.max(left, 0);
  const se = Math.min(top + 1, height - 1) * width + Math.min(left + 1, width - 1);
  for (let c = 0; c < 3; c++) {
    const upper = (rgb[nw * 3 + c] ?? 0) * hasLeft + (rgb[ne * 3 + c] ?? 0) * hasRight;
    const lower = (rgb[sw * 3 + c] ?? 0) * hasLeft + (rgb[se * 3 + c] ?? 0) * hasRight;
    out[at + c] = Math.floor(upper * hasTop + lower * hasBottom + 0.5);
  }
}

function mean(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / points.length, y / points.length];
}
