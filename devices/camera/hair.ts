/**
 * Hair as shells around the skull: where its thickness falls below zero the shell dives under the
 * skin, so the depth test itself draws the hairline.
 *
 * @module
 */
import { clamp, cos, PI, sin } from "../../core/numeric/mod.ts";
import { bell, bell2, chance, noise2, step } from "./fast_math.ts";
import type { HairStyle } from "./habits.ts";
import { azimuthOf, HEAD_COLUMNS, HEAD_ROWS, type HeadGrid } from "./head.ts";
import { MATERIAL, type MeshBuilder, type Vertex } from "./mesh.ts";
import type { FaceParameters } from "./person.ts";

/** Reflectance in red, green, blue, near infrared. */
export type Reflectance = readonly [red: number, green: number, blue: number, nir: number];

const DEGREES = 180 / PI;

/** Colour of the hair: black through brown to fair, greying with age. */
export function hairColour(p: FaceParameters): Reflectance {
  const light = p.hair_light * p.hair_light * 0.55;
  const warm = clamp(p.hair_red, 0, 1);
  const greyFrom = 38 + 26 * chance(p.grain, 3, 5);
  const grey = clamp((p.age - greyFrom) / 24, 0, 0.92);
  const brown = [
    0.022 + light * 0.9 + 0.022 * warm,
    0.019 + light * 0.55 + 0.006 * warm,
    0.019 + light * 0.24,
  ];
  const to = [0.34, 0.34, 0.35];
  const [r = 0, g = 0, b = 0] = brown.map((v, i) => v + ((to[i] ?? 0) - v) * grey * grey);
  return [r, g, b, 0.2 + 0.3 * grey + 0.2 * p.hair_light];
}

/** Whether hair falls down beside the face. */
function falls(style: HairStyle): boolean {
  return style === "bob" || style === "long";
}

/** Height of the hairline at an azimuth in degrees (0 front, 180 back). */
function hairlineAt(p: FaceParameters, style: HairStyle, degrees: number): number {
  const a = Math.abs(degrees);
  const side = degrees * p.habits.parting < 0 ? 1 : -1; // 1: where the parted hair falls
  let front = p.hairline - p.hairline_peak * bell(a, 9) +
    p.hairline_recess * bell(a - 36, 14);
  if (style === "fringe") {
    front = p.eye_height + p.brow_height + 1.15 + 0.5 * chance(p.grain, 1, 2) + 0.012 * a;
  } else if (style === "bob" || style === "long" || style === "braids") {
    front = p.hairline + 0.3 - 4.4 * step(4, 58, Math.abs(degrees - 12 * p.habits.parting));
  } else if (style === "side-part") {
    front -= side > 0 ? 1.3 * bell(a - 24, 16) : 0.2;
  }
  if (a <= 48) return front - 0.5 * step(30, 48, a);
  LINE_HEIGHTS[0] = front - 0.5;
  LINE_HEIGHTS[1] = front - 0.5;
  LINE_HEIGHTS[2] = Math.min(front - 0.8, 4.2);
  LINE_HEIGHTS[4] = falls(style) ? -2 : -0.9;
  LINE_HEIGHTS[5] = falls(style) ? -3 : 0.4;
  LINE_HEIGHTS[6] = 2.3 + p.ear_height;
  LINE_HEIGHTS[7] = 2.4 + p.ear_height;
  let k = 1;
  while (k + 1 < LINE_DEGREES.length && a > (LINE_DEGREES[k] as number)) k++;
  const fromA = LINE_DEGREES[k - 1] as number, fromY = LINE_HEIGHTS[k - 1] as number;
  const toA = LINE_DEGREES[k] as number, toY = LINE_HEIGHTS[k] as number;
  return fromY + ((toY - fromY) * (a - fromA)) / Math.max(1e-6, toA - fromA);
}

/** The hairline beside and behind the face: at these degrees … */
const LINE_DEGREES = new Float64Array([48, 48, 62, 73, 79, 84, 90, 106, 118, 140, 181]);
/** … it is at these heights; those of temple and ear are a person's and written anew each time. */
const LINE_HEIGHTS = new Float64Array([0, 0, 0, 1.4, 0, 0, 0, 0, -2.5, -5, -6]);

/** Thickness of the hair over the skull, cm; negative where there is none. */
function thickness(p: FaceParameters, degrees: number, y: number): number {
  const style = p.habits.hair;
  if (style === "shaved") return -0.4;
  const jag = 0.25 * noise2(degrees * 0.34, y * 0.15, p.habits.seed);
  const line = hairlineAt(p, style, degrees) + jag;
  const front = step(100, 40, Math.abs(degrees));
  const high = step(3, 10, y);
  const inside = y - line;
  if (style === "bald") {
    const rim = Math.min(inside, 6.3 - y + 3.5 * step(70, 130, Math.abs(degrees)));
    return clamp(rim * 0.5, -0.4, 0.45) - (Math.abs(degrees) < 66 ? 0.6 : 0);
  }
  let body = 0.45;
  if (style === "crop") body = 0.4 + 0.65 * high;
  if (style === "side-part") {
    const part = bell(degrees - 26 * p.habits.parting, 7) * step(4, 7, y);
    body = 0.55 + 1.3 * high + 0.5 * front * high - 0.55 * part;
  }
  if (style === "swept-back") body = 0.5 + 1 * high + 0.45 * front * high;
  if (style === "fringe") body = 0.75 + 0.85 * high;
  if (style === "curly") {
    body = 1.1 + 0.8 * high +
      0.45 * noise2(degrees * 0.07, y * 0.6, p.grain) +
      0.2 * noise2(degrees * 0.16, y * 1.4, p.grain + 1);
  }
  if (falls(style) || style === "braids") {
    const part = bell(degrees - 12 * p.habits.parting, 5) * step(3, 6, y);
    body = 0.75 + 0.75 * high - 0.45 * part;
  }
  if (style === "tied-back" || style === "bun") body = 0.4 + 0.45 * high;
  const rise = style === "fringe" ? 0.35 : style === "swept-back" ? 0.9 : 1.3;
  return inside <= 0
    ? clamp(inside * 0.6, -0.5, 0)
    : body * p.hair_volume * (0.28 + 0.72 * step(0, rise * 1.6, inside));
}

/** Where the painted hair of the scalp begins at an azimuth (degrees): its `line` below. */
export function scalpLine(p: FaceParameters, degrees: number): number {
  const style = p.habits.hair;
  return hairlineAt(p, style === "shaved" || style === "bald" ? "crop" : style, degrees);
}

/** How much scalp at an azimuth (degrees) and height is covered with hair, 0…1, softly. */
export function scalpCover(p: FaceParameters, degrees: number, y: number, line: number): number {
  const style = p.habits.hair;
  if (y < line - 0.7) return 0;
  const soft = step(line - 0.35, line + 0.7, y + 0.3 * noise2(degrees * 0.5, y, p.grain));
  if (style === "bald") {
    const crown = step(5.5, 7.5, y + 3 * step(130, 70, Math.abs(degrees)));
    return soft * (1 - 0.85 * crown) * 0.8;
  }
  return style === "shaved" ? 0.5 * soft : soft;
}

/** Adds all hair of the head to the figure. */
export function addHair(mesh: MeshBuilder, p: FaceParameters, grid: HeadGrid): void {
  const colour = hairColour(p);
  const style = p.habits.hair;
  if (style !== "shaved") addShell(mesh, p, grid, colour);
  if (falls(style)) {
    addCurtain(mesh, p, colour, false);
    addCurtain(mesh, p, colour, true);
  }
  if (style === "bun") addKnot(mesh, colour, 0, 11.6, -4.5, 3.1);
  if (style === "tied-back") addKnot(mesh, colour, 0, 3, -11, 2.6);
  if (style === "braids") {
    addBraid(mesh, p, colour, -1);
    addBraid(mesh, p, colour, 1);
  }
}

function paint(v: Vertex, colour: Reflectance, shade: number): void {
  v.red = colour[0] * shade;
  v.green = colour[1] * shade;
  v.blue = colour[2] * shade;
  v.nir = colour[3];
}

const SHELL_FROM_ROW = 30; // the shell starts below the ears

function addShell(
  mesh: MeshBuilder,
  p: FaceParameters,
  grid: HeadGrid,
  colour: Reflectance,
): void {
  mesh.add({
    columns: HEAD_COLUMNS,
    rows: HEAD_ROWS - SHELL_FROM_ROW,
    closed: true,
    material: MATERIAL.hair,
    at(i, j, v) {
      const k = 3 * ((j + SHELL_FROM_ROW) * HEAD_COLUMNS + i);
      const x = grid.position[k] ?? 0;
      const y = grid.position[k + 1] ?? 0;
      const z = grid.position[k + 2] ?? 0;
      const angle = azimuthOf(i);
      const degrees = (angle > PI ? angle - 2 * PI : angle) * DEGREES;
      const out = thickness(p, degrees, y);
      v.hidden = out < -0.02;
      const length = Math.sqrt(x * x + y * y * 0.9 + z * z) + 1e-6;
      const scale = 1 + out / length;
      v.x = x * scale;
      v.y = y * scale;
      v.z = z * scale;
      v.u = degrees / 22;
      v.v = y / 9;
      v.occlusion = clamp(0.55 + 0.3 * out + 0.035 * y, 0.4, 1);
      paint(v, colour, 0.85 + 0.25 * noise2(degrees * 0.08, y * 0.3, p.grain));
    },
  });
}

/** Hair that falls beside and behind the face, seen from outside or, beside the neck, inside. */
function addCurtain(
  mesh: MeshBuilder,
  p: FaceParameters,
  colour: Reflectance,
  inside: boolean,
): void {
  const from = 52 / DEGREES;
  const length = p.habits.hair === "bob" ? 5.5 + 0.3 * p.habits.length : 9 + p.habits.length;
  const columns = 56;
  const rows = 24;
  mesh.add({
    columns,
    rows,
    closed: false,
    material: MATERIAL.hair,
    at(column, j, v) {
      const i = inside ? columns - 1 - column : column;
      const t = j / (rows - 1);
      const y = 6 - (1 - t) * (6 + length);
      const angle = from + ((2 * PI - 2 * from) * i) / (columns - 1);
      const edge = 1 - Math.abs(2 * i / (columns - 1) - 1);
      const wave = 0.35 * noise2(i * 0.45, y * 0.25, p.habits.seed) +
        0.15 * noise2(i * 1.3, y * 0.1, p.grain);
      const c = Math.sqrt(Math.max(0, 1 - (y / p.skull_height) * (y / p.skull_height)));
      const swell = y > 0 ? 0.25 + 0.75 * c : 1 - 0.05 * step(0, -6, y) + 0.1 * step(-8, -14, y);
      const tuck = 0.9 * step(0.1, 0, edge);
      const radius = (p.face_width + 0.5 + 0.95 * p.hair_volume + wave - tuck) * swell;
      v.x = radius * sin(angle);
      v.y = y;
      const deep = cos(angle);
      v.z = deep * (deep > 0 ? p.head_depth * 0.75 : p.head_depth + 0.8) * swell - 0.5;
      v.u = i * 0.32;
      v.v = y / 9;
      v.occlusion = clamp(0.75 + 0.03 * y + 0.25 * wave, 0.4, 1) * (inside ? 0.45 : 1);
      v.bind = y < -7 ? 0.5 + 0.5 * step(-13, -7, y) : 1;
      paint(v, colour, 0.85 + 0.3 * wave);
    },
  });
}

function addKnot(
  mesh: MeshBuilder,
  colour: Reflectance,
  x: number,
  y: number,
  z: number,
  radius: number,
): void {
  mesh.add({
    columns: 20,
    rows: 12,
    closed: true,
    material: MATERIAL.hair,
    at(i, j, v) {
      const a = (2 * PI * i) / 20;
      const b = PI * (j / 11 - 0.5);
      v.x = x + radius * cos(b) * sin(a);
      v.y = y + radius * 0.85 * sin(b);
      v.z = z + radius * cos(b) * cos(a);
      v.u = j * 0.3;
      v.v = i * 0.2;
      v.occlusion = 0.6 + 0.3 * step(-1, 1, sin(b));
      paint(v, colour, 1);
    },
  });
}

function addBraid(mesh: MeshBuilder, p: FaceParameters, colour: Reflectance, side: number): void {
  const rows = 30;
  mesh.add({
    columns: 10,
    rows,
    closed: true,
    material: MATERIAL.hair,
    at(i, j, v) {
      const t = 1 - j / (rows - 1);
      const a = (2 * PI * i) / 10;
      const knot = 0.5 + 0.5 * cos(t * 58);
      const radius = (1.05 - 0.35 * t) * (0.75 + 0.25 * knot);
      v.x = side * (p.face_width * 0.98 + 0.2 + 0.6 * bell2(t - 0.4, 0, 0.3, 1)) +
        radius * sin(a);
      v.y = -1.5 - 22 * t;
      v.z = -1 + 8 * step(0.15, 0.75, t) + radius * cos(a);
      v.u = 0.5 * i + 3 * t;
      v.v = t * 12;
      v.occlusion = 0.55 + 0.4 * knot;
      v.bind = 1 - step(0.1, 0.6, t);
      paint(v, colour, 1);
    },
  });
}
