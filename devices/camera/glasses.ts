/**
 * Glasses: rims, bridge and temples drawn as soft strokes over the face, with glints on the lenses.
 *
 * Strokes thinner than a pixel fade instead of breaking up, and are hidden by what lies before
 * them.
 *
 * @module
 */
import { cos, PI, sin } from "../../core/numeric/mod.ts";
import type { Figure } from "./figure.ts";
import * as frame from "./frame.ts";
import type { Glasses } from "./habits.ts";
import type { Rig } from "./lights.ts";
import type { FaceParameters } from "./person.ts";
import { placed, type Placement, projected } from "./project.ts";

const RIM_POINTS = 22;
const CIRCLE = Array.from(
  { length: RIM_POINTS + 1 },
  (_, i) => [cos((2 * PI * i) / RIM_POINTS), sin((2 * PI * i) / RIM_POINTS)] as const,
);

/** Light that a stroke sends, in red, green, blue and near infrared. */
export interface Ink {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly nir: number;
}

/** Draws the glasses of a figure that has already been shaded. */
export function drawGlasses(figure: Figure, at: Placement, rig: Rig, distance: number): void {
  const p = figure.face;
  const glasses = p?.habits.glasses ?? null;
  if (p === null || glasses === null) return;
  const ink = inkOf(glasses, rig, distance);
  const z = figure.eyeDepth + 1.35;
  const y = p.eye_height - 0.2;
  const middle = Math.max(p.eye_spacing, glasses.width + 0.75);
  for (const side of [-1, 1]) {
    lens(at, side * middle, y, z, glasses, rig);
    for (let i = 0; i < RIM_POINTS; i++) {
      const from = rimPoint(glasses, i);
      const to = rimPoint(glasses, i + 1);
      stroke(
        placed(at, side * middle + from[0], y + from[1], z - 0.05 * from[0] * from[0]),
        placed(at, side * middle + to[0], y + to[1], z - 0.05 * to[0] * to[0]),
        glasses.rim / 2,
        ink,
      );
    }
    temple(at, p, glasses, side, middle, y, z, ink);
  }
  const inner = middle - glasses.width;
  const over = y + 0.35 * glasses.height;
  stroke(placed(at, -inner, over, z - 0.1), placed(at, 0, over + 0.22, z + 0.15), 0.1, ink);
  stroke(placed(at, 0, over + 0.22, z + 0.15), placed(at, inner, over, z - 0.1), 0.1, ink);
}

function temple(
  at: Placement,
  p: FaceParameters,
  glasses: Glasses,
  side: number,
  middle: number,
  y: number,
  z: number,
  ink: Ink,
): void {
  const hinge = placed(at, side * (middle + glasses.width), y + 0.4 * glasses.height, z - 0.3);
  const wide = side * (p.face_width + 0.1);
  const bend = placed(at, wide, y + 0.4 * glasses.height, z - 4);
  stroke(hinge, bend, 0.12, ink);
  stroke(bend, placed(at, wide, p.ear_height + 2.4, -0.8), 0.12, ink);
}

function inkOf(glasses: Glasses, rig: Rig, distance: number): Ink {
  const { sky, lamps } = rig;
  const lit = (c: 0 | 1 | 2) => 0.8 * sky[c] + 0.6 * lamps[0].colour[c];
  return {
    red: glasses.colour[0] * lit(0) + 0.006,
    green: glasses.colour[1] * lit(1) + 0.006,
    blue: glasses.colour[2] * lit(2) + 0.006,
    nir: (0.12 + 0.3 * glasses.colour[0]) * 900 / (distance * distance),
  };
}

/** A point of the rim: circle, oval or rounded rectangle. */
function rimPoint(glasses: Glasses, i: number): readonly [number, number] {
  const [c, s] = CIRCLE[i] ?? [1, 0];
  if (glasses.shape !== "rectangle") return [glasses.width * c, glasses.height * s];
  const big = Math.max(Math.abs(c), Math.abs(s));
  const square = 0.62 / big + 0.38;
  const trapeze = 1 + 0.06 * s;
  return [glasses.width * c * square * 0.97 * trapeze, glasses.height * s * square * 0.97];
}

/** Reflections on a lens: a faint veil from above and the infrared lamp's spot. */
function lens(at: Placement, x: number, y: number, z: number, glasses: Glasses, rig: Rig): void {
  const r = at.rotation;
  const [cx, cy] = projected(...placed(at, x, y, z));
  const [ex] = projected(...placed(at, x + glasses.width, y, z));
  const [, ty] = projected(...placed(at, x, y + glasses.height, z));
  const rx = Math.abs(ex - cx);
  const ry = Math.abs(cy - ty);
  const veil = 0.03 * rig.sky[1] + 0.012;
  const spotX = cx - 1.6 * rx * (r[2] ?? 0);
  const spotY = cy + 2.2 * ry * (r[5] ?? 0) - 0.15 * ry;
  const x0 = Math.max(0, Math.floor(cx - rx)), x1 = Math.min(frame.WIDTH - 1, Math.ceil(cx + rx));
  const y0 = Math.max(0, Math.floor(cy - ry)), y1 = Math.min(frame.HEIGHT - 1, Math.ceil(cy + ry));
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) {
      const u = (px + 0.5 - cx) / rx;
      const v = (py + 0.5 - cy) / ry;
      const q = u * u + v * v;
      if (q > 1) continue;
      const k = py * frame.WIDTH + px;
      const streak = Math.abs(u + 0.8 * v + 0.5) < 0.16 ? 1.6 : 0.5;
      frame.red[k] = (frame.red[k] as number) * 0.95 + veil * streak;
      frame.green[k] = (frame.green[k] as number) * 0.96 + veil * streak;
      frame.blue[k] = (frame.blue[k] as number) * 0.96 + veil * streak * 1.1;
      const sx = px + 0.5 - spotX, sy = py + 0.5 - spotY;
      const spot = 1 / (1 + 0.9 * (sx * sx + sy * sy));
      frame.nir[k] = (frame.nir[k] as number) * 0.94 + 0.8 * spot * spot;
      if (spot > 0.3) frame.unread[k] = 1;
    }
  }
}

/** A soft line between two view-space points, `radius` cm thick on each side. */
export function stroke(
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  radius: number,
  ink: Ink,
): void {
  const [ax, ay] = projected(...from);
  const [bx, by] = projected(...to);
  const near = -0.5 / from[2] - 0.5 / to[2];
  const wanted = radius * near * frame.FOCAL;
  const thick = wanted > 0.5 ? wanted : 0.5;
  const strength = wanted > 0.5 ? 1 : wanted / 0.5;
  const dx = bx - ax, dy = by - ay;
  const inverse = 1 / (dx * dx + dy * dy + 1e-6);
  const x0 = Math.max(0, Math.floor(Math.min(ax, bx) - thick - 1));
  const x1 = Math.min(frame.WIDTH - 1, Math.ceil(Math.max(ax, bx) + thick + 1));
  const y0 = Math.max(0, Math.floor(Math.min(ay, by) - thick - 1));
  const y1 = Math.min(frame.HEIGHT - 1, Math.ceil(Math.max(ay, by) + thick + 1));
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) {
      const k = py * frame.WIDTH + px;
      if ((frame.nearness[k] as number) > near * 1.004) continue;
      const qx = px + 0.5 - ax, qy = py + 0.5 - ay;
      let t = (qx * dx + qy * dy) * inverse;
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const ox = qx - t * dx, oy = qy - t * dy;
      const cover = thick + 0.5 - Math.sqrt(ox * ox + oy * oy);
      if (cover <= 0) continue;
      const alpha = (cover > 1 ? 1 : cover) * strength;
      frame.red[k] = (frame.red[k] as number) * (1 - alpha) + ink.red * alpha;
      frame.green[k] = (frame.green[k] as number) * (1 - alpha) + ink.green * alpha;
      frame.blue[k] = (frame.blue[k] as number) * (1 - alpha) + ink.blue * alpha;
      frame.nir[k] = (frame.nir[k] as number) * (1 - alpha) + ink.nir * alpha;
    }
  }
}
