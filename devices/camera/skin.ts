/**
 * The painted skin: one texture a person and visit, in four channels (red, green, blue, near
 * infrared; linear), laid over the grid of the head.
 *
 * Colours of skin run from pale to dark along measured sRGB swatches; in the near infrared
 * (850 nm) melanin hardly absorbs, so all skins are bright and smooth there. Eyes and lips are not
 * painted here: they move, and are drawn per pixel ({@link eyes}, {@link mouth}).
 *
 * @module
 */
import { clamp, mix, PI } from "../../core/numeric/mod.ts";
import { bell, bell2, chance, noise2, step } from "./fast_math.ts";
import { hairColour, type Reflectance, scalpCover, scalpLine } from "./hair.ts";
import {
  azimuthOf,
  chinBottom,
  eyeHeight,
  foldDepth,
  HEAD_COLUMNS,
  HEAD_ROWS,
  type HeadGrid,
  mouthHeight,
  noseTip,
} from "./head.ts";
import type { FaceParameters } from "./person.ts";

/** Texels a grid cell: about 0.8 mm on the face. */
const CELL_TEXELS = 3;
export const SKIN_WIDTH = HEAD_COLUMNS * CELL_TEXELS;
export const SKIN_HEIGHT = HEAD_ROWS * CELL_TEXELS;

/** Linear reflectances from pale to dark: Fitzpatrick I…VI, converted from sRGB swatches. */
const TONES: readonly (readonly [number, number, number])[] = [
  [0.76, 0.53, 0.42],
  [0.66, 0.42, 0.3],
  [0.52, 0.3, 0.195],
  [0.36, 0.19, 0.115],
  [0.2, 0.1, 0.06],
  [0.085, 0.045, 0.03],
];

/** The even colour of a person's skin, and its near infrared. */
export function skinColour(p: FaceParameters): Reflectance {
  const at = clamp(p.skin_tone, 0, 0.999) * (TONES.length - 1);
  const i = Math.floor(at);
  const low = TONES[i] ?? [0.5, 0.3, 0.2];
  const high = TONES[i + 1] ?? low;
  const t = at - i;
  const yellow = p.undertone;
  return [
    mix(low[0], high[0], t) * (1 - 0.02 * yellow),
    mix(low[1], high[1], t) * (1 + 0.05 * yellow),
    mix(low[2], high[2], t) * (1 - 0.1 * yellow),
    0.68 - 0.1 * p.skin_tone,
  ];
}

/** The colour under the brush: red, green, blue, near infrared. One for all texels: no garbage. */
const brush = new Float64Array(4);

/** Multiplies towards a tint by `amount`. */
function tint(r: number, g: number, b: number, n: number, amount: number): void {
  if (amount <= 0) return;
  const t = amount < 1 ? amount : 1;
  brush[0] = (brush[0] as number) * (1 + (r - 1) * t);
  brush[1] = (brush[1] as number) * (1 + (g - 1) * t);
  brush[2] = (brush[2] as number) * (1 + (b - 1) * t);
  brush[3] = (brush[3] as number) * (1 + (n - 1) * t);
}

/** Covers with a colour by `amount`. */
function cover(colour: Reflectance, amount: number): void {
  if (amount <= 0) return;
  const t = amount < 1 ? amount : 1;
  for (let c = 0; c < 4; c++) {
    const own = brush[c] as number;
    brush[c] = own + ((colour[c] as number) - own) * t;
  }
}

/** The texture of a head: SKIN_WIDTH × SKIN_HEIGHT × 4. */
export function paintSkin(p: FaceParameters, grid: HeadGrid): Float32Array {
  const out = new Float32Array(SKIN_WIDTH * SKIN_HEIGHT * 4);
  const base = skinColour(p);
  const hair = hairColour(p);
  marks = Float64Array.from(p.marks.flatMap(({ x, y, radius, dark }) => [x, y, radius, dark]));
  const azimuths = Float64Array.from(
    { length: SKIN_WIDTH },
    (_, u) => (azimuthOf(u / CELL_TEXELS) * 180) / PI,
  );
  const lines = azimuths.map((degrees) => scalpLine(p, degrees));
  for (let v = 0; v < SKIN_HEIGHT; v++) {
    const row = Math.min(v / CELL_TEXELS, HEAD_ROWS - 1.001);
    for (let u = 0; u < SKIN_WIDTH; u++) {
      restAt(grid, u / CELL_TEXELS, row);
      const x = REST[0] as number, y = REST[1] as number, z = REST[2] as number;
      const degrees = azimuths[u] as number;
      const scalp = 0.94 * scalpCover(p, degrees, y, lines[u] as number);
      brush.set(base);
      if (z > -1 && scalp < HIDDEN) paintFace(p, hair, x, y, z);
      cover(hair, scalp);
      const k = 4 * (v * SKIN_WIDTH + u);
      for (let c = 0; c < 4; c++) {
        const low = c < 3 ? 0.004 : 0.02;
        const value = brush[c] as number;
        out[k + c] = value < low ? low : value > 0.95 ? 0.95 : value;
      }
    }
  }
  return out;
}

/** The marks of the face under the brush: x, y, radius, darkness. */
let marks = new Float64Array(0);

/** Where so much hair covers the scalp, nothing of the skin is painted. */
const HIDDEN = 0.93;

const REST = new Float64Array(3);

/** The point of the resting head at a place of the grid, into {@link REST}. */
function restAt(grid: HeadGrid, column: number, line: number): void {
  const i = Math.floor(column);
  const j = Math.floor(line);
  const s = column - i;
  const t = line - j;
  const { position } = grid;
  const row = 3 * j * HEAD_COLUMNS;
  const here = row + 3 * i;
  const next = row + 3 * ((i + 1) % HEAD_COLUMNS);
  const up = 3 * HEAD_COLUMNS;
  for (let axis = 0; axis < 3; axis++) {
    const a = position[here + axis] as number, b = position[next + axis] as number;
    const c = position[here + up + axis] as number, d = position[next + up + axis] as number;
    const low = a + (b - a) * s;
    REST[axis] = low + (c + (d - c) * s - low) * t;
  }
}

function paintFace(p: FaceParameters, hair: Reflectance, x: number, y: number, z: number): void {
  paintComplexion(p, x, y);
  const a = x < 0 ? -x : x;
  const side = x < 0 ? -1 : 1;
  if (y > p.eye_height - 3 && y < p.eye_height + 2.6) paintSocket(p, a, y, side);
  paintFolds(p, x, a, y);
  if (p.age > 28) paintWrinkles(p, x, a, y);
  paintMarks(p, x, a, y);
  if (p.sex === "male") paintBeard(p, hair, x, a, y, z);
  if (y > p.eye_height && a < p.brow_start + 1.2 * p.brow_length) paintBrow(p, hair, a, y, side);
  paintNose(p, x, y);
}

/** Sun, blood and unevenness: what a skin is like before lines and marks. */
function paintComplexion(p: FaceParameters, x: number, y: number): void {
  const a = x < 0 ? -x : x;
  const tip = noseTip(p);
  const pale = 1 - 0.6 * p.skin_tone;
  const sun = bell2(x, y - 4.5, 4.5, 1.8) + bell2(x, y - tip - 1.2, 1, 1.8) +
    bell2(a - 4.4, y + 1.6, 1.8, 1.5);
  tint(0.86, 0.76, 0.7, 1, 0.55 * p.tan * sun);
  const cheek = bell2(a - 4.3, y + 2, 1.5, 1.3);
  tint(1.02, 0.72, 0.72, 1, p.flush * cheek * pale + 0.35 * p.habits.makeup * cheek);
  tint(1.02, 0.8, 0.8, 1, 0.5 * pale * bell2(x, y - tip, 0.9, 0.7));
  const patch = noise2(x * 0.7, y * 0.7, p.grain) + 0.6 * noise2(x * 1.9, y * 1.9, p.grain + 1);
  const fine = noise2(x * 6, y * 6, p.grain + 2);
  const shade = 1 + 0.055 * p.blotch * patch + 0.06 * fine;
  const blood = 0.02 * p.blotch * patch;
  brush[0] = (brush[0] as number) * shade;
  brush[1] = (brush[1] as number) * (shade - blood);
  brush[2] = (brush[2] as number) * (shade - blood);
  brush[3] = (brush[3] as number) * (1 + 0.015 * fine);
}

/** Lids, hollows and bags round one eye; `a` is how far from the middle. */
function paintSocket(p: FaceParameters, a: number, y: number, side: number): void {
  const dx = a - p.eye_spacing;
  const dy = y - eyeHeight(p, side);
  tint(0.72, 0.62, 0.62, 0.93, p.lid_shadow * bell2(dx, dy - 0.45, 1.5, 0.5));
  tint(0.8, 0.7, 0.72, 0.95, 0.9 * p.eye_bag * bell2(dx + 0.3, dy + 0.85, 1.1, 0.4));
  tint(0.78, 0.68, 0.68, 0.95, 0.55 * bell2(dx + 1.45, dy - 0.1, 0.4, 0.6));
  const trough = dy + 0.75 + 0.42 * (dx + 1.5);
  tint(0.76, 0.66, 0.66, 0.94, (0.16 + 0.5 * p.eye_bag) * bell(trough, 0.16) * bell(dx + 0.7, 0.7));
  const paint = p.habits.makeup * step(0.35, 0.8, p.habits.makeup);
  if (paint > 0) tint(0.62, 0.5, 0.58, 0.9, 0.7 * paint * bell2(dx, dy - 0.6, 1.4, 0.4));
}

/** What lies in its own shadow at every age: beside the nose, under the lip, the philtrum. */
function paintFolds(p: FaceParameters, x: number, a: number, y: number): void {
  const old = clamp((p.age - 28) / 45, 0, 1);
  const fold = foldDepth(p, a, y) * (0.2 + 0.6 * old) * clamp(p.nasolabial * 3.2, 0.1, 1.2);
  tint(0.66, 0.56, 0.54, 0.86, 0.7 * fold);
  const m = mouthHeight(p);
  if (y > m + 2.4 || y < m - 2.6) return;
  tint(0.78, 0.69, 0.68, 0.93, 0.6 * bell2(x, y - m + p.lower_lip + 0.42, 1.1, 0.2));
  const groove = bell(y - m - p.upper_lip - 0.5, 0.42);
  tint(0.8, 0.72, 0.71, 0.94, 3 * p.philtrum * groove * bell(x, 0.16));
  tint(1.1, 1.1, 1.1, 1.02, 2.5 * p.philtrum * groove * bell(a - 0.36, 0.12));
}

/** Lines of age: forehead, corners of the eyes, between the brows, round the mouth; spots. */
function paintWrinkles(p: FaceParameters, x: number, a: number, y: number): void {
  const old = clamp((p.age - 28) / 45, 0, 1);
  let line = 0;
  if (y > p.eye_height + p.brow_height + 0.8 && a < 5) {
    const bend = 0.25 * noise2(x * 0.5, 3, p.grain);
    const wide = step(5, 3, a);
    for (let k = 0; k < 3; k++) {
      const at = p.eye_height + p.brow_height + 1.3 + k * 0.85 + bend * (1 + 0.3 * k);
      line += 0.55 * bell(y - at, 0.09) * wide * (0.6 + 0.4 * noise2(x * 0.8, k, p.grain + 4));
    }
  }
  const dx = a - p.eye_spacing - p.eye_width - 0.75;
  if (dx > -1.6 && dx < 1.6) {
    for (let k = -1; k <= 1; k++) {
      const dy = y - p.eye_height - k * 0.32 - k * 0.3 * dx;
      line += 0.55 * bell(dy, 0.07) * bell(dx, 0.42);
    }
  }
  line += 0.5 * bell(a - 0.38 - 0.05 * y, 0.1) * bell(y - p.eye_height - 1.2, 0.5);
  const m = mouthHeight(p);
  if (y < m + 1.6 && y > m - 3) {
    line += 0.7 * bell(a - p.mouth_width - 0.35 - 0.12 * (m - y), 0.12) * bell(y - m + 1.1, 0.75);
    const creased = 0.5 + 0.5 * noise2(x * 4.5, 7, p.grain + 3);
    line += 0.5 * step(58, 76, p.age) * creased * creased * bell(y - m - 0.8, 0.35) *
      step(p.mouth_width, p.mouth_width - 1, a);
  }
  tint(0.66, 0.57, 0.55, 0.86, line * old * 0.85);
  if (p.age <= 50) return;
  const spots = noise2(x * 1.6, y * 1.6, p.grain + 9);
  tint(0.78, 0.68, 0.6, 1, 0.8 * step(0.62, 0.8, spots) * step(50, 75, p.age));
}

function paintMarks(p: FaceParameters, x: number, a: number, y: number): void {
  for (let m = 0; m < marks.length; m += 4) {
    const dy = y - (marks[m + 1] as number);
    const radius = marks[m + 2] as number;
    if (dy > 1.35 * radius || dy < -1.35 * radius) continue;
    const dx = x - (marks[m] as number);
    const disc = step(radius * 1.35, radius * 0.7, Math.sqrt(dx * dx + dy * dy));
    tint(0.3, 0.2, 0.17, 0.75, (marks[m + 3] as number) * disc);
  }
  const scar = p.scar;
  if (scar !== null) {
    const dx = x - scar.x;
    const dy = y - scar.y;
    const along = dx * scar.dx + dy * scar.dy;
    const across = dy * scar.dx - dx * scar.dy + 0.12 * along * along * scar.bend;
    const on = bell(across, 0.08) * step(scar.half, scar.half * 0.75, along < 0 ? -along : along);
    tint(1.22, 1.12, 1.1, 1.06, on * scar.pale);
  }
  if (p.freckles <= 0) return;
  const near = step(6, 2, a) * bell(y + 0.8, 1.8);
  const speck = step(0.35, 0.75, noise2(x * 4.2, y * 4.2, p.grain + 7));
  tint(0.72, 0.6, 0.52, 0.97, p.freckles * near * speck * (1 - p.skin_tone));
}

function paintBeard(
  p: FaceParameters,
  hair: Reflectance,
  x: number,
  a: number,
  y: number,
  z: number,
): void {
  if (y > 1 || y < -chinBottom(p) + 0.2) return;
  const m = mouthHeight(p);
  const w = p.mouth_width;
  const moustache = step(m + 1.35, m + 0.85, y + 0.1 * a) * step(m + 0.12, m + 0.4, y + 0.06 * a) *
    step(w + 0.7, w - 0.3, a);
  const belowLip = m - p.lower_lip - 0.25;
  const bridge = bell(a - w - 0.3, 0.45) * step(m - 2.2, m - 1, y) * step(m + 0.8, m - 0.2, y);
  const chin = Math.max(
    step(belowLip, belowLip - 0.6, y) * step(w + 0.6, w - 0.7, a),
    0.8 * bridge,
  );
  const edge = m + 0.05 + 0.55 * Math.max(0, a - w);
  const sides = step(edge + 0.5, edge - 0.8, y) * step(w - 0.6, w + 1, a) * step(-2.5, -1, z) +
    step(-1, 1, z) * step(6, 6.6, a) * step(0.5, -1.5, y);
  const jaw = sides < 1 ? sides : 1;
  const shadow = 0.42 * clamp(p.stubble, 0, 1) * Math.max(moustache, chin, 0.8 * jaw);
  if (shadow > 0) {
    tint(0.55, 0.58, 0.62, 0.85, shadow * (0.8 + 0.4 * noise2(x * 7, y * 7, p.grain + 5)));
  }
  const style = p.habits.beard;
  if (style === "none") return;
  const grown = style === "moustache"
    ? moustache
    : style === "goatee"
    ? Math.max(moustache, chin)
    : Math.max(moustache, chin, jaw);
  if (grown <= 0) return;
  const strands = 0.72 + 0.4 * noise2(x * 5, y * 1.6, p.grain + 6);
  cover(hair, grown * strands * 0.9 * p.habits.beard_full);
}

function paintBrow(
  p: FaceParameters,
  hair: Reflectance,
  a: number,
  y: number,
  side: number,
): void {
  const t = (a - p.brow_start) / p.brow_length;
  if (t < -0.15 || t > 1.1) return;
  const arch = p.brow_arch * (1 - ((t - 0.62) / 0.62) * ((t - 0.62) / 0.62));
  const middle = eyeHeight(p, side) + p.brow_height + side * p.brow_asymmetry + arch +
    p.brow_slant * (t - 0.4);
  const half = p.brow_thickness * (1 - p.brow_taper * clamp(t, 0, 1) * clamp(t, 0, 1)) *
    (0.75 + 0.25 * step(-0.1, 0.25, t));
  const across = (y - middle) / half;
  if (across < -2 || across > 2) return;
  const strand = 0.86 + 0.35 * noise2((a + 0.55 * (y - middle)) * 6.5, y * 2.2, p.grain + 8);
  const body = step(1.3, 0.55, across < 0 ? -across : across) * step(-0.1, 0.1, t) *
    step(1.06, 0.86, t);
  const density = p.brow_density + 0.25 * p.habits.makeup * step(0.3, 0.7, p.habits.makeup);
  cover(hair, body * strand * density);
}

/** Nostrils, the crease round each wing, and the shadow at the base. */
function paintNose(p: FaceParameters, x: number, y: number): void {
  const tip = noseTip(p);
  const dy = y - tip;
  if (dy > 1.6 || dy < -1.8 || x > 3.4 || x < -3.4) return;
  const from = x - p.nose_deviation;
  const b = from < 0 ? -from : from;
  const ny = dy + 0.52 - 0.25 * p.nose_tip_lift;
  const nx = b - 0.4 * p.nose_wing - 0.08 - 0.25 * ny;
  const rx = p.nostril * 1.15, ry = p.nostril * 0.62;
  const reach = Math.sqrt((nx / rx) * (nx / rx) + (ny / ry) * (ny / ry));
  tint(0.16, 0.1, 0.1, 0.35, 0.92 * step(1.5, 0.6, reach));
  const wy = dy - p.nose_wing_height;
  const bow = b - p.nose_wing - 0.04 + 0.5 * (wy + 0.05) * (wy + 0.05);
  tint(0.62, 0.5, 0.48, 0.86, 0.8 * bell(bow, 0.11) * bell(wy - 0.1, 0.5));
  tint(0.74, 0.63, 0.62, 0.9, 0.5 * bell(ny + 0.3, 0.16) * bell(b, 0.62 * p.nose_wing));
}

/** A texture of hair strands, −1…1, tileable enough for a shell: 256 × 64. */
export const STRANDS = 256;
export const STRAND_ROWS = 64;
export const STRAND_TEXTURE: Float32Array = Float32Array.from(
  { length: STRANDS * STRAND_ROWS },
  (_, k) => {
    const u = k % STRANDS;
    const v = Math.floor(k / STRANDS);
    return 0.45 * noise2(u * 0.5, v * 0.11, 31) + 0.35 * noise2(u * 0.16, v * 0.05, 32) +
      0.2 * (2 * chance(u, v >> 4, 33) - 1);
  },
);
