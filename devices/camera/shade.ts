/**
 * Colours of the visible pixels of a figure: reflectance × light, plus shine.
 *
 * @module
 */
import { type Expression } from "./scene.ts";
import { bareAt } from "./body.ts";
import { blend, eyeReach, type Shade, shadeEye } from "./eyes.ts";
import type { Figure, Texture } from "./figure.ts";
import * as frame from "./frame.ts";
import { mouthHeight } from "./head.ts";
import { MATERIAL } from "./mesh.ts";
import { shadeMouth } from "./mouth.ts";
import type { FaceParameters } from "./person.ts";
import { lightSeen } from "./project.ts";
import { skinColour, STRAND_ROWS, STRAND_TEXTURE, STRANDS } from "./skin.ts";

// Held as constants of the module: the compiler then knows the arrays when it makes the loops.
const { red, green, blue, nir, unread, seen, weight1, weight2, touched, nearness } = frame;
const { litRed, litGreen, litBlue, litNir, shine, WIDTH, HEIGHT, FOCAL } = frame;

const point: Shade = {
  red: 0,
  green: 0,
  blue: 0,
  nir: 0,
  glint: 0,
  glintNir: 0,
  shine: 1,
};

/** What the pixel loop needs to know about the face, gathered once a figure. */
interface FaceBox {
  p: FaceParameters;
  low: number;
  high: number;
  near: number;
  far: number;
  mouth: number;
  mouthAbove: number;
  mouthBelow: number;
  mouthWide: number;
}

function boxOf(p: FaceParameters): FaceBox {
  return {
    p,
    ...eyeReach(p),
    mouth: mouthHeight(p),
    mouthAbove: p.upper_lip + 0.5,
    mouthBelow: p.lower_lip + 0.5,
    mouthWide: p.mouth_width + 0.6,
  };
}

const NO_SKIN = [0, 0, 0, 0] as const;

/** Writes the light of every pixel where the figure, projected just before, is nearest. */
export function shadeFigure(figure: Figure, e: Expression): void {
  lightSeen();
  const { mesh, textures, face } = figure;
  const { triangles, material, uv, albedo, position } = mesh;
  const box = face === null ? null : boxOf(face);
  const gloss = face === null ? 0.25 : 0.5 * (face.gloss > 0.05 ? face.gloss : 0.05);
  const texture = pickTexture(textures);
  const skin = face === null ? NO_SKIN : skinColour(face);
  for (let y = touched.top; y <= touched.bottom; y++) {
    for (let x = touched.left; x <= touched.right; x++) {
      const k = y * WIDTH + x;
      const t = seen[k] as number;
      if (t < 0) continue;
      const a = triangles[t] as number;
      const b = triangles[t + 1] as number;
      const c = triangles[t + 2] as number;
      const wb = weight1[k] as number, wc = weight2[k] as number;
      const wa = 1 - wb - wc;
      const kind = material[(t / 3) | 0] as number;
      const u = wa * (uv[2 * a] as number) + wb * (uv[2 * b] as number) +
        wc * (uv[2 * c] as number);
      const v = wa * (uv[2 * a + 1] as number) + wb * (uv[2 * b + 1] as number) +
        wc * (uv[2 * c + 1] as number);
      point.glint = 0;
      point.glintNir = 0;
      if (kind === MATERIAL.face && box !== null && texture !== undefined) {
        point.shine = gloss;
        sample(texture, u < 0.999 ? u : 0.999, v);
        const fx = wa * (position[3 * a] as number) + wb * (position[3 * b] as number) +
          wc * (position[3 * c] as number);
        const fy = wa * (position[3 * a + 1] as number) + wb * (position[3 * b + 1] as number) +
          wc * (position[3 * c + 1] as number);
        if ((mesh.normal[3 * a + 2] as number) > 0.05) {
          feature(box, e, fx, fy, 1 / ((nearness[k] as number) * FOCAL));
        }
      } else if (texture !== undefined && kind >= MATERIAL.picture) {
        point.shine = kind === MATERIAL.screen ? 0.3 : 0.16;
        sample(texture, u, v);
      } else {
        point.red = mixed(albedo, a, b, c, wa, wb, wc, 0);
        point.green = mixed(albedo, a, b, c, wa, wb, wc, 1);
        point.blue = mixed(albedo, a, b, c, wa, wb, wc, 2);
        point.nir = mixed(albedo, a, b, c, wa, wb, wc, 3);
        point.shine = kind === MATERIAL.plain ? 0.4 * gloss : 0.02;
        if (kind === MATERIAL.hair) strand(u, v, k);
        if (kind === MATERIAL.cloth && face !== null && v > -19) {
          const bare = bareAt(face, u, v, position[3 * a + 2] as number);
          if (bare > 0) blend(point, skin[0], skin[1], skin[2], skin[3], bare);
        }
      }
      emit(k, kind, a, b, c, wa, wb, wc);
    }
  }
  softenEdges(material);
}

/** A neighbour nearer or farther by this share is another surface. */
const EDGE = 0.03;
/** How much of the other surface a pixel beside an edge sees: a pixel is a square, not a point. */
const SHARED = 0.2;

/** Where hair and skin meet at one depth. */
function meet(material: Uint8Array, t: number, other: number): boolean {
  if (t === other || t < 0 || other < 0) return false;
  const a = material[(t / 3) | 0] as number, b = material[(other / 3) | 0] as number;
  return a !== b && a + b === MATERIAL.face + MATERIAL.hair;
}

/** Mixes the pixels on both sides of every edge of the figure, which were sampled at points. */
function softenEdges(material: Uint8Array): void {
  const right = touched.right < WIDTH - 2 ? touched.right : WIDTH - 2;
  const bottom = touched.bottom < HEIGHT - 2 ? touched.bottom : HEIGHT - 2;
  const left = touched.left > 0 ? touched.left - 1 : 0;
  for (let y = touched.top > 0 ? touched.top - 1 : 0; y <= bottom; y++) {
    for (let k = y * WIDTH + left, end = y * WIDTH + right; k <= end; k++) {
      const near = nearness[k] as number;
      const beside = nearness[k + 1] as number;
      const under = nearness[k + WIDTH] as number;
      const limit = EDGE * near;
      const t = seen[k] as number;
      if (
        near - beside > limit || beside - near > EDGE * beside ||
        meet(material, t, seen[k + 1] as number)
      ) share(k, k + 1);
      if (
        near - under > limit || under - near > EDGE * under ||
        meet(material, t, seen[k + WIDTH] as number)
      ) share(k, k + WIDTH);
    }
  }
}

function share(k: number, other: number): void {
  exchange(red, k, other);
  exchange(green, k, other);
  exchange(blue, k, other);
  exchange(nir, k, other);
}

function exchange(channel: Float32Array, k: number, other: number): void {
  const a = channel[k] as number, b = channel[other] as number;
  const given = SHARED * (b - a);
  channel[k] = a + given;
  channel[other] = b - given;
}

function pickTexture(textures: readonly Texture[]): Texture | undefined {
  const tall = touched.bottom - touched.top;
  return tall > 170 || textures.length < 2 ? textures[0] : textures[1];
}

function mixed(
  values: Float32Array,
  a: number,
  b: number,
  c: number,
  wa: number,
  wb: number,
  wc: number,
  channel: number,
): number {
  return wa * (values[4 * a + channel] as number) + wb * (values[4 * b + channel] as number) +
    wc * (values[4 * c + channel] as number);
}

/** Bilinear reflectance of a texture at (u, v) in 0…1. */
function sample(texture: Texture, u: number, v: number): void {
  const { width, height, data } = texture;
  const x = u * width - 0.25;
  const y = v * height - 0.25;
  const x0 = x <= 0 ? 0 : x >= width - 1.001 ? width - 2 : x | 0;
  const y0 = y <= 0 ? 0 : y >= height - 1.001 ? height - 2 : y | 0;
  const s = x <= 0 ? 0 : x - x0 > 1 ? 1 : x - x0;
  const t = y <= 0 ? 0 : y - y0 > 1 ? 1 : y - y0;
  const k = 4 * (y0 * width + x0);
  const d = k + 4 * width;
  const w00 = (1 - s) * (1 - t), w10 = s * (1 - t), w01 = (1 - s) * t, w11 = s * t;
  point.red = w00 * (data[k] as number) + w10 * (data[k + 4] as number) +
    w01 * (data[d] as number) + w11 * (data[d + 4] as number);
  point.green = w00 * (data[k + 1] as number) + w10 * (data[k + 5] as number) +
    w01 * (data[d + 1] as number) + w11 * (data[d + 5] as number);
  point.blue = w00 * (data[k + 2] as number) + w10 * (data[k + 6] as number) +
    w01 * (data[d + 2] as number) + w11 * (data[d + 6] as number);
  point.nir = w00 * (data[k + 3] as number) + w10 * (data[k + 7] as number) +
    w01 * (data[d + 3] as number) + w11 * (data[d + 7] as number);
}

/** Eyes and mouth, where the point lies near them. */
function feature(box: FaceBox, e: Expression, x: number, y: number, pixel: number): void {
  const a = x < 0 ? -x : x;
  if (y > box.low && y < box.high && a > box.near && a < box.far) {
    shadeEye(point, box.p, e, x < 0 ? -1 : 1, x, y, pixel);
  }
  const dy = y - box.mouth;
  if (dy < box.mouthAbove && dy > -box.mouthBelow && a < box.mouthWide) {
    shadeMouth(point, box.p, e, x, y, pixel);
  }
}

/** Strands: brightness and shine along a lock of hair; thin spots return no depth. */
function strand(u: number, v: number, k: number): void {
  const su = ((u * 40) | 0) & (STRANDS - 1);
  const sv = ((v * 24) | 0) & (STRAND_ROWS - 1);
  const n = STRAND_TEXTURE[sv * STRANDS + su] as number;
  const shade = 1 + 0.75 * n;
  point.red *= shade;
  point.green *= shade;
  point.blue *= shade;
  point.nir *= 1 + 0.25 * n;
  point.shine = 0.085 * (n > -0.4 ? n + 0.4 : 0);
  if (n < -0.28) unread[k] = 1;
}

function emit(
  k: number,
  kind: number,
  a: number,
  b: number,
  c: number,
  wa: number,
  wb: number,
  wc: number,
): void {
  const glow = kind === MATERIAL.screen;
  const mirror = (wa * (shine[a] as number) + wb * (shine[b] as number) +
        wc * (shine[c] as number)) * point.shine + point.glint * (litGreen[a] as number);
  if (glow) {
    red[k] = point.red + mirror;
    green[k] = point.green + mirror;
    blue[k] = point.blue + mirror;
  } else {
    red[k] = point.red *
        (wa * (litRed[a] as number) + wb * (litRed[b] as number) + wc * (litRed[c] as number)) +
      mirror;
    green[k] = point.green *
        (wa * (litGreen[a] as number) + wb * (litGreen[b] as number) +
          wc * (litGreen[c] as number)) +
      mirror;
    blue[k] = point.blue *
        (wa * (litBlue[a] as number) + wb * (litBlue[b] as number) +
          wc * (litBlue[c] as number)) +
      mirror;
  }
  const infrared = wa * (litNir[a] as number) + wb * (litNir[b] as number) +
    wc * (litNir[c] as number);
  nir[k] = infrared * (point.nir + 0.8 * point.glintNir);
  if (point.nir < 0.05 && !glow) unread[k] = 1;
}
