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

interface Brush {
  r: number;
  g: number;
  b: number;
  n: number;
}

/** Multiplies towards a tint by `amount`. */
function tint(c: Brush, r: number, g: number, b: number, n: number, amount: number): void {
  const t = clamp(amount, 0, 1);
  c.r *= 1 + (r - 1) * t;
  c.g *= 1 + (g - 1) * t;
  c.b *= 1 + (b - 1) * t;
  c.n *= 1 + (n - 1) * t;
}

/** Covers with a colour by `amount`. */
function cover(c: Brush, colour: Reflectance, amount: number): void {
  const t = clamp(amount, 0, 1);
  c.r += (colour[0] - c.r) * t;
  c.g += (colour[1] - c.g) * t;
  c.b += (colour[2] - c.b) * t;
  c.n += (colour[3] - c.n) * t;
}

/** The texture of a head: SKIN_WIDTH × SKIN_HEIGHT × 4. */
export function paintSkin(p: FaceParameters, grid: HeadGrid): Float32Array {
  const out = new Float32Array(SKIN_WIDTH * SKIN_HEIGHT * 4);
  const base = skinColour(p);
  const hair = hairColour(p);
  const brush: Brush = { r: 0, g: 0, b: 0, n: 0 };
  const azimuths = Float64Array.from(
    { length: SKIN_WIDTH },
    (_, u) => (azimuthOf(u / CELL_TEXELS) * 180) / PI,
  );
  const lines = azimuths.map((degrees) => scalpLine(p, degrees));
  for (let v = 0; v < SKIN_HEIGHT; v++) {
    const row = Math.min(v / CELL_TEXELS, HEAD_ROWS - 1.001);
    for (let u = 0; u < SKIN_WIDTH; u++) {
      const column = u / CELL_TEXELS;
      const [x, y, z] = restAt(grid, column, row);
      brush.r = base[0];
      brush.g = base[1];
      brush.b = base[2];
      brush.n = base[3];
      const degrees = azimuths[u] ?? 0;
      if (z > -1) paintFace(brush, p, hair, x, y, z);
      cover(brush, hair, 0.94 * scalpCover(p, degrees, y, lines[u] ?? 0));
      const k = 4 * (v * SKIN_WIDTH + u);
      out[k] = clamp(brush.r, 0.004, 0.95);
      out[k + 1] = clamp(brush.g, 0.004, 0.95);
      out[k + 2] = clamp(brush.b, 0.004, 0.95);
      out[k + 3] = clamp(brush.n, 0.02, 0.95);
    }
  }
  return out;
}

/** Picture left and right. Made once: a texel that makes garbage makes a hundred thousand times it. */
const SIDES = [-1, 1] as const;

const REST: [number, number, number] = [0, 0, 0];

function restAt(grid: HeadGrid, column: number, line: number): [number, number, number] {
  const i = Math.floor(column);
  const j = Math.floor(line);
  const s = column - i;
  const t = line - j;
  const next = (i + 1) % HEAD_COLUMNS;
  const { position } = grid;
  const row = 3 * j * HEAD_COLUMNS;
  const above = row + 3 * HEAD_COLUMNS;
  for (let axis = 0; axis < 3; axis++) {
    const low = mix(position[row + 3 * i + axis] ?? 0, position[row + 3 * next + axis] ?? 0, s);
    const high = mix(
      position[above + 3 * i + axis] ?? 0,
      position[above + 3 * next + axis] ?? 0,
      s,
    );
    REST[axis] = mix(low, high, t);
  }
  return REST;
}

function paintFace(
  c: Brush,
  p: FaceParameters,
  hair: Reflectance,
  x: number,
  y: number,
  z: number,
): void {
  const a = Math.abs(x);
  const tip = noseTip(p);
  const pale = 1 - 0.6 * p.skin_tone;
  const sun = bell2(x, y - 4.5, 4.5, 1.8) + bell2(x, y - tip - 1.2, 1, 1.8) +
    bell2(a - 4.4, y + 1.6, 1.8, 1.5);
  tint(c, 0.86, 0.76, 0.7, 1, 0.55 * p.tan * sun);
  const cheek = bell2(a - 4.3, y + 2, 1.5, 1.3);
  tint(c, 1.02, 0.72, 0.72, 1, p.flush * cheek * pale + 0.35 * p.habits.makeup * cheek);
  tint(c, 1.02, 0.8, 0.8, 1, 0.5 * pale * bell2(x, y - tip, 0.9, 0.7));
  const patch = noise2(x * 0.7, y * 0.7, p.grain) + 0.6 * noise2(x * 1.9, y * 1.9, p.grain + 1);
  const fine = noise2(x * 6, y * 6, p.grain + 2);
  const shade = 1 + 0.055 * p.blotch * patch + 0.06 * fine;
  c.r *= shade;
  c.g *= shade - 0.02 * p.blotch * patch;
  c.b *= shade - 0.02 * p.blotch * patch;
  c.n *= 1 + 0.015 * fine;
  paintSockets(c, p, x, y);
  paintWrinkles(c, p, x, y);
  paintMarks(c, p, x, y);
  paintBeard(c, p, hair, x, y, z);
  paintBrows(c, p, hair, x, y);
  for (const side of SIDES) {
    const nx = x - p.nose_deviation - side * (0.32 * p.nose_wing + 0.12);
    const ny = y - tip + 0.5 - 0.25 * p.nose_tip_lift;
    const hole = bell2(nx - side * 0.25 * ny, ny, p.nostril, p.nostril * 0.55);
    tint(c, 0.2, 0.13, 0.13, 0.4, 0.95 * hole);
    tint(c, 0.72, 0.6, 0.58, 0.9, 0.8 * bell2(side * x - p.nose_wing - 0.06, y - tip, 0.14, 0.45));
  }
}

function paintSockets(c: Brush, p: FaceParameters, x: number, y: number): void {
  for (const side of SIDES) {
    const dx = x - side * p.eye_spacing;
    const dy = y - eyeHeight(p, side);
    tint(c, 0.72, 0.62, 0.62, 0.93, p.lid_shadow * bell2(dx, dy - 0.45, 1.5, 0.5));
    tint(c, 0.8, 0.7, 0.72, 0.95, 0.9 * p.eye_bag * bell2(dx + side * 0.3, dy + 0.85, 1.1, 0.4));
    tint(c, 0.78, 0.68, 0.68, 0.95, 0.55 * bell2(side * dx + 1.45, dy - 0.1, 0.4, 0.6));
    const paint = p.habits.makeup * step(0.35, 0.8, p.habits.makeup);
    tint(c, 0.62, 0.5, 0.58, 0.9, 0.7 * paint * bell2(dx, dy - 0.6, 1.4, 0.4));
  }
}

function paintWrinkles(c: Brush, p: FaceParameters, x: number, y: number): void {
  const a = Math.abs(x);
  const old = clamp((p.age - 28) / 45, 0, 1);
  let line = 0;
  const bend = 0.25 * noise2(x * 0.5, 3, p.grain);
  const wide = step(5, 3, a);
  for (let k = 0; k < 3; k++) {
    const at = p.eye_height + p.brow_height + 1.3 + k * 0.85 + bend * (1 + 0.3 * k);
    line += 0.5 * bell(y - at, 0.09) * wide * (0.6 + 0.4 * noise2(x * 0.8, k, p.grain + 4));
  }
  for (let k = -1; k <= 1; k++) {
    const dx = a - p.eye_spacing - p.eye_width - 0.75;
    const dy = y - p.eye_height - k * 0.32 - k * 0.3 * dx;
    line += 0.55 * bell(dy, 0.07) * bell(dx, 0.42);
  }
  line += 0.45 * bell(a - 0.38 - 0.05 * y, 0.1) * bell(y - p.eye_height - 1.2, 0.5);
  const fold = foldDepth(p, a, y) * (0.14 + 0.6 * old) * clamp(p.nasolabial * 3.2, 0.1, 1.2);
  const amount = line * old * 0.75 + fold * 0.55;
  tint(c, 0.66, 0.57, 0.55, 0.86, amount);
  const spots = noise2(x * 1.6, y * 1.6, p.grain + 9);
  tint(c, 0.78, 0.68, 0.6, 1, 0.8 * step(0.62, 0.8, spots) * step(50, 75, p.age));
}

function paintMarks(c: Brush, p: FaceParameters, x: number, y: number): void {
  for (const mark of p.marks) {
    const dx = x - mark.x;
    const dy = y - mark.y;
    if (dx * dx + dy * dy > 1) continue;
    const disc = step(mark.radius * 1.35, mark.radius * 0.7, Math.sqrt(dx * dx + dy * dy));
    tint(c, 0.3, 0.2, 0.17, 0.75, mark.dark * disc);
  }
  if (p.freckles <= 0) return;
  const near = step(6, 2, Math.abs(x)) * bell(y + 0.8, 1.8);
  const speck = step(0.35, 0.75, noise2(x * 4.2, y * 4.2, p.grain + 7));
  tint(c, 0.72, 0.6, 0.52, 0.97, p.freckles * near * speck * (1 - p.skin_tone));
}

/** Where a beard grows: under nose, round the mouth, along the jaw; each 0…1. */
function beardAt(p: FaceParameters, x: number, y: number, z: number) {
  const a = Math.abs(x);
  const m = mouthHeight(p);
  const w = p.mouth_width;
  const moustache = step(m + 1.35, m + 0.85, y + 0.1 * a) * step(m + 0.12, m + 0.4, y + 0.06 * a) *
    step(w + 0.7, w - 0.3, a);
  const belowLip = m - p.lower_lip - 0.25;
  const chin = step(belowLip, belowLip - 0.6, y) * step(w + 0.6, w - 0.7, a);
  const bridge = bell(a - w - 0.3, 0.45) * step(m - 2.2, m - 1, y) * step(m + 0.8, m - 0.2, y);
  const edge = m + 0.05 + 0.55 * Math.max(0, a - w);
  const jaw = step(edge + 0.5, edge - 0.8, y) * step(w - 0.6, w + 1, a) * step(-2.5, -1, z) +
    step(-1, 1, z) * step(6, 6.6, a) * step(0.5, -1.5, y);
  return { moustache, chin: Math.max(chin, bridge * 0.8), jaw: clamp(jaw, 0, 1) };
}

function paintBeard(
  c: Brush,
  p: FaceParameters,
  hair: Reflectance,
  x: number,
  y: number,
  z: number,
): void {
  if (p.sex === "female" || y > 1 || y < -chinBottom(p) + 0.2) return;
  const { moustache, chin, jaw } = beardAt(p, x, y, z);
  const style = p.habits.beard;
  const shadow = 0.42 * clamp(p.stubble, 0, 1) * Math.max(moustache, chin, 0.8 * jaw);
  tint(c, 0.55, 0.58, 0.62, 0.85, shadow * (0.8 + 0.4 * noise2(x * 7, y * 7, p.grain + 5)));
  if (style === "none") return;
  const grown = style === "moustache"
    ? moustache
    : style === "goatee"
    ? Math.max(moustache, chin)
    : Math.max(moustache, chin, jaw);
  const strands = 0.72 + 0.4 * noise2(x * 5, y * 1.6, p.grain + 6);
  cover(c, hair, grown * strands * 0.9 * p.habits.beard_full);
}

function paintBrows(
  c: Brush,
  p: FaceParameters,
  hair: Reflectance,
  x: number,
  y: number,
): void {
  const side = x < 0 ? -1 : 1;
  const a = Math.abs(x);
  const t = (a - p.brow_start) / p.brow_length;
  if (t < -0.15 || t > 1.1) return;
  const arch = p.brow_arch * (1 - ((t - 0.62) / 0.62) * ((t - 0.62) / 0.62));
  const middle = eyeHeight(p, side) + p.brow_height + side * p.brow_asymmetry + arch +
    p.brow_slant * (t - 0.4);
  const half = p.brow_thickness * (1 - p.brow_taper * clamp(t, 0, 1) * clamp(t, 0, 1)) *
    (0.75 + 0.25 * step(-0.1, 0.25, t));
  const across = (y - middle) / half;
  if (across < -2 || across > 2) return;
  const strand = 0.78 + 0.35 * noise2((a + 0.55 * (y - middle)) * 6.5, y * 2.2, p.grain + 8);
  const body = step(1.3, 0.55, Math.abs(across)) * step(-0.1, 0.1, t) * step(1.06, 0.86, t);
  const dark: Reflectance = [hair[0] * 0.9, hair[1] * 0.9, hair[2] * 0.9, hair[3]];
  cover(c, dark, body * strand * p.brow_density);
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
