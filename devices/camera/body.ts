/**
 * What carries the head: neck, shoulders in cloth, and the ears.
 *
 * @module
 */
import { clamp, cos, mix, PI, sin } from "../../core/numeric/mod.ts";
import { bell, bell2, noise2, step } from "./fast_math.ts";
import type { Reflectance } from "./hair.ts";
import { MATERIAL, type MeshBuilder, type Vertex } from "./mesh.ts";
import type { FaceParameters } from "./person.ts";

function paint(v: Vertex, c: Reflectance, shade: number): void {
  v.red = c[0] * shade;
  v.green = c[1] * shade;
  v.blue = c[2] * shade;
  v.nir = c[3];
}

/** Where the cloth begins, cm. */
const NECK_LINE = -11.6;
const TORSO_COLUMNS = 80;

/** Rings of the torso from the waist up: height, half width, half depth (cm), adult mean. */
const TORSO: readonly (readonly [number, number, number])[] = [
  [-140, 20.5, 12],
  [-40, 20.5, 12],
  [-28.5, 20.3, 11.5],
  [-22.5, 19.8, 10.6],
  [-19, 18.8, 9.6],
  [-16.9, 16.8, 8.6],
  [-15.5, 14, 7.8],
  [-14.3, 10.8, 7],
  [-13.3, 8.3, 6.4],
  [-12.4, 6.6, 5.9],
  [-11.6, 5.9, 5.5],
];

/** Adds neck and torso. */
export function addBody(mesh: MeshBuilder, p: FaceParameters, skin: Reflectance): void {
  addNeck(mesh, p, skin);
  addTorso(mesh, p);
  if (p.habits.collar === "shirt") addCollar(mesh, p);
}

function addNeck(mesh: MeshBuilder, p: FaceParameters, skin: Reflectance): void {
  const rows = 14;
  mesh.add({
    columns: 32,
    rows,
    closed: true,
    material: MATERIAL.plain,
    at(i, j, v) {
      const y = -15.5 + (12 * j) / (rows - 1);
      const a = (2 * PI * i) / 32;
      const flare = 1 + 0.06 * step(-9, -11.4, y) - 0.12 * step(-11.4, -13, y);
      v.x = p.neck_width * flare * sin(a);
      v.y = y;
      const cords = 0.25 * bell(Math.abs(a > PI ? a - 2 * PI : a) - 0.75, 0.25);
      const throat = p.sex === "male" ? 0.45 * bell2(v.x, y + 10.6, 0.8, 0.9) : 0;
      v.z = -1.6 + 0.12 * (y + 8) + (p.neck_width * 0.98 + cords) * flare * cos(a) + throat;
      v.bind = step(-12.5, -5.5, y);
      v.occlusion = (0.42 + 0.48 * step(-8.5, -12, y)) * (0.85 + 0.15 * cos(a));
      paint(v, skin, 0.96 + 0.05 * noise2(i * 0.4, j * 0.5, p.grain));
    },
  });
}

/** The torso's half width and depth at a height, by straight lines between the rings. */
function torsoAt(y: number): readonly [number, number] {
  for (let k = 1; k < TORSO.length; k++) {
    const [y1, w1, d1] = TORSO[k] ?? [0, 0, 0];
    const [y0, w0, d0] = TORSO[k - 1] ?? [0, 0, 0];
    if (y <= y1) {
      const t = (y - y0) / (y1 - y0);
      return [w0 + (w1 - w0) * t, d0 + (d1 - d0) * t];
    }
  }
  return [5.9, 5.5];
}

/** How much skin the neckline leaves free at a point of the torso's front, 0…1. */
export function bareAt(p: FaceParameters, x: number, y: number, z: number): number {
  if (y < -19 || z < -3) return 0;
  const { collar } = p.habits;
  const edge = collar === "round"
    ? -12.6 - 0.05 * (z + 2.6) * 2
    : collar === "shirt"
    ? -13 - 3.8 * (1 - Math.abs(x) / 3.2)
    : -17.4 + Math.abs(x + 1.5) * 0.9;
  return step(edge - 0.12, edge + 0.12, y);
}

function addTorso(mesh: MeshBuilder, p: FaceParameters): void {
  const broad = p.sex === "male" ? 1.06 : 0.92;
  const rows = 40;
  const { cloth, lining, collar, pattern, seed } = p.habits;
  mesh.add({
    columns: TORSO_COLUMNS,
    rows,
    closed: true,
    material: MATERIAL.cloth,
    at(i, j, v) {
      const t = j / (rows - 1);
      const y = NECK_LINE - 120 * (1 - t) * (1 - t) * (1 - t);
      const [wide, thick] = torsoAt(y);
      // cloth lies outside the neck, or the two would bite into each other in teeth
      const half = Math.max(wide * broad, p.neck_width * 1.07 + 0.2);
      const deep = Math.max(thick, p.neck_width * 0.98 + 1);
      const a = (2 * PI * i) / TORSO_COLUMNS;
      const wrinkle = 0.22 * noise2(i * 0.35, y * 0.35, seed) * step(-13.5, -16.5, y);
      v.x = half * sin(a);
      v.y = y;
      v.z = -2.6 + (deep + wrinkle) * cos(a);
      v.bind = 0;
      v.u = v.x;
      v.v = y;
      v.occlusion = clamp(0.6 + 0.4 * step(-12.5, -16, y), 0, 1);
      const front = cos(a) > 0;
      const lapel = collar === "robe" && front ? bell(y + 19 - (v.x + 1.5) * 0.9, 1) : 0;
      const own: Reflectance = [
        cloth[0],
        cloth[1],
        cloth[2],
        0.3 + 0.4 * cloth[1] + 0.2 * noise2(seed % 977, 1, 9),
      ];
      const trim: Reflectance = [lining[0], lining[1], lining[2], 0.5];
      const over = (c: 0 | 1 | 2 | 3) => mix(own[c], trim[c], lapel);
      const tone: Reflectance = [over(0), over(1), over(2), over(3)];
      let shade = 1;
      if (pattern !== "plain") {
        shade = noise2(v.x * 0.9, 0.5, seed) > 0.1 ? 0.7 : 1;
        if (pattern === "checks" && noise2(0.5, y * 0.9, seed + 1) > 0.1) shade *= 0.75;
      }
      paint(v, tone, shade);
    },
  });
}

function addCollar(mesh: MeshBuilder, p: FaceParameters): void {
  const { cloth } = p.habits;
  mesh.add({
    columns: 40,
    rows: 5,
    closed: false,
    material: MATERIAL.fabric,
    at(i, j, v) {
      const t = j / 4;
      const a = 0.24 + ((2 * PI - 0.48) * i) / 39;
      const front = step(0.5, 1, cos(a));
      const flare = 1.12 + 0.34 * (1 - t);
      v.x = p.neck_width * flare * sin(a);
      v.y = -14.2 - 1.3 * front + t * (3 - 0.3 * front);
      v.z = -2.3 + p.neck_width * (flare + 0.1 * (1 - t)) * cos(a);
      v.bind = 0;
      v.u = v.x;
      v.v = v.y;
      v.occlusion = 0.7 + 0.3 * (1 - t);
      paint(v, [cloth[0], cloth[1], cloth[2], 0.45], 1.06);
    },
  });
}

/** Adds both ears: a shell with a rim (helix), a hollow (concha) and a lobe. */
export function addEars(mesh: MeshBuilder, p: FaceParameters, skin: Reflectance): void {
  for (const side of [-1, 1]) {
    const columns = 16;
    const rows = 13;
    mesh.add({
      columns,
      rows,
      closed: true,
      material: MATERIAL.plain,
      at(i, j, v) {
        const t = j / (rows - 1); // 0 the rim on the head, 1 the middle of the hollow
        const a = (2 * PI * i) / columns;
        const r = 1 - t;
        const upper = sin(a) > 0 ? 1 : 0.72;
        const alongY = 3.1 * p.ear_size * r * sin(a) * (0.92 + 0.08 * upper);
        const alongZ = 1.75 * p.ear_size * r * cos(a) * (0.7 + 0.3 * step(-1, 0.6, sin(a)));
        const rim = 0.75 * bell(r - 0.78, 0.16) + 0.25 * bell(r - 0.45, 0.12) - 0.1;
        const back = side * alongZ;
        v.y = p.ear_height + 0.1 + alongY;
        v.z = -1.3 - back - 0.25 * alongY;
        const out = 0.45 + p.ear_angle * (1.3 - (v.z + 1.3) * 0.8) + rim * 0.6;
        v.x = side * (p.face_width * 0.965 + out);
        v.occlusion = 0.5 + 0.45 * bell(r - 0.8, 0.3);
        v.bind = 1;
        const red = 1 + 0.06 * bell(r - 0.9, 0.3);
        paint(v, [skin[0] * red, skin[1] * 0.95, skin[2] * 0.94, skin[3]], 1);
      },
    });
  }
}
