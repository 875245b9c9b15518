/**
 * Eyes, drawn per pixel in face coordinates, because they move: lids, sclera, iris, pupil, glint.
 *
 * A shader writes into {@link Shade}: the reflectance of the point, what it sends out by itself
 * (glints), and how much of the specular light of skin remains.
 *
 * @module
 */
import { clamp } from "../../core/numeric/mod.ts";
import { bell, bell2, step } from "./fast_math.ts";
import { eyeHeight } from "./head.ts";
import type { FaceParameters } from "./person.ts";
import type { Expression } from "./scene.ts";

/** What a shader reads and rewrites for one point of the face. */
export interface Shade {
  red: number;
  green: number;
  blue: number;
  nir: number;
  /** Mirror-like light added in colour and in near infrared. */
  glint: number;
  glintNir: number;
  /** Share of the skin's shine that remains. */
  shine: number;
}

/** The box of face coordinates in which {@link shadeEye} can change anything. */
export function eyeReach(
  p: FaceParameters,
): { low: number; high: number; near: number; far: number } {
  return {
    low: p.eye_height - 1.5,
    high: p.eye_height + 1.7,
    near: p.eye_spacing - p.eye_width - 0.7,
    far: p.eye_spacing + p.eye_width + 0.9,
  };
}

/** Moves `shade` towards a colour. */
export function blend(
  s: Shade,
  red: number,
  green: number,
  blue: number,
  nir: number,
  amount: number,
): void {
  s.red += (red - s.red) * amount;
  s.green += (green - s.green) * amount;
  s.blue += (blue - s.blue) * amount;
  s.nir += (nir - s.nir) * amount;
}

/** Darkens `shade` by `amount` of a warm skin shadow. */
function darken(s: Shade, amount: number): void {
  s.red *= 1 - 0.55 * amount;
  s.green *= 1 - 0.66 * amount;
  s.blue *= 1 - 0.68 * amount;
  s.nir *= 1 - 0.3 * amount;
}

/** Draws the eye of this side at face point (x, y); `pixel` is the size of a pixel in cm. */
export function shadeEye(
  s: Shade,
  p: FaceParameters,
  e: Expression,
  side: number,
  x: number,
  y: number,
  pixel: number,
): void {
  const dx = side * x - p.eye_spacing; // − towards the nose, + outwards
  const dy = y - eyeHeight(p, side) - p.eye_slant * (dx / p.eye_width);
  const t = dx / p.eye_width;
  const inside = clamp(1 - t * t, 0, 1);
  const shifted = t - 0.35 * p.lid_peak * inside;
  const arc = clamp(1 - shifted * shifted, 0, 1);
  const squint = 0.16 * e.smile;
  const open = p.eye_opening * arc * (0.72 + 0.28 * arc);
  const low = -(p.lower_lid - squint) * Math.sqrt(inside) * (0.75 + 0.25 * inside);
  const lift = 0.35 * e.gaze_y * p.eye_opening * arc * 0.5;
  const shut = low + 0.04;
  const up = (open + lift) * (1 - e.blink) + shut * e.blink;
  const soft = 0.045 + 0.42 * pixel;
  const within = step(up + soft, up - soft, dy) * step(low - soft, low + soft, dy) *
    (t > -1.12 && t < 1.12 ? 1 : 0);
  lidSkin(s, p, e, dx, dy, t, up, low, soft);
  if (within > 0 && e.blink < 0.97) eyeball(s, p, e, dx, dy, side, up, low, pixel, within);
  lashes(s, p, dx, dy, t, up, low, soft);
}

function lidSkin(
  s: Shade,
  p: FaceParameters,
  e: Expression,
  dx: number,
  dy: number,
  t: number,
  up: number,
  low: number,
  soft: number,
): void {
  const reach = step(1.45, 0.8, Math.abs(t));
  const fold = p.lid_fold * (1 - 0.35 * e.blink);
  if (fold > 0.06) {
    const at = up + fold * (0.85 + 0.15 * t) + 0.08;
    darken(s, 0.62 * reach * bell(dy - at, 0.07 + 0.5 * soft));
    darken(s, 0.16 * reach * step(at, at - 0.3, dy) * step(up - 0.1, up + 0.1, dy));
  }
  const bag = low - 0.42 - 0.1 * e.smile;
  darken(s, (0.1 + 0.42 * clamp(p.eye_bag, 0, 1) + 0.15 * e.smile) * reach * bell(dy - bag, 0.11));
  const corner = -p.eye_width - 0.12;
  darken(s, 0.35 * clamp(p.epicanthus, 0, 1) * bell2(dx - corner, dy - 0.02, 0.16, 0.42));
}

function eyeball(
  s: Shade,
  p: FaceParameters,
  e: Expression,
  dx: number,
  dy: number,
  side: number,
  up: number,
  low: number,
  pixel: number,
  within: number,
): void {
  const gx = dx - side * e.gaze_x * 0.5 + 0.03;
  const gy = dy - e.gaze_y * 0.28 - 0.05;
  const r = Math.sqrt(gx * gx + gy * gy);
  const soft = 0.04 + 0.4 * pixel;
  const shadow = 1 - 0.5 * step(0.42, 0, up - dy) - 0.12 * step(0.2, 0, dy - low);
  const round = 1 - 0.28 * step(0.75, 1.5, Math.abs(dx));
  const white = 0.47 * shadow * round;
  let red = white;
  let green = white * 0.94;
  let blue = white * 0.92;
  let nir = 0.5 * shadow;
  const pink = step(-p.eye_width * 0.72, -p.eye_width * 0.95, dx);
  red += (0.45 - red) * 0.7 * pink;
  green += (0.2 - green) * 0.7 * pink;
  blue += (0.19 - blue) * 0.7 * pink;
  const iris = step(p.iris_radius + soft, p.iris_radius - soft, r);
  if (iris > 0) {
    const light = clamp(p.iris_light, 0, 1);
    const limbus = 1 - 0.55 * step(p.iris_radius * 0.7, p.iris_radius, r);
    const fan = (0.75 + 0.5 * step(0.2, 0.5, r) + 0.2 * bell2(gx, gy + 0.3, 0.4, 0.2)) * limbus;
    const k = fan * shadow;
    red += (k * (0.03 + 0.15 * light) - red) * iris;
    green += (k * (0.016 + 0.18 * light * light + 0.06 * light) - green) * iris;
    blue += (k * (0.011 + 0.22 * light * light) - blue) * iris;
    nir += (0.36 * (0.6 + 0.4 * limbus) - nir) * iris;
    const pupil = step(0.23 + soft, 0.23 - soft, r) * iris;
    red += (0.006 - red) * pupil;
    green += (0.006 - green) * pupil;
    blue += (0.006 - blue) * pupil;
    nir += (0.02 - nir) * pupil;
  }
  blend(s, red, green, blue, nir, within);
  const spot = 0.065 + 0.26 * pixel;
  s.glint += within * 0.4 * bell2(gx + 0.16 * side, gy - 0.2, spot, spot);
  s.glintNir += within * 0.7 * bell2(gx, gy - 0.06, spot, spot);
  s.shine *= 1 - within;
}

function lashes(
  s: Shade,
  p: FaceParameters,
  dx: number,
  dy: number,
  t: number,
  up: number,
  low: number,
  soft: number,
): void {
  const reach = step(1.22, 1, Math.abs(t));
  const outer = 0.6 + 0.4 * step(-0.6, 0.9, t);
  const liner = 0.35 * p.habits.makeup;
  const upper = clamp(0.5 + p.lash * 0.5 + liner, 0, 0.97) * outer * reach *
    bell(dy - up - 0.03, 0.055 + 0.02 * p.lash + 0.06 * liner + 0.3 * soft);
  blend(s, 0.016, 0.012, 0.011, 0.16, upper);
  const lower = (0.26 + 0.25 * liner) * reach * bell(dy - low + 0.03, 0.05 + 0.3 * soft);
  blend(s, 0.05, 0.03, 0.028, 0.3, lower * (dx > -p.eye_width * 0.8 ? 1 : 0.5));
}
