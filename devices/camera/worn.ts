/**
 * What covers a part of the head: sunglasses, a surgical mask, a scarf, a fur hat.
 *
 * Sunglasses are dark to the eye and clear in the near infrared; cloth and fur have a shape of their
 * own in depth, fur with holes. Drawn over the finished person, at the head's placement.
 *
 * @module
 */
import { clamp, cos, PI, sin } from "../../core/numeric/mod.ts";
import { draw } from "./draw.ts";
import { noise2, Recent, step } from "./fast_math.ts";
import type { Figure } from "./figure.ts";
import * as frame from "./frame.ts";
import { stroke } from "./glasses.ts";
import { azimuthOf, HEAD_COLUMNS, HEAD_ROWS, noseTip } from "./head.ts";
import type { Rig } from "./lights.ts";
import { MATERIAL, MeshBuilder, type Vertex } from "./mesh.ts";
import type { FaceParameters } from "./person.ts";
import { placed, type Placement, projected } from "./project.ts";
import { plainFigure } from "./props.ts";
import type { Covering, Subject } from "./scene.ts";

const STILL = { blink: 0, smile: 0, mouth_open: 0, gaze_x: 0, gaze_y: 0 };

const COVERS = new Recent<Figure>(6);
const PRESSED = new Recent<Figure>(4);

/** Puts everything on that the person wears. */
export function drawWorn(
  worn: readonly Covering[],
  subject: Subject,
  figure: Figure,
  at: Placement,
  rig: Rig,
): void {
  const p = figure.face;
  if (p === null) return;
  const { person, kin, visit } = subject;
  for (const covering of worn) {
    if (covering === "sunglasses") {
      drawSunglasses(p, figure, at, rig);
      continue;
    }
    const cover = COVERS.get(
      `${person}/${kin}/${visit}/${covering}`,
      () => coverOf(covering, p, figure),
    );
    draw(cover, at, STILL, rig);
    if (covering === "surgical-mask") drawLoops(p, figure, at, rig);
  }
}

/** The figure as it is under what is worn: a fur hat presses the hair to the head. */
export function under(worn: readonly Covering[], subject: Subject, figure: Figure): Figure {
  const { face } = figure;
  if (face === null || !worn.includes("fur-hat")) return figure;
  const { person, kin, visit } = subject;
  return PRESSED.get(`${person}/${kin}/${visit}`, () => pressed(face, figure));
}

function pressed(p: FaceParameters, figure: Figure): Figure {
  const position = figure.mesh.position.slice();
  const brow = hatEdge(p);
  for (let k = 3 * figure.headVertices; k < position.length; k += 3) {
    const [x = 0, y = 0, z = 0] = position.subarray(k, k + 3);
    if (y < brow) continue;
    const [height, out] = crown(p, clamp((y - brow - FELT_FROM) / FELT_HIGH, 0, 0.98));
    const [wide, deep] = [p.face_width + out - LINING, HAT_DEPTH + out - LINING];
    const [u, w] = [x / wide, (z - HAT_BACK) / deep];
    const beyond = Math.sqrt(u * u + w * w);
    position[k + 1] = Math.min(y, Math.max(brow + FELT_FROM, height));
    if (beyond <= 1) continue;
    position[k] = x / beyond;
    position[k + 2] = (z - HAT_BACK) / beyond + HAT_BACK;
  }
  return { ...figure, mesh: { ...figure.mesh, position } };
}

function coverOf(
  covering: Exclude<Covering, "sunglasses">,
  p: FaceParameters,
  figure: Figure,
): Figure {
  const builder = new MeshBuilder();
  if (covering === "surgical-mask") addMask(builder, p, figure);
  if (covering === "scarf") addScarf(builder, p, figure);
  if (covering === "fur-hat") addHat(builder, p);
  return plainFigure(builder.build(), []);
}

function paint(v: Vertex, red: number, green: number, blue: number, nir: number, k: number): void {
  v.red = red * k;
  v.green = green * k;
  v.blue = blue * k;
  v.nir = nir;
}

/** A pleated mask of blue fleece that spans from the bridge of the nose to under the chin. */
function addMask(builder: MeshBuilder, p: FaceParameters, { mesh }: Figure): void {
  const column = (from: number) =>
    Array.from({ length: HEAD_COLUMNS }, (_, i) => i).filter((i) => Math.abs(azimuthOf(i)) < from);
  const columns = column(1.28);
  const first = columns[0] ?? 0;
  const middle = columns.reduce((a, b) => Math.abs(azimuthOf(a)) < Math.abs(azimuthOf(b)) ? a : b);
  const at = (i: number, j: number, axis: number) =>
    mesh.position[3 * (j * HEAD_COLUMNS + i) + axis] ?? 0;
  const top = noseTip(p) + 1.9;
  const rows = Array.from({ length: HEAD_ROWS }, (_, j) => j)
    .filter((j) => at(middle, j, 1) < top && at(middle, j, 2) > 5.2);
  const low = rows[0] ?? 0;
  const chin = at(middle, low, 2);
  const tip = Math.max(...rows.map((j) => at(middle, j, 2)));
  const [y0, y1] = [at(middle, low, 1), noseTip(p)];
  builder.add({
    columns: columns.length,
    rows: rows.length,
    closed: false,
    material: MATERIAL.plain,
    at(i, j, v) {
      v.x = at(first + i, low + j, 0);
      v.y = at(first + i, low + j, 1);
      const over = (v.y - y0) / (y1 - y0);
      const ridge = over < 1 ? chin + 0.6 + (tip - chin) * over : at(middle, low + j, 2) + 0.35;
      const tent = ridge - 0.62 * (Math.sqrt(v.x * v.x + 1.2) - 1.1);
      const skin = at(first + i, low + j, 2) + 0.28;
      v.x *= 1.03 + 0.1 * step(1, 0, over);
      v.z = skin > tent ? skin : tent;
      const pleat = 1 - 0.16 * step(0.72, 1, Math.abs(((over * 3.5) % 1 + 1) % 1 * 2 - 1));
      v.occlusion = 0.95;
      paint(v, 0.4, 0.56, 0.66, 0.78, pleat);
    },
  });
}

/** The elastic loops of a mask, from its upper and lower corners behind the ears. */
function drawLoops(p: FaceParameters, figure: Figure, at: Placement, rig: Rig): void {
  const lit = (c: 0 | 1 | 2) => 0.75 * (rig.sky[c] + 0.5 * rig.lamps[0].colour[c]);
  const away = -at.shift[2];
  const ink = { red: lit(0), green: lit(1), blue: lit(2), nir: 800 / (away * away) };
  const [y, z] = [noseTip(p) + 0.9, 0.62 * figure.eyeDepth];
  for (const side of [-1, 1]) {
    const ear = placed(at, side * (p.face_width + 0.55), p.ear_height + 1.2, 0.2);
    const lobe = placed(at, side * (p.face_width + 0.55), p.ear_height - 2.4, 0.2);
    stroke(placed(at, side * 0.86 * p.face_width, y, z), ear, 0.12, ink);
    stroke(placed(at, side * 0.8 * p.face_width, y - 4, z - 0.6), lobe, 0.12, ink);
  }
}

/** A woollen scarf wound up to the nose. */
function addScarf(builder: MeshBuilder, p: FaceParameters, { mesh }: Figure): void {
  const columns = 72;
  const rows = 40;
  const [r, g, b] = p.habits.lining;
  const top = noseTip(p) - 0.4;
  // it lies before lips and chin, whoever's they are
  let lips = 0;
  for (let k = 0; k < 3 * HEAD_COLUMNS * HEAD_ROWS; k += 3) {
    if ((mesh.position[k + 1] ?? 0) < top - 0.8) lips = Math.max(lips, mesh.position[k + 2] ?? 0);
  }
  builder.add({
    columns,
    rows,
    closed: true,
    material: MATERIAL.plain,
    at(i, j, v) {
      const t = j / (rows - 1);
      const a = (2 * PI * i) / columns;
      const y = -16 + (top + 16) * t;
      const fold = noise2(5 * sin(a) + 7 * t, 9 * t, p.habits.seed);
      const turn = 0.5 + 0.5 * sin(t * 15 + 0.9 * sin(a));
      const lip = t > 0.93 ? (t - 0.93) / 0.07 : 0;
      const out = 1 + 0.05 * turn + 0.03 * fold - 0.12 * lip;
      const wide = (p.face_width + 1.5 + 1.6 * (1 - t)) * out;
      v.x = wide * sin(a);
      v.y = y;
      const front = lips + 0.9 - 2.2 * step(-10, -15, y);
      v.z = (cos(a) > 0 ? front : 8.5) * out * cos(a) - 0.3;
      v.occlusion = 0.62 + 0.3 * turn - 0.2 * lip;
      const knit = 0.9 + 0.2 * ((i + j) % 2);
      paint(v, r * 0.8 + 0.05, g * 0.8 + 0.05, b * 0.8 + 0.05, 0.55, knit);
    },
  });
}

/** A fur hat's depth before the middle of the head, and where that middle is; its band and crown. */
const HAT_DEPTH = 8.2;
const HAT_BACK = -0.6;
const FUR_HIGH = 5.4;
const FELT_FROM = 4.6;
const FELT_HIGH = 5;
/** Between the hat and the hair under it. */
const LINING = 0.2;

/** Height of a fur hat's lower edge: just above the brows. */
function hatEdge(p: FaceParameters): number {
  return p.eye_height + p.brow_height + 0.9;
}

/** The felt of the crown: at a part `risen` of its height, how high it is and how far beyond the head. */
function crown(p: FaceParameters, risen: number): readonly [height: number, out: number] {
  const narrower = 1 - Math.sqrt(1 - risen * risen);
  return [hatEdge(p) + FELT_FROM + FELT_HIGH * risen, 0.6 - (p.face_width + 0.6) * narrower];
}

/** A fur hat down to the brows: a broad band of fur and a crown of felt. */
function addHat(builder: MeshBuilder, p: FaceParameters): void {
  const columns = 64;
  const brow = hatEdge(p);
  const ring = (
    rows: number,
    material: typeof MATERIAL.hair | typeof MATERIAL.plain,
    shape: (t: number) => readonly [height: number, out: number],
    tone: readonly [number, number, number, number],
    shag: number,
  ) =>
    builder.add({
      columns,
      rows,
      closed: true,
      material,
      at(i, j, v) {
        const t = j / (rows - 1);
        const a = (2 * PI * i) / columns;
        const [y, out] = shape(t);
        const fur = shag * noise2(2.3 * i, 3.1 * j, p.habits.seed + 7);
        v.x = (p.face_width + out + fur) * sin(a);
        v.y = y + 0.8 * (1 - cos(a)) * -0.6;
        v.z = (HAT_DEPTH + out + fur) * cos(a) + HAT_BACK;
        v.u = i * 0.7;
        v.v = j * 0.4;
        v.occlusion = 0.75 + 0.25 * sin(PI * t);
        paint(v, tone[0], tone[1], tone[2], tone[3], 0.85 + 0.4 * fur);
      },
    });
  ring(
    14,
    MATERIAL.hair,
    (t) => [brow + FUR_HIGH * t, 0.9 + 1.5 * sin(PI * t)],
    [0.075, 0.042, 0.022, 0.42],
    0.35,
  );
  ring(12, MATERIAL.plain, (t) => crown(p, sin(0.5 * PI * t)), [0.05, 0.05, 0.055, 0.5], 0);
}

const LENS_WIDE = 3.05;
const LENS_TALL = 2.45;

/** Dark lenses: black to the eye, clear in the near infrared, where only the frame shows. */
function drawSunglasses(p: FaceParameters, figure: Figure, at: Placement, rig: Rig): void {
  const z = figure.eyeDepth + 1.3;
  const y = p.eye_height - 0.35;
  const middle = Math.max(p.eye_spacing, LENS_WIDE + 0.45);
  const ink = { red: 0.012, green: 0.012, blue: 0.014, nir: 0.05 };
  for (const side of [-1, 1]) {
    darkLens(at, side * middle, y, z, rig);
    const hinge = placed(at, side * (middle + LENS_WIDE * 0.95), y + 1, z - 0.4);
    const bend = placed(at, side * (p.face_width + 0.15), y + 1, z - 4);
    stroke(hinge, bend, 0.25, ink);
    stroke(bend, placed(at, side * (p.face_width + 0.1), p.ear_height + 2.4, -0.8), 0.25, ink);
  }
  const inner = middle - LENS_WIDE;
  stroke(placed(at, -inner, y + 0.7, z - 0.1), placed(at, inner, y + 0.7, z - 0.1), 0.2, ink);
}

function darkLens(at: Placement, x: number, y: number, z: number, rig: Rig): void {
  const [cx, cy] = projected(...placed(at, x, y, z));
  const [ex, ey] = projected(...placed(at, x + LENS_WIDE, y, z));
  const [tx, ty] = projected(...placed(at, x, y + LENS_TALL, z));
  const reach = Math.abs(ex - cx) + Math.abs(tx - cx);
  const tall = Math.abs(ty - cy) + Math.abs(ey - cy);
  const det = (ex - cx) * (ty - cy) - (ey - cy) * (tx - cx);
  if (Math.abs(det) < 1e-6) return;
  const x0 = Math.max(0, Math.floor(cx - reach)), y0 = Math.max(0, Math.floor(cy - tall));
  const x1 = Math.min(frame.WIDTH - 1, Math.ceil(cx + reach));
  const y1 = Math.min(frame.HEIGHT - 1, Math.ceil(cy + tall));
  for (let py = y0; py <= y1; py++) {
    for (let px = x0; px <= x1; px++) {
      const dx = px + 0.5 - cx, dy = py + 0.5 - cy;
      const u = (dx * (ty - cy) - dy * (tx - cx)) / det;
      const v = (dy * (ex - cx) - dx * (ey - cy)) / det;
      const q = u * u * u * u + v * v * v * v + 0.25 * u * u * v * v;
      if (q > 1) continue;
      const k = py * frame.WIDTH + px;
      const rim = q > 0.72;
      const through = rim ? 0 : 0.07;
      const sky = rim ? 0.012 : 0.02 + 0.05 * step(-0.2, 1, v);
      frame.red[k] = (frame.red[k] as number) * through + sky * rig.sky[0];
      frame.green[k] = (frame.green[k] as number) * through + sky * rig.sky[1];
      frame.blue[k] = (frame.blue[k] as number) * through + sky * 1.15 * rig.sky[2];
      frame.nir[k] = (frame.nir[k] as number) * (rim ? 0.18 : 0.88);
    }
  }
}
