/**
 * Puts a figure before the camera: poses, lights and projects its vertices.
 *
 * Lighting is a vertex's business (the head's grid is about as fine as the pixels): two lamps with
 * wrapped Lambert — wrapped most in red, which is how skin's translucency shows — a hemisphere of
 * ambient light times the baked occlusion, a Blinn–Phong shine, and the infrared lamp at the lens.
 *
 * @module
 */
import { cos, RADIANS_PER_DEGREE, sin } from "../../core/numeric/mod.ts";
import type { Figure, Landmark } from "./figure.ts";
import * as frame from "./frame.ts";
import { NIR_LAMP, type Rig } from "./lights.ts";
import type { Expression, Point, Pose } from "./scene.ts";

// Held as constants of the module: the compiler then knows the arrays when it makes the loops.
const { screenX, screenY, screenNear, litRed, litGreen, litBlue, litNir, shine } = frame;
const { seen, touched, WIDTH, HEIGHT, FOCAL } = frame;

/** Distance from the middle of the head to the plane of the eyes, where distance is measured. */
export const FRONT_PLANE_CM = 8.6;

/** A rigid placement: rotation (rows) about a pivot, then a shift, in view axes and cm. */
export interface Placement {
  readonly rotation: Float64Array;
  readonly shift: readonly [number, number, number];
  readonly pivot: readonly [number, number, number];
}

/** Where a head of this pose is. `front` is how far its distance-giving plane lies before it. */
export function placementOf(pose: Pose, front: number, pivotY: number): Placement {
  const yaw = pose.yaw_deg * RADIANS_PER_DEGREE;
  const pitch = pose.pitch_deg * RADIANS_PER_DEGREE;
  const roll = pose.roll_deg * RADIANS_PER_DEGREE;
  const [cy, sy] = [cos(yaw), sin(yaw)];
  const [cp, sp] = [cos(pitch), sin(pitch)];
  const [cr, sr] = [cos(roll), sin(roll)];
  // roll · yaw · pitch: the face nods first, then turns, then leans
  const turned = [cy, -sy * sp, sy * cp, 0, cp, sp, -sy, -cy * sp, cy * cp];
  const t = (k: number) => turned[k] ?? 0;
  const rotation = Float64Array.from([
    cr * t(0) + sr * t(3),
    cr * t(1) + sr * t(4),
    cr * t(2) + sr * t(5),
    -sr * t(0) + cr * t(3),
    -sr * t(1) + cr * t(4),
    -sr * t(2) + cr * t(5),
    t(6),
    t(7),
    t(8),
  ]);
  return {
    rotation,
    shift: [pose.x_mm / 10, pose.y_mm / 10, -pose.distance_mm / 10 - front],
    pivot: [0, pivotY, 0],
  };
}

/** The picture position of a view-space point. */
export function projected(x: number, y: number, z: number): Point {
  const near = -FOCAL / z;
  return [WIDTH / 2 + x * near, HEIGHT / 2 - y * near];
}

/** A point of the head in view space. */
export function placed(at: Placement, x: number, y: number, z: number): [number, number, number] {
  const r = at.rotation;
  const [px, py, pz] = at.pivot;
  const dx = x - px;
  const dy = y - py;
  const dz = z - pz;
  const e = (k: number) => r[k] ?? 0;
  return [
    e(0) * dx + e(1) * dy + e(2) * dz + px + at.shift[0],
    e(3) * dx + e(4) * dy + e(5) * dz + py + at.shift[1],
    e(6) * dx + e(7) * dy + e(8) * dz + pz + at.shift[2],
  ];
}

/** Where a landmark is in the picture with this expression. */
export function landmarkAt(figure: Figure, mark: Landmark, e: Expression, at: Placement): Point {
  const { smile, open } = figure;
  const k = 3 * mark.vertex;
  const move = (axis: number) =>
    e.smile * (smile?.position[k + axis] ?? 0) + e.mouth_open * (open?.position[k + axis] ?? 0);
  return projected(...placed(at, mark.x + move(0), mark.y + move(1), mark.z + move(2)));
}

/** What was projected last: {@link lightSeen} lights the vertices of it that turned out visible. */
let posed: { figure: Figure; at: Placement; e: Expression; rig: Rig } | null = null;

const EMPTY = new Float32Array(0);

/** Poses and projects all vertices of a figure into the frame's vertex buffers. */
export function projectFigure(figure: Figure, at: Placement, e: Expression, rig: Rig): void {
  posed = { figure, at, e, rig };
  const { mesh, headVertices, smile, open } = figure;
  const { position, bind, count } = mesh;
  const r = at.rotation;
  const r0 = r[0] as number, r1 = r[1] as number, r2 = r[2] as number;
  const r3 = r[3] as number, r4 = r[4] as number, r5 = r[5] as number;
  const r6 = r[6] as number, r7 = r[7] as number, r8 = r[8] as number;
  const [px, py, pz] = at.pivot;
  const [tx, ty, tz] = at.shift;
  const smiling = smile === null ? 0 : e.smile;
  const opening = open === null ? 0 : e.mouth_open;
  const sp = smile?.position ?? EMPTY, op = open?.position ?? EMPTY;
  for (let v = 0, k = 0; v < count; v++, k += 3) {
    let x = position[k] as number, y = position[k + 1] as number, z = position[k + 2] as number;
    if (v < headVertices) {
      x += smiling * (sp[k] as number) + opening * (op[k] as number);
      y += smiling * (sp[k + 1] as number) + opening * (op[k + 1] as number);
      z += smiling * (sp[k + 2] as number) + opening * (op[k + 2] as number);
    }
    const b = bind[v] as number;
    const dx = x - px, dy = y - py, dz = z - pz;
    const vz = z + b * (r6 * dx + r7 * dy + r8 * dz - dz) + tz;
    const near = vz < -4 ? -1 / vz : 0;
    screenX[v] = WIDTH / 2 +
      FOCAL * (x + b * (r0 * dx + r1 * dy + r2 * dz - dx) + tx) * near;
    screenY[v] = HEIGHT / 2 -
      FOCAL * (y + b * (r3 * dx + r4 * dy + r5 * dz - dy) + ty) * near;
    screenNear[v] = near;
  }
}

const needed = new Uint8Array(litRed.length);

/** Marks the corners of every triangle that some pixel sees. */
function markSeen(triangles: Uint16Array, count: number): void {
  needed.fill(0, 0, count);
  let last = -1;
  for (let y = touched.top; y <= touched.bottom; y++) {
    const end = y * WIDTH + touched.right;
    for (let k = y * WIDTH + touched.left; k <= end; k++) {
      const t = seen[k] as number;
      if (t < 0 || t === last) continue;
      last = t;
      needed[triangles[t] as number] = 1;
      needed[triangles[t + 1] as number] = 1;
      needed[triangles[t + 2] as number] = 1;
    }
  }
}

/** Lights the vertices of the projected figure that the rasteriser found visible: about a fifth. */
export function lightSeen(): void {
  if (posed === null) return;
  const { figure, at, e, rig } = posed;
  const { mesh, headVertices, smile, open } = figure;
  const { normal, bind, occlusion, count } = mesh;
  markSeen(mesh.triangles, count);
  const r = at.rotation;
  const r0 = r[0] as number, r1 = r[1] as number, r2 = r[2] as number;
  const r3 = r[3] as number, r4 = r[4] as number, r5 = r[5] as number;
  const r6 = r[6] as number, r7 = r[7] as number, r8 = r[8] as number;
  const smiling = smile === null ? 0 : e.smile;
  const opening = open === null ? 0 : e.mouth_open;
  const sn = smile?.normal ?? EMPTY, on = open?.normal ?? EMPTY;
  for (let v = 0; v < count; v++) {
    if (needed[v] === 0) continue;
    const k = 3 * v;
    let nx = normal[k] as number, ny = normal[k + 1] as number, nz = normal[k + 2] as number;
    if (v < headVertices) {
      nx += smiling * (sn[k] as number) + opening * (on[k] as number);
      ny += smiling * (sn[k + 1] as number) + opening * (on[k + 1] as number);
      nz += smiling * (sn[k + 2] as number) + opening * (on[k + 2] as number);
    }
    const b = bind[v] as number;
    const mx = nx + b * (r0 * nx + r1 * ny + r2 * nz - nx);
    const my = ny + b * (r3 * nx + r4 * ny + r5 * nz - ny);
    const mz = nz + b * (r6 * nx + r7 * ny + r8 * nz - nz);
    const far = -1 / (screenNear[v] as number);
    const x = ((screenX[v] as number) - WIDTH / 2) * -far / FOCAL;
    const y = (HEIGHT / 2 - (screenY[v] as number)) * -far / FOCAL;
    lightVertex(v, x, y, far, mx, my, mz, occlusion[v] as number, rig);
  }
}

/** How far light reaches round an edge (red; green and blue): lamps are wide, skin lets it through. */
const WARM = 0.52;
const COOL = 0.38;

function lightVertex(
  v: number,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  occlusion: number,
  rig: Rig,
): void {
  const away = 1 / Math.sqrt(x * x + y * y + z * z);
  const ex = -x * away, ey = -y * away, ez = -z * away;
  const up = 0.5 + 0.5 * ny;
  const { sky, ground } = rig;
  let red = (ground[0] + (sky[0] - ground[0]) * up) * occlusion;
  let green = (ground[1] + (sky[1] - ground[1]) * up) * occlusion;
  let blue = (ground[2] + (sky[2] - ground[2]) * up) * occlusion;
  let mirror = 0;
  const direct = occlusion < 1 ? occlusion * (0.4 + 0.6 * occlusion) : 1;
  for (let l = 0; l < 2; l++) {
    const lamp = rig.lamps[l as 0 | 1];
    const lx = lamp.towards[0], ly = lamp.towards[1], lz = lamp.towards[2];
    const facing = nx * lx + ny * ly + nz * lz;
    const warm = facing > -WARM ? (facing + WARM) * (direct / (1 + WARM)) : 0;
    const cool = facing > -COOL ? (facing + COOL) * (direct / (1 + COOL)) : 0;
    red += lamp.colour[0] * warm;
    green += lamp.colour[1] * cool;
    blue += lamp.colour[2] * cool;
    if (facing > 0) {
      const hx = lx + ex, hy = ly + ey, hz = lz + ez;
      const half = (nx * hx + ny * hy + nz * hz) / Math.sqrt(hx * hx + hy * hy + hz * hz + 1e-9);
      const h2 = half > 0 ? half * half : 0;
      const h4 = h2 * h2;
      const h8 = h4 * h4;
      mirror += lamp.colour[1] * h8 * h8 * h2 * direct;
    }
  }
  litRed[v] = red;
  litGreen[v] = green;
  litBlue[v] = blue;
  shine[v] = mirror;
  const facing = nx * ex + ny * ey + nz * ez;
  const lamp = facing > 0 ? facing * (0.45 + 0.55 * facing) : 0;
  litNir[v] = NIR_LAMP * away * away * lamp * (0.6 + 0.4 * occlusion) +
    rig.nirAmbient * occlusion * 3;
}
