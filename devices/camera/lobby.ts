/**
 * The lobby behind the customer: a box of a room, ray-cast once per lobby and light, a little out
 * of focus, kept while it is used.
 *
 * @module
 */
import { clamp, mix, randomStream } from "../../core/numeric/mod.ts";
import { chance, noise2, Recent, step } from "./fast_math.ts";
import { FOCAL, HEIGHT, PIXELS, WIDTH } from "./frame.ts";
import { NIR_LAMP, type Rig, RIGS } from "./lights.ts";
import type { Light } from "./scene.ts";

/** The room is out of focus, so it is cast at half the picture's size. */
const COARSE_WIDTH = WIDTH / 2;
const COARSE_HEIGHT = HEIGHT / 2;

/** A rendered background: linear light, near infrared, distance in cm (0: no reading). */
export interface Backdrop {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly nir: Float32Array;
  readonly depth: Float32Array;
}

type Triple = readonly [number, number, number];

/** A flat thing on the back wall: x, y range in cm and what it is. */
interface Panel {
  kind: "window" | "door" | "poster" | "board" | "screen";
  x0: number;
  x1: number;
  y0: number;
  y1: number;
  hue: Triple;
  seed: number;
}

interface Room {
  half: number;
  back: number;
  floor: number;
  ceiling: number;
  wall: Triple;
  skirting: Triple;
  tile: Triple;
  tileSize: number;
  panels: Panel[];
  sideWindow: number;
  bench: { x0: number; x1: number; top: number; z: number; hue: Triple } | null;
  seed: number;
}

const WALLS: readonly Triple[] = [
  [0.72, 0.71, 0.67],
  [0.66, 0.62, 0.53],
  [0.55, 0.6, 0.58],
  [0.6, 0.55, 0.5],
  [0.5, 0.53, 0.57],
  [0.68, 0.58, 0.45],
];
const TILES: readonly Triple[] = [
  [0.4, 0.37, 0.33],
  [0.25, 0.24, 0.23],
  [0.5, 0.48, 0.44],
  [0.33, 0.24, 0.17],
];
const HUES: readonly Triple[] = [
  [0.02, 0.24, 0.16],
  [0.45, 0.05, 0.05],
  [0.06, 0.13, 0.36],
  [0.55, 0.38, 0.08],
  [0.5, 0.5, 0.48],
  [0.12, 0.11, 0.1],
];

function roomOf(lobby: number): Room {
  const s = randomStream(`lobby/${lobby}`);
  const back = 240 + 180 * s.uniform();
  const half = 150 + 170 * s.uniform();
  const panels: Panel[] = [];
  let x = -half + 20 + 40 * s.uniform();
  while (x < half - 40) {
    const kind = s.pick(["window", "door", "poster", "poster", "board", "screen"] as const);
    const wide = kind === "door" ? 95 : kind === "window" ? 110 + 60 * s.uniform() : 55 +
      35 * s.uniform();
    const y0 = kind === "door" ? -150 : kind === "window" ? -40 - 60 * s.uniform() : -20;
    const y1 = kind === "door" ? 70 : kind === "window" ? 90 : 50 + 25 * s.uniform();
    panels.push({
      kind,
      x0: x,
      x1: x + wide,
      y0,
      y1,
      hue: s.pick(HUES),
      seed: s.integer(0, 0x7fffffff),
    });
    x += wide + 18 + 60 * s.uniform();
  }
  const benchAt = half * (2 * s.uniform() - 1);
  return {
    half,
    back,
    floor: -138 + 14 * s.uniform(),
    ceiling: 105 + 35 * s.uniform(),
    wall: s.pick(WALLS),
    skirting: s.pick(HUES),
    tile: s.pick(TILES),
    tileSize: 40 + 30 * s.uniform(),
    panels,
    sideWindow: s.pick([-1, 0, 1]),
    bench: s.uniform() < 0.5
      ? { x0: benchAt - 60, x1: benchAt + 60, top: -88, z: back - 60, hue: s.pick(HUES) }
      : null,
    seed: s.integer(0, 0x7fffffff),
  };
}

const BACKDROPS = new Recent<Backdrop>(4);

/** The lobby of this number in this light. */
export function backdropOf(lobby: number, light: Light): Backdrop {
  return BACKDROPS.get(`${lobby}/${light}`, () => {
    const room = roomOf(lobby);
    const rig = RIGS[light];
    const sharp = castRoom(room, rig, light);
    for (const channel of [sharp.red, sharp.green, sharp.blue, sharp.nir]) defocus(channel);
    return {
      red: enlarged(sharp.red),
      green: enlarged(sharp.green),
      blue: enlarged(sharp.blue),
      nir: enlarged(sharp.nir),
      depth: repeated(sharp.depth),
    };
  });
}

const hit = { red: 0, green: 0, blue: 0, nir: 0.4, glow: 0, glass: false };

function colour(c: Triple, k: number): void {
  hit.red = c[0] * k;
  hit.green = c[1] * k;
  hit.blue = c[2] * k;
}

function castRoom(room: Room, rig: Rig, light: Light): Backdrop {
  const out: Backdrop = {
    red: new Float32Array(COARSE_WIDTH * COARSE_HEIGHT),
    green: new Float32Array(COARSE_WIDTH * COARSE_HEIGHT),
    blue: new Float32Array(COARSE_WIDTH * COARSE_HEIGHT),
    nir: new Float32Array(COARSE_WIDTH * COARSE_HEIGHT),
    depth: new Float32Array(COARSE_WIDTH * COARSE_HEIGHT),
  };
  for (let py = 0; py < COARSE_HEIGHT; py++) {
    for (let px = 0; px < COARSE_WIDTH; px++) {
      const dx = (2 * px + 1 - WIDTH / 2) / FOCAL;
      const dy = (HEIGHT / 2 - 2 * py - 1) / FOCAL;
      const side = dx === 0 ? Infinity : room.half / Math.abs(dx);
      const level = dy === 0 ? Infinity : dy > 0 ? room.ceiling / dy : room.floor / dy;
      const z = Math.min(side, level, room.back);
      hit.glow = 0;
      hit.nir = 0.45;
      hit.glass = false;
      const x = dx * z;
      const y = dy * z;
      const far = benchHit(room, dx, dy, z);
      if (far < z) colour(room.bench?.hue ?? room.wall, 0.8);
      else if (z === room.back) backWall(room, rig, light, x, y);
      else if (z === level && dy < 0) floorAt(room, rig, light, x, z);
      else if (z === level) ceilingAt(rig, x, z);
      else sideWall(room, rig, light, x, y, z);
      const dusk = 0.75 + 0.25 * step(room.floor, room.ceiling, y);
      const k = py * COARSE_WIDTH + px;
      const lit = 1 - hit.glow;
      out.red[k] = hit.red * (lit * rig.wall[0] * dusk + hit.glow);
      out.green[k] = hit.green * (lit * rig.wall[1] * dusk + hit.glow);
      out.blue[k] = hit.blue * (lit * rig.wall[2] * dusk + hit.glow);
      const reach = Math.min(far, z);
      const glow = hit.glow > 0 ? 0.35 * rig.nirAmbient * rig.window[0] * 3 : 0;
      out.nir[k] = (NIR_LAMP / (reach * reach) + rig.nirAmbient * 1.2) * hit.nir + glow;
      out.depth[k] = hit.glass ? 0 : reach;
    }
  }
  return out;
}

function benchHit(room: Room, dx: number, dy: number, z: number): number {
  const bench = room.bench;
  if (bench === null) return Infinity;
  const x = dx * bench.z;
  const y = dy * bench.z;
  return bench.z < z && x > bench.x0 && x < bench.x1 && y < bench.top ? bench.z : Infinity;
}

/** Whether the back wall is the glass front towards the street. */
function glassFront(light: Light): boolean {
  return light === "backlight" || light === "altitude-backlight";
}

function sunny(light: Light): boolean {
  return light === "side-sun" || light === "direct-sun";
}

function backWall(room: Room, rig: Rig, light: Light, x: number, y: number): void {
  const grain = 1 + 0.05 * noise2(x * 0.05, y * 0.05, room.seed);
  colour(room.wall, grain);
  if (y < room.floor + 12) colour(room.skirting, 0.6);
  if (glassFront(light) && y > -95 && y < 98) {
    const mullion = Math.abs(((x + 1000) % 115) - 57) > 52;
    if (mullion) colour([0.2, 0.2, 0.2], 1);
    else street(rig, x, y, room.seed);
    return;
  }
  for (const panel of room.panels) {
    if (x > panel.x0 && x < panel.x1 && y > panel.y0 && y < panel.y1) {
      paintPanel(panel, rig, x, y);
      return;
    }
    const shadow = step(panel.x0 - 6, panel.x0, x) * step(panel.x1 + 6, panel.x1, x) *
      step(panel.y0 - 8, panel.y0, y) * step(panel.y1 + 3, panel.y1, y);
    hit.red *= 1 - 0.25 * shadow;
    hit.green *= 1 - 0.25 * shadow;
    hit.blue *= 1 - 0.25 * shadow;
  }
}

/** What is seen through glass: sky, a house, the pavement. */
function street(rig: Rig, x: number, y: number, seed: number): void {
  const roof = 35 + 25 * noise2(x * 0.012, 1, seed);
  const sky = step(roof - 3, roof + 3, y);
  const front = 0.38 + 0.14 * noise2(x * 0.05, y * 0.06, seed + 1);
  const ground = step(-42, -48, y);
  const k = mix(mix(front, 0.5, ground), 1, sky);
  hit.red = rig.window[0] * k * (1 - 0.12 * sky);
  hit.green = rig.window[1] * k * (0.97 - 0.02 * sky);
  hit.blue = rig.window[2] * k * (0.9 + 0.15 * sky);
  hit.glow = 1;
  hit.nir = 0.05;
  hit.glass = true;
}

function paintPanel(panel: Panel, rig: Rig, x: number, y: number): void {
  const u = (x - panel.x0) / (panel.x1 - panel.x0);
  const v = (y - panel.y0) / (panel.y1 - panel.y0);
  const edge = Math.min(u, 1 - u, v, 1 - v);
  switch (panel.kind) {
    case "window":
    case "door": {
      const bar = edge < 0.04 || Math.abs(u - 0.5) < 0.018 ||
        (panel.kind === "door" && Math.abs(v - 0.45) < 0.02);
      if (bar) colour([0.28, 0.28, 0.29], 1);
      else street(rig, x, y, panel.seed);
      return;
    }
    case "screen":
      if (edge < 0.05) colour([0.02, 0.02, 0.022], 1);
      else {
        colour(panel.hue, 0.5 + 0.6 * v);
        if (Math.abs(v - 0.5) < 0.07 && chance(Math.floor(u * 24), 1, panel.seed) > 0.3) {
          colour([0.8, 0.8, 0.8], 1);
        }
        hit.glow = 0.45;
      }
      return;
    case "board":
    case "poster": {
      colour(edge < 0.035 ? [0.5, 0.5, 0.5] : panel.hue, 1.15 - 0.3 * v);
      const row = Math.floor(v * 13);
      const text = row % 2 === 1 && row < 8 && u > 0.1 && u < 0.55 +
            0.4 * chance(row, 2, panel.seed);
      if (text) colour([0.7, 0.69, 0.64], 1);
      const cx = u - 0.5;
      const cy = (v - 0.8) * 1.2;
      if (panel.kind === "poster" && cx * cx + cy * cy < 0.014) colour([0.75, 0.6, 0.2], 1);
    }
  }
}

function floorAt(room: Room, rig: Rig, light: Light, x: number, z: number): void {
  const tx = Math.floor(x / room.tileSize);
  const tz = Math.floor(z / room.tileSize);
  const fx = x / room.tileSize - tx;
  const fz = z / room.tileSize - tz;
  const joint = fx < 0.035 || fz < 0.035 ? 0.7 : 1;
  colour(room.tile, joint * (0.9 + 0.2 * chance(tx, tz, room.seed)));
  const mirror = step(room.back - 160, room.back, z) * (glassFront(light) ? 0.5 : 0.12);
  hit.red += mirror * Math.min(1.2, rig.window[0]);
  hit.green += mirror * Math.min(1.2, rig.window[1]);
  hit.blue += mirror * Math.min(1.2, rig.window[2]);
  const sun = sunny(light) ? step(0.25, 0.35, (x / room.half + z / 300) % 1) : 0;
  colourSun(sun);
}

function colourSun(amount: number): void {
  hit.red *= 1 + 1.6 * amount;
  hit.green *= 1 + 1.45 * amount;
  hit.blue *= 1 + 1.1 * amount;
}

function ceilingAt(rig: Rig, x: number, z: number): void {
  colour([0.75, 0.75, 0.74], 1);
  const lx = ((x + 1200) % 120) - 60;
  const lz = (z % 120) - 60;
  if (Math.abs(lx) < 28 && Math.abs(lz) < 28) {
    const k = clamp(1.9 * rig.wall[0] + 0.25, 0.4, 1.7);
    hit.red = k;
    hit.green = k * (rig.wall[1] / rig.wall[0]);
    hit.blue = k * (rig.wall[2] / rig.wall[0]);
    hit.glow = 1;
  } else if (Math.abs(lx) > 58 || Math.abs(lz) > 58) colour([0.55, 0.55, 0.55], 1);
  hit.nir = 0.5;
}

function sideWall(room: Room, rig: Rig, light: Light, x: number, y: number, z: number): void {
  colour(room.wall, 0.82 + 0.04 * noise2(z * 0.04, y * 0.04, room.seed + 5));
  if (y < room.floor + 12) colour(room.skirting, 0.55);
  const bright = sunny(light) ? 1 : room.sideWindow;
  if (bright !== 0 && x * bright > 0 && y > -45 && y < 90 && z > 130) {
    const mullion = (z % 95) < 7;
    if (mullion) colour([0.3, 0.3, 0.3], 1);
    else street(rig, z, y, room.seed + 2);
  }
}

const scratch = new Float32Array(COARSE_WIDTH * COARSE_HEIGHT);

/** A 3 × 3 box blur of a coarse channel: the room is out of focus. */
function defocus(channel: Float32Array): void {
  for (let y = 0; y < COARSE_HEIGHT; y++) {
    const row = y * COARSE_WIDTH;
    for (let x = 0; x < COARSE_WIDTH; x++) {
      const left = channel[x > 0 ? row + x - 1 : row] as number;
      const right = channel[x + 1 < COARSE_WIDTH ? row + x + 1 : row + x] as number;
      scratch[row + x] = (left + (channel[row + x] as number) + right) / 3;
    }
  }
  for (let y = 0; y < COARSE_HEIGHT; y++) {
    const row = y * COARSE_WIDTH;
    const above = y > 0 ? row - COARSE_WIDTH : row;
    const under = y + 1 < COARSE_HEIGHT ? row + COARSE_WIDTH : row;
    for (let x = 0; x < COARSE_WIDTH; x++) {
      channel[row + x] = ((scratch[above + x] as number) + (scratch[row + x] as number) +
        (scratch[under + x] as number)) / 3;
    }
  }
}

/** A coarse channel at the size of the picture: linear between the coarse pixels. */
function enlarged(coarse: Float32Array): Float32Array {
  const out = new Float32Array(PIXELS);
  for (let y = 0; y < HEIGHT; y++) {
    const near = (y >> 1) * COARSE_WIDTH;
    const other = clamp((y >> 1) + (y & 1 ? 1 : -1), 0, COARSE_HEIGHT - 1) * COARSE_WIDTH;
    for (let x = 0; x < WIDTH; x++) {
      const own = x >> 1;
      const beside = clamp(own + (x & 1 ? 1 : -1), 0, COARSE_WIDTH - 1);
      out[y * WIDTH + x] = 0.5625 * (coarse[near + own] as number) +
        0.1875 * ((coarse[near + beside] as number) + (coarse[other + own] as number)) +
        0.0625 * (coarse[other + beside] as number);
    }
  }
  return out;
}

/** A coarse depth at the size of the picture: no mixing across edges. */
function repeated(coarse: Float32Array): Float32Array {
  const out = new Float32Array(PIXELS);
  for (let y = 0; y < HEIGHT; y++) {
    const row = (y >> 1) * COARSE_WIDTH;
    for (let x = 0; x < WIDTH; x++) out[y * WIDTH + x] = coarse[row + (x >> 1)] as number;
  }
  return out;
}
