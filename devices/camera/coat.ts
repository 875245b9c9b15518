/**
 * What the surface of an instrument adds to its picture: highlights, even tones, a screen's grid.
 *
 * Works on the pixels of the figure that was shaded last ({@link frame.seen} still names them), in
 * linear light: a mirror-like part that reflects lamps and window, the infrared lamp's own reflection
 * (which also blinds the depth sensor), paint that is more even than skin, and in the near infrared,
 * where dyes vanish, one tone for everything. Screens beat with the sensor's grid (moiré: their rows
 * of pixels sampled at the sensor's), and show the bands of a shutter that reads while they refresh.
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import { hash3, step } from "./fast_math.ts";
import * as frame from "./frame.ts";
import { NIR_LAMP, type Rig } from "./lights.ts";
import { MATERIAL } from "./mesh.ts";
import type { Placement } from "./project.ts";
import type { AttackSpecies } from "./species.ts";

export interface Coat {
  /** Share of a lamp's light that is mirrored, and from which cosine of its direction on. */
  readonly gloss: number;
  readonly sharp: number;
  /** Added to the shine that materials have by themselves; negative for what is matt. */
  readonly shine: number;
  /** How far colours go to one even tone, and that tone; `null` leaves the mean of what is there. */
  readonly even: number;
  /** Reflectance in the near infrared, and how far every pixel goes to it. */
  readonly nir: number;
  readonly nirEven: number;
  /** Mirrored share of the infrared lamp. */
  readonly nirGloss: number;
  /** Contrast of moiré and of refresh bands. */
  readonly moire: number;
  readonly bands: number;
}

const NONE: Coat = {
  gloss: 0,
  sharp: 0.94,
  shine: 0,
  even: 0,
  nir: 0,
  nirEven: 0,
  nirGloss: 0,
  moire: 0,
  bands: 0,
};

/** The coat of a species; `null` where its texture and material say everything. */
export const COATS: Readonly<Record<AttackSpecies, Coat | null>> = {
  "printed-photo": null,
  "phone-replay": null,
  "glossy-print": { ...NONE, gloss: 0.42, sharp: 0.9, nirGloss: 0.5 },
  "matt-print": { ...NONE, shine: -0.14 },
  "bent-print": { ...NONE, gloss: 0.1, sharp: 0.85, nirGloss: 0.08 },
  "eye-hole-print": { ...NONE, shine: -0.06 },
  "cloth-print": { ...NONE, shine: -0.16 },
  "phone-video": { ...NONE, gloss: 0.4, sharp: 0.95, nirGloss: 0.3, moire: 0.09, bands: 0.13 },
  "tablet-photo": { ...NONE, gloss: 0.4, sharp: 0.95, nirGloss: 0.3, moire: 0.1, bands: 0.05 },
  "tablet-video": { ...NONE, gloss: 0.4, sharp: 0.95, nirGloss: 0.3, moire: 0.1, bands: 0.12 },
  "paper-mask": { ...NONE, shine: -0.08 },
  "resin-mask": {
    ...NONE,
    gloss: 0.3,
    sharp: 0.9,
    even: 0.3,
    nir: 0.36,
    nirEven: 0.88,
    nirGloss: 0.25,
  },
  "silicone-mask": {
    ...NONE,
    gloss: 0.14,
    sharp: 0.82,
    even: 0.55,
    nir: 0.8,
    nirEven: 0.82,
    nirGloss: 0.1,
  },
  "mannequin-head": {
    ...NONE,
    gloss: 0.24,
    sharp: 0.87,
    even: 0.45,
    nir: 0.68,
    nirEven: 0.9,
    nirGloss: 0.18,
  },
};

/** Grid lines of a screen across its width and height: what the sensor samples too coarsely. */
const SCREEN_COLUMNS = 540;
const SCREEN_ROWS = 1170;

/** What a solid mask's paint is like: its tone, and where living eyes look out of it. */
export interface Paint {
  readonly tone: readonly [red: number, green: number, blue: number];
  /** Middles of the eye openings in face coordinates, cm. */
  readonly openings: readonly { readonly x: number; readonly y: number }[];
}

const OPENING_WIDE = 1.7;
const OPENING_TALL = 0.8;
/** Moulded silicone is about 4 mm thick: so much deeper lies the eye, with less light round it. */
const OPENING_DEEP = 0.4;
const OPENING_LIGHT = 0.82;
/** The edge of the opening, where mask and lids part, is dark; in squares of the opening's radius. */
const RIM = 1.55;
const RIM_LIGHT = 0.42;

/** Puts the coat over the figure drawn last. `noise` seeds where the refresh bands stand. */
export function applyCoat(
  coat: Coat,
  figure: Figure,
  at: Placement,
  rig: Rig,
  paint: Paint | null,
  noise: number,
): void {
  const { triangles, material, uv, normal } = figure.mesh;
  const { seen, weight1, weight2, touched } = frame;
  const phase = hash3(noise, 3, 11) / 0x1_0000_0000;
  for (let y = touched.top; y <= touched.bottom; y++) {
    const band = 1 - coat.bands * (0.5 + 0.5 * triangle(y / 84 + phase));
    for (let x = touched.left; x <= touched.right; x++) {
      const k = y * frame.WIDTH + x;
      const t = seen[k] as number;
      if (t < 0) continue;
      const kind = material[(t / 3) | 0] as number;
      const a = triangles[t] as number, b = triangles[t + 1] as number;
      const c = triangles[t + 2] as number;
      const wb = weight1[k] as number, wc = weight2[k] as number, wa = 1 - wb - wc;
      if (!coated(kind, paint !== null)) continue;
      if (kind === MATERIAL.screen) {
        const u = wa * (uv[2 * a] as number) + wb * (uv[2 * b] as number) +
          wc * (uv[2 * c] as number);
        const v = wa * (uv[2 * a + 1] as number) + wb * (uv[2 * b + 1] as number) +
          wc * (uv[2 * c + 1] as number);
        refresh(k, band, coat.moire, u, v);
      }
      // what lies behind (hair) has no say in whether this surface is read
      if (kind !== MATERIAL.hair) frame.unread[k] = 0;
      if (paint !== null) {
        const from = fromOpening(paint, figure, a, b, c, wa, wb, wc);
        if (from < 1) {
          recede(k);
          continue;
        }
        paintOver(coat, kind, k, a, b, c, wa, wb, wc, paint.tone);
        if (from < RIM) darken(k, RIM_LIGHT + (1 - RIM_LIGHT) * (from - 1) / (RIM - 1));
      }
      const nx = wa * (normal[3 * a] as number) + wb * (normal[3 * b] as number) +
        wc * (normal[3 * c] as number);
      const ny = wa * (normal[3 * a + 1] as number) + wb * (normal[3 * b + 1] as number) +
        wc * (normal[3 * c + 1] as number);
      const nz = wa * (normal[3 * a + 2] as number) + wb * (normal[3 * b + 2] as number) +
        wc * (normal[3 * c + 2] as number);
      const { shine } = frame;
      const dull = coat.shine * (wa * (shine[a] as number) + wb * (shine[b] as number) +
        wc * (shine[c] as number));
      if (kind !== MATERIAL.hair) mirror(coat, at, rig, k, x, y, nx, ny, nz, dull);
    }
  }
}

/** The hand that holds a sheet has no coat; of a mask everything has, but the cloth of its wearer. */
function coated(kind: number, solid: boolean): boolean {
  return solid
    ? kind === MATERIAL.face || kind === MATERIAL.plain || kind === MATERIAL.hair
    : kind === MATERIAL.picture || kind === MATERIAL.screen;
}

/** How far out of an opening with a living eye in it a point of a mask is: below 1 within. */
function fromOpening(
  { openings }: Paint,
  { mesh: { position } }: Figure,
  a: number,
  b: number,
  c: number,
  wa: number,
  wb: number,
  wc: number,
): number {
  let least = RIM;
  for (const eye of openings) {
    if ((position[3 * a + 2] as number) <= 0) continue;
    const u = (wa * (position[3 * a] as number) + wb * (position[3 * b] as number) +
      wc * (position[3 * c] as number) - eye.x) / OPENING_WIDE;
    const v = (wa * (position[3 * a + 1] as number) + wb * (position[3 * b + 1] as number) +
      wc * (position[3 * c + 1] as number) - eye.y) / OPENING_TALL;
    const from = u * u + v * v;
    if (from < least) least = from;
  }
  return least;
}

/** The living eye lies behind the thickness of the mask, and in its shade. */
function recede(k: number): void {
  const near = frame.nearness[k] as number;
  frame.nearness[k] = near / (1 + OPENING_DEEP * near);
  darken(k, OPENING_LIGHT);
}

function darken(k: number, light: number): void {
  frame.red[k] = (frame.red[k] as number) * light;
  frame.green[k] = (frame.green[k] as number) * light;
  frame.blue[k] = (frame.blue[k] as number) * light;
  frame.nir[k] = (frame.nir[k] as number) * light;
}

/** A screen's light through its own grid and the rolling shutter. */
function refresh(k: number, band: number, moire: number, u: number, v: number): void {
  const across = triangle(u * SCREEN_COLUMNS), down = triangle(v * SCREEN_ROWS);
  const beat = band * (1 + moire * down);
  frame.red[k] = (frame.red[k] as number) * (beat + moire * across);
  frame.green[k] = (frame.green[k] as number) * beat;
  frame.blue[k] = (frame.blue[k] as number) * (beat - moire * across);
}

function paintOver(
  coat: Coat,
  kind: number,
  k: number,
  a: number,
  b: number,
  c: number,
  wa: number,
  wb: number,
  wc: number,
  tone: Paint["tone"],
): void {
  const { litRed, litGreen, litBlue, litNir } = frame;
  const infrared = wa * (litNir[a] as number) + wb * (litNir[b] as number) +
    wc * (litNir[c] as number);
  const wig = kind === MATERIAL.hair;
  // the fibres of a wig are bright in the near infrared, grown hair is dark
  const flat = wig ? 0.55 : coat.nirEven;
  frame.nir[k] = (frame.nir[k] as number) * (1 - flat) + infrared * (wig ? 0.62 : coat.nir) * flat;
  if (wig) return;
  const keep = 1 - coat.even;
  frame.red[k] = (frame.red[k] as number) * keep + coat.even * tone[0] *
      (wa * (litRed[a] as number) + wb * (litRed[b] as number) + wc * (litRed[c] as number));
  frame.green[k] = (frame.green[k] as number) * keep + coat.even * tone[1] *
      (wa * (litGreen[a] as number) + wb * (litGreen[b] as number) +
        wc * (litGreen[c] as number));
  frame.blue[k] = (frame.blue[k] as number) * keep + coat.even * tone[2] *
      (wa * (litBlue[a] as number) + wb * (litBlue[b] as number) + wc * (litBlue[c] as number));
}

/** Reflections of the lamps, and of the infrared lamp beside the lens. */
function mirror(
  coat: Coat,
  at: Placement,
  rig: Rig,
  k: number,
  x: number,
  y: number,
  nx: number,
  ny: number,
  nz: number,
  dull: number,
): void {
  const r = at.rotation;
  const mx = (r[0] as number) * nx + (r[1] as number) * ny + (r[2] as number) * nz;
  const my = (r[3] as number) * nx + (r[4] as number) * ny + (r[5] as number) * nz;
  const mz = (r[6] as number) * nx + (r[7] as number) * ny + (r[8] as number) * nz;
  const ex = (frame.WIDTH / 2 - x - 0.5) / frame.FOCAL,
    ey = (y + 0.5 - frame.HEIGHT / 2) /
      frame.FOCAL;
  const away = 1 / Math.sqrt(ex * ex + ey * ey + 1);
  const facing = (mx * ex + my * ey + mz) * away;
  // towards what the eye sees mirrored
  const qx = 2 * facing * mx - ex * away, qy = 2 * facing * my - ey * away;
  const qz = 2 * facing * mz - away;
  let red = dull, green = dull, blue = dull;
  for (const { towards, colour } of rig.lamps) {
    const close = qx * towards[0] + qy * towards[1] + qz * towards[2];
    const glare = coat.gloss * step(coat.sharp, 0.5 + 0.5 * coat.sharp, close);
    red += glare * colour[0];
    green += glare * colour[1];
    blue += glare * colour[2];
  }
  const veil = 0.06 * coat.gloss;
  frame.red[k] = positive((frame.red[k] as number) + red + veil * rig.sky[0]);
  frame.green[k] = positive((frame.green[k] as number) + green + veil * rig.sky[1]);
  frame.blue[k] = positive((frame.blue[k] as number) + blue + veil * rig.sky[2]);
  if (coat.nirGloss === 0) return;
  const near = frame.nearness[k] as number;
  const width = 1 - coat.sharp;
  const spot = step(1 - 0.07 * width, 1 - 0.006 * width, 2 * facing * facing - 1);
  frame.nir[k] = (frame.nir[k] as number) + coat.nirGloss * spot * NIR_LAMP * near * near * 2;
  if (coat.nirGloss * spot > 0.2) frame.unread[k] = 1;
}

function positive(value: number): number {
  return value > 0 ? value : 0;
}

/** A triangle wave of period 1, −1…1. */
function triangle(x: number): number {
  const t = x - Math.floor(x);
  return t < 0.5 ? 4 * t - 1 : 3 - 4 * t;
}
