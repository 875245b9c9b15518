/**
 * Lips, the line between them and the open mouth, drawn per pixel in face coordinates at rest.
 *
 * @module
 */
import { clamp } from "../../core/numeric/mod.ts";
import { blend, type Shade } from "./eyes.ts";
import { bell, bell2, noise2, step } from "./fast_math.ts";
import { mouthHeight } from "./head.ts";
import type { FaceParameters } from "./person.ts";
import type { Expression } from "./scene.ts";

/** Height of the line between the lips at share t of the half width (−1 … 1). */
export function lipLine(p: FaceParameters, t: number): number {
  return mouthHeight(p) + p.mouth_tilt * t * t + p.mouth_asymmetry * t * 0.5;
}

/** Draws the mouth at face point (x, y). */
export function shadeMouth(
  s: Shade,
  p: FaceParameters,
  e: Expression,
  x: number,
  y: number,
  pixel: number,
): void {
  const t = x / p.mouth_width;
  const round = clamp(1 - t * t, 0, 1);
  const root = Math.sqrt(round);
  const dy = y - lipLine(p, clamp(t, -1.1, 1.1));
  const soft = 0.07 + 0.4 * pixel;
  const above = p.upper_lip * root * (0.55 + 0.45 * round) - p.cupid_bow * bell(x, 0.24) +
    0.5 * p.cupid_bow * bell(Math.abs(x) - 0.5, 0.25);
  const below = p.lower_lip * root * (0.6 + 0.4 * round);
  const lip = step(above + soft, above - soft, dy) * step(-below - soft, -below + soft, dy) *
    step(1.03, 0.94, Math.abs(t));
  if (lip > 0) {
    const red = clamp(p.lip_red + 0.9 * p.habits.makeup, 0.05, 1.6);
    const upper = dy > 0 ? 0.74 : 1.03;
    const crease = 1 + 0.06 * noise2(x * 5, y * 1.2, p.grain + 12);
    const k = upper * crease;
    const r = s.red * (0.93 - 0.06 * red) * k;
    const g = s.green * (0.78 - 0.34 * red) * k;
    const b = s.blue * (0.8 - 0.3 * red) * k;
    blend(s, r, g, b, s.nir * 0.94, 0.92 * lip);
    s.shine *= 1 + 0.9 * lip * bell2(x, dy + 0.55 * below, 1, 0.14);
  }
  const gap = bell(dy, 0.065 + 0.4 * pixel) * step(1.06, 0.97, Math.abs(t));
  blend(s, s.red * 0.2, s.green * 0.14, s.blue * 0.14, s.nir * 0.45, 0.95 * gap);
  const corner = bell2(Math.abs(x) - p.mouth_width, dy + 0.03, 0.16, 0.12);
  blend(s, s.red * 0.4, s.green * 0.32, s.blue * 0.3, s.nir * 0.7, 0.6 * corner);
  if (e.mouth_open > 0.02) openMouth(s, e, y - mouthHeight(p), round);
}

/** The dark inside and the upper teeth; the jaw's drop stretches this thin band open. */
function openMouth(s: Shade, e: Expression, dy: number, round: number): void {
  const half = 0.095 * step(0, 0.25, round);
  const inside = step(half + 0.012, half - 0.012, Math.abs(dy)) * step(0.02, 0.12, e.mouth_open);
  if (inside <= 0) return;
  const teeth = step(0.035, 0.06, dy) * step(0.1, 0.4, round) * step(0.1, 0.3, e.mouth_open);
  blend(
    s,
    0.03 + 0.42 * teeth,
    0.012 + 0.4 * teeth,
    0.011 + 0.34 * teeth,
    0.08 + 0.3 * teeth,
    inside,
  );
  s.shine *= 1 - inside;
}
