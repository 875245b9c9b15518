/**
 * The shape of the head: an ellipsoid with a jaw, and features as bells pushed out of the face.
 *
 * ```
 *          crown  y ≈ 11
 *        ┌───────┐  hairline 6.6
 *        │ ─   ─ │  brows 2.5
 *        │ ◉   ◉ │  eyes 0.85
 *        │   )   │  nose tip −2.9
 *         \ ─── /   mouth −6
 *          \___/    chin −9.8
 * ```
 *
 * Coordinates of the features follow the mesh prototype measured in the design notes; the head is
 * a grid of {@link HEAD_COLUMNS} meridians × {@link HEAD_ROWS} parallels, dense on the face, with
 * one row of cells lying exactly on the line between the lips, so that the mouth can open there.
 *
 * @module
 */
import { clamp, cos, PI, sin } from "../../core/numeric/mod.ts";
import { bell, bell2, step } from "./fast_math.ts";
import type { FaceParameters } from "./person.ts";

export const HEAD_COLUMNS = 92;
export const HEAD_ROWS = 98;
const FRONT_COLUMNS = 72;
const FRONT_REACH = 1.75; // radians of azimuth that the dense columns cover, about 100°
const ROW_CM = 0.18;
const ROWS_BELOW = 14;
const ROWS_FACE = 60;

/** The grid of one head: positions at rest, and how far features were pushed out. */
export interface HeadGrid {
  readonly position: Float32Array;
  /** Feature displacement along z, for the cavity occlusion. */
  readonly relief: Float32Array;
  readonly azimuth: Float32Array;
}

/** Azimuth of column i in radians: 0 is the front; the seam lies at the back, at −π. */
export function azimuthOf(column: number): number {
  const side = (HEAD_COLUMNS - FRONT_COLUMNS) / 2;
  const back = (PI - FRONT_REACH) / side;
  if (column < side) return -PI + back * column;
  if (column > side + FRONT_COLUMNS) {
    return FRONT_REACH + back * (column - side - FRONT_COLUMNS);
  }
  const t = (2 * (column - side)) / FRONT_COLUMNS - 1;
  return FRONT_REACH * (0.7 * t + 0.3 * t * t * t);
}

/** Height of the chin's underside below the origin. */
export function chinBottom(p: FaceParameters): number {
  return 10.7 + p.face_length + 0.7 * p.chin_length;
}

/** Heights of all rows, from under the chin to the crown. */
export function rowHeights(p: FaceParameters): Float64Array {
  const heights = new Float64Array(HEAD_ROWS);
  const mouth = mouthHeight(p);
  const low = mouth - ROW_CM * 10.5;
  const high = low + ROW_CM * (ROWS_FACE - 1);
  const bottom = chinBottom(p);
  const arcLow = angleOfSine(Math.min(0.995, -low / bottom));
  const arcHigh = angleOfSine(high / p.skull_height);
  const rowsAbove = HEAD_ROWS - ROWS_BELOW - ROWS_FACE;
  for (let j = 0; j < HEAD_ROWS; j++) {
    if (j < ROWS_BELOW) {
      heights[j] = -bottom * sin(PI / 2 + ((arcLow - PI / 2) * j) / ROWS_BELOW);
    } else if (j < ROWS_BELOW + ROWS_FACE) {
      heights[j] = low + ROW_CM * (j - ROWS_BELOW);
    } else {
      const t = (j - ROWS_BELOW - ROWS_FACE + 1) / rowsAbove;
      heights[j] = p.skull_height * sin(arcHigh + (PI / 2 - arcHigh) * t);
    }
  }
  return heights;
}

/** Height of the line between the lips, the longer face included. */
export function mouthHeight(p: FaceParameters): number {
  return p.mouth_height - 0.55 * p.face_length;
}

/** arcsine by bisection; set-up only. */
function angleOfSine(s: number): number {
  let low = 0;
  let high = PI / 2;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (sin(middle) < s) low = middle;
    else high = middle;
  }
  return low;
}

/** The head of a face at rest. */
export function headGrid(p: FaceParameters): HeadGrid {
  const position = new Float32Array(3 * HEAD_COLUMNS * HEAD_ROWS);
  const relief = new Float32Array(HEAD_COLUMNS * HEAD_ROWS);
  const azimuth = Float32Array.from({ length: HEAD_COLUMNS }, (_, i) => azimuthOf(i));
  const sines = Float64Array.from(azimuth, sin);
  const cosines = Float64Array.from(azimuth, cos);
  const heights = rowHeights(p);
  for (let j = 0; j < HEAD_ROWS; j++) {
    const y = heights[j] ?? 0;
    const ring = ringAt(p, y);
    for (let i = 0; i < HEAD_COLUMNS; i++) {
      const k = j * HEAD_COLUMNS + i;
      const c = cosines[i] ?? 0;
      const lean = p.jaw_asymmetry * step(-2, -9, y) * 7;
      const x = ring.half * (sines[i] ?? 0) + lean;
      const front = ring.front * powered(c > 0 ? c : 0, p.face_flatness);
      const z = c > 0 ? front : ring.back * c;
      const facing = step(0.02, 0.5, c) * step(-chinBottom(p), -chinBottom(p) + 1.2, y);
      const out = facing > 0 ? facing * features(p, x, y) : 0;
      relief[k] = out;
      position[3 * k] = x + (facing > 0 ? facing * sideways(p, x, y) : 0);
      position[3 * k + 1] = y + facing * p.nose_tip_lift * 0.5 *
          bell2(x, y - noseTip(p), 0.9, 0.7);
      position[3 * k + 2] = z + out;
    }
  }
  return { position, relief, azimuth };
}

/** x^e for x in 0…1 and e in 0.4…1.2 from square roots: exact and smooth. */
function powered(x: number, e: number): number {
  const half = Math.sqrt(x);
  const quarter = Math.sqrt(half);
  // between x^½ and x¹, linear in the exponent: monotone and zero at zero
  return e <= 0.5
    ? half + (quarter - half) * ((0.5 - e) / 0.25)
    : half + (x - half) * ((e - 0.5) / 0.5);
}

/** The horizontal section at a height: half width, front and back depth. */
function ringAt(p: FaceParameters, y: number) {
  const limit = y > 0 ? p.skull_height : chinBottom(p);
  const s = Math.min(1, (y > 0 ? y : -y) / limit);
  const c = Math.sqrt(1 - s * s);
  const below = step(-2.5, -9.5, y);
  const jaw = 1 + p.jaw_width * bell(y + 6, 2.4) - p.jaw_taper * below * 1.15;
  const brow = 1 + (p.forehead_width + 0.05) * bell(y - 4.6, 3);
  const half = p.face_width * (y > 0 ? powered(c, 0.74) : powered(c, 0.8)) * jaw * brow;
  const slope = 0.35 * p.forehead_slope * step(2, 7, y);
  const front = (p.head_depth + slope) * (y > 0 ? powered(c, 0.86) : powered(c, 0.52));
  const back = p.head_depth * powered(c, 0.9) * (1 - 0.42 * step(-1, -9, y));
  return { half, front: front - 0.5 * step(-1, -8, y) + upright(p, y), back };
}

/**
 * How far a face stands before an egg of its length and depth, cm: seen from the side forehead, brows,
 * lips and chin lie near one upright line (Arnett's soft-tissue means put the chin 4 mm, the lips 10 mm
 * before the glabella, Asian ones a little behind those), with the nose two centimetres before it.
 */
function upright(p: FaceParameters, y: number): number {
  const bottom = chinBottom(p);
  return 2.35 * step(-1, -9, y) * step(-bottom, -bottom + 1.3, y) +
    0.95 * step(2, 5.2, y) * step(p.skull_height, 6.6, y);
}

/** Height of the nose's tip. */
export function noseTip(p: FaceParameters): number {
  return p.nose_tip_height - 0.2 * p.face_length;
}

/** Height of one eye: side −1 picture left, 1 picture right. */
export function eyeHeight(p: FaceParameters, side: number): number {
  return p.eye_height + side * p.eye_asymmetry;
}

/** Everything that is pushed out of the face along z at (x, y). */
function features(p: FaceParameters, x: number, y: number): number {
  return paired(p, x, y, -1) + paired(p, x, y, 1) + nose(p, x, y) + mouthAndChin(p, x, y) +
    p.bump_glabella * bell2(x, y - p.eye_height - 1.3, 0.9, 0.9) +
    p.forehead_slope * 0.3 * bell2(x, y - 4.6, 3.2, 1.6);
}

function paired(p: FaceParameters, x: number, y: number, side: number): number {
  const ex = side * p.eye_spacing;
  const ey = eyeHeight(p, side);
  const a = side * x;
  return -p.eye_depth * bell2(x - ex * 0.97, y - ey - 0.35, 1.5, 0.95) -
    0.35 * p.eye_depth * bell2(a - 1.75, y - ey, 0.6, 0.9) +
    p.eye_bulge * bell2(x - ex, y - ey, 1.05, 0.66) +
    p.brow_ridge * bell2(a - 2.9, y - ey - 1.5, 1.9, 0.6) -
    0.16 * p.eye_bag * bell2(x - ex, y - ey + 1.15, 1.1, 0.25) +
    p.cheekbone * bell2(a - 4.9, y - p.cheekbone_height, 1.7, 1.25) +
    p.cheek_fullness * bell2(a - 4.4, y + 4.4, 1.8, 1.9) +
    p.bump_temple * bell2(a - 6, y - 3.2, 1.3, 1.9) +
    p.bump_zygoma * bell2(a - 4.6, y - ey + 1.7, 1.1, 0.9) +
    p.bump_maxilla * bell2(a - 2.5, y + 1.9, 0.9, 1.4) +
    p.bump_jowl * bell2(a - 3.3, y + 7.2, 1.2, 1.1) +
    p.bump_forehead * bell2(a - 2.4, y - 4.2, 1.7, 1.2) -
    p.nasolabial * foldDepth(p, a, y);
}

/** The fold from the wing of the nose past the corner of the mouth: 1 on its line. */
export function foldDepth(p: FaceParameters, a: number, y: number): number {
  const top = noseTip(p) + 0.1;
  const bottom = mouthHeight(p) - 0.6;
  const t = clamp((top - y) / (top - bottom), -0.3, 1.3);
  const line = p.nose_wing + 0.35 + (p.mouth_width + 0.35 - p.nose_wing) * t;
  return bell(a - line, 0.3) * step(-0.25, 0.15, t) * step(1.25, 0.8, t);
}

function nose(p: FaceParameters, x: number, y: number): number {
  const tip = noseTip(p);
  const root = p.eye_height + 0.9;
  const t = clamp((root - y) / (root - tip), 0, 1);
  const middle = p.nose_bridge + p.nose_hump;
  // a parabola through root, middle and tip
  const curve = p.nose_root + t * (4 * middle - 3 * p.nose_root - p.nose_tip) +
    t * t * (2 * p.nose_root + 2 * p.nose_tip - 4 * middle);
  const fade = y > root ? bell(y - root, 0.9) : y < tip ? bell(y - tip, 0.46) : 1;
  const t3 = t * t * t;
  const width = p.nose_bridge_width + (p.nose_tip_width - p.nose_bridge_width) * t3;
  const ridge = curve * fade * bell(x - p.nose_deviation * t, width);
  const wingY = tip - 0.1 + p.nose_wing_height;
  const wing = bell2(x - p.nose_wing * 0.74, y - wingY, 0.46, 0.5) +
    bell2(x + p.nose_wing * 0.74, y - wingY, 0.46, 0.5);
  return ridge + wing * (0.42 + 0.24 * p.nose_tip);
}

function mouthAndChin(p: FaceParameters, x: number, y: number): number {
  const m = mouthHeight(p);
  const w = p.mouth_width;
  const chin = -(chinBottom(p) - 1.1);
  return p.lip_protrusion * bell2(x, y - m - 0.3, w * 0.56, 0.4) +
    p.lip_protrusion * bell2(x, y - m + 0.38, w * 0.5, 0.42) +
    0.45 * bell2(x, y - m, 2.5, 1.5) - 0.2 * bell2(x, y - m, w * 0.62, 0.14) -
    0.16 * bell2(Math.abs(x) - w * 1.02, y - m, 0.35, 0.35) -
    p.philtrum * bell2(x, y - m - 1, 0.22, 0.5) -
    0.34 * bell2(x, y - m + 1.55, 1.5, 0.42) +
    p.chin_protrusion * bell2(x, y - chin, p.chin_width, 1) -
    p.chin_cleft * bell2(x, y - chin, 0.25, 0.6);
}

/** Widening along x: cheekbones, wings of the nose, full cheeks. */
function sideways(p: FaceParameters, x: number, y: number): number {
  const side = x < 0 ? -1 : 1;
  const a = Math.abs(x);
  return side *
    (0.3 * p.cheekbone * bell2(a - 6.2, y - p.cheekbone_height, 1.4, 1.5) +
      0.5 * p.cheek_fullness * bell2(a - 5.6, y + 4.6, 1.6, 2.2) +
      0.5 * p.bump_temple * bell2(a - 6.6, y - 3.4, 1.3, 2));
}

/** Cavity occlusion 0.37…1: darker where the relief lies below its neighbourhood. */
export function cavity(grid: HeadGrid): Float32Array {
  const smooth = boxed(boxed(grid.relief, 3), 3);
  return grid.relief.map((own, k) => clamp(1 - 0.7 * ((smooth[k] ?? 0) - own), 0.37, 1.08));
}

/** Means over (2 · reach + 1)² neighbours: running sums along the rings, then across them. */
function boxed(values: Float32Array, reach: number): Float32Array {
  const across = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  const share = 1 / (2 * reach + 1);
  for (let j = 0; j < HEAD_ROWS; j++) {
    const row = j * HEAD_COLUMNS;
    for (let i = 0; i < HEAD_COLUMNS; i++) {
      let sum = 0;
      for (let e = -reach; e <= reach; e++) {
        sum += values[row + ((i + e + HEAD_COLUMNS) % HEAD_COLUMNS)] as number;
      }
      across[row + i] = sum * share;
    }
  }
  for (let j = 0; j < HEAD_ROWS; j++) {
    for (let i = 0; i < HEAD_COLUMNS; i++) {
      let sum = 0;
      for (let d = -reach; d <= reach; d++) {
        const jj = j + d < 0 ? 0 : j + d >= HEAD_ROWS ? HEAD_ROWS - 1 : j + d;
        sum += across[jj * HEAD_COLUMNS + i] as number;
      }
      out[j * HEAD_COLUMNS + i] = sum * share;
    }
  }
  return out;
}
