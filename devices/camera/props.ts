/**
 * Presentation attack instruments as objects: what is held up, the picture on it, and the holder.
 *
 * The pictured face is a shot by the same camera, texture-mapped onto the object. In the near
 * infrared printing dyes vanish and a screen is black, so both lie in the texture's fourth channel.
 *
 * @module
 */
import { cos, PI, randomStream, sin } from "../../core/numeric/mod.ts";
import { addBody } from "./body.ts";
import { bell, noise2 } from "./fast_math.ts";
import { type Figure, halved, type Texture } from "./figure.ts";
import { HEIGHT, WIDTH } from "./frame.ts";
import { MATERIAL, MeshBuilder } from "./mesh.ts";
import { faceOf } from "./person.ts";
import type { AttackSpecies, Point, Scene, Shot, Subject } from "./scene.ts";
import { LINEAR_OF_BYTE } from "./sensor.ts";
import { skinColour } from "./skin.ts";

/** One instrument: its object and where its picture lies on it. */
export interface Instrument {
  readonly figure: Figure;
  readonly holder: Figure;
  /** From a pixel of the picture to a point of the object, cm. */
  place(x: number, y: number): [number, number, number];
  /** Where the picture shows a face, in its own pixels. */
  readonly pictured: { box: readonly number[]; landmarks: readonly Point[] };
}

/** What makes one print or phone differ from another. */
interface Make {
  width: number;
  height: number;
  bend: number;
  margin: number;
  bright: number;
  contrast: number;
  warmth: number;
  halftone: number;
  residue: number;
  seed: number;
}

function makeOf(species: AttackSpecies, instrument: number): Make {
  const s = randomStream(`instrument/${species}/${instrument}`);
  const print = species === "printed-photo";
  const scale = s.uniform();
  const width = print ? 16 + 5 * scale : 6.6 + 1.4 * scale;
  return {
    width,
    height: width * (print ? 1.33 + 0.08 * s.uniform() : 1.95 + 0.2 * s.uniform()),
    bend: print ? 0.022 * s.normal() : 0,
    margin: print ? 0.3 + 0.9 * s.uniform() : 0.25 + 0.35 * s.uniform(),
    bright: print ? 0.78 + 0.14 * s.uniform() : 0.55 + 0.75 * s.uniform(),
    contrast: 0.9 + 0.25 * s.uniform(),
    warmth: 0.1 * s.normal(),
    halftone: s.uniform(),
    residue: 0.1 + 0.22 * s.uniform(),
    seed: s.integer(0, 0x7fffffff),
  };
}

/** The scene whose shot is on the instrument: frontal, near, in good light. */
export function picturedScene(subject: Subject, instrument: number): Scene {
  const s = randomStream(`instrument/picture/${instrument}`);
  return {
    subject,
    attack: null,
    head: {
      yaw_deg: 5 * s.normal(),
      pitch_deg: 4 * s.normal(),
      roll_deg: 2 * s.normal(),
      x_mm: 0,
      y_mm: 0,
      distance_mm: 330,
    },
    expression: {
      blink: 0,
      smile: s.uniform() < 0.4 ? 0.8 * s.uniform() : 0,
      mouth_open: 0,
      gaze_x: 0,
      gaze_y: 0,
    },
    light: s.pick(["lobby-day", "lobby-day", "side-sun", "lobby-night"]),
    lobby: 5000 + instrument % 1000,
    noise: 17 + instrument,
  };
}

/** Builds the instrument that carries a shot. */
export function buildInstrument(
  species: AttackSpecies,
  instrument: number,
  shot: Shot,
): Instrument {
  const make = makeOf(species, instrument);
  const inner = make.width - 2 * make.margin;
  const tall = make.height - 2 * make.margin;
  // the crop of the picture that fits the sheet: full height, as wide as the sheet's shape
  const cropHeight = HEIGHT;
  const cropWidth = (cropHeight * inner) / tall;
  const left = (WIDTH - cropWidth) / 2;
  const top = 0;
  const builder = new MeshBuilder();
  addSheet(builder, make, species);
  addHand(builder, make, instrument);
  const texture = species === "printed-photo"
    ? printed(shot, make, left, top, cropWidth, cropHeight)
    : displayed(shot, make, left, top, cropWidth, cropHeight);
  const place = (x: number, y: number): [number, number, number] => {
    const px = ((x - left) / cropWidth - 0.5) * inner;
    const py = (0.5 - (y - top) / cropHeight) * tall;
    return [px, py, make.bend * px * px];
  };
  const truth = shot.truth;
  return {
    figure: plainFigure(builder, [texture, halved(texture)]),
    holder: holderOf(instrument),
    place,
    pictured: { box: truth?.box ?? [0, 0, 0, 0], landmarks: truth?.landmarks ?? [] },
  };
}

function plainFigure(builder: MeshBuilder, textures: readonly Texture[]): Figure {
  return {
    mesh: builder.build(),
    face: null,
    headVertices: 0,
    smile: null,
    open: null,
    textures,
    landmarks: [],
    eyeDepth: 0,
  };
}

const SHEET_COLUMNS = 18;
const SHEET_ROWS = 22;

function addSheet(builder: MeshBuilder, make: Make, species: AttackSpecies): void {
  const phone = species === "phone-replay";
  builder.add({
    columns: SHEET_COLUMNS,
    rows: SHEET_ROWS,
    closed: false,
    material: phone ? MATERIAL.screen : MATERIAL.picture,
    at(i, j, v) {
      v.u = i / (SHEET_COLUMNS - 1);
      v.v = 1 - j / (SHEET_ROWS - 1);
      v.x = (v.u - 0.5) * make.width;
      v.y = (0.5 - v.v) * make.height;
      v.z = make.bend * v.x * v.x;
      v.occlusion = 1;
    },
  });
  if (!phone) return;
  // the case: a rim that shows as a thin dark edge when the phone is turned
  builder.add({
    columns: 5,
    rows: 2,
    closed: true,
    material: MATERIAL.plain,
    at(i, j, v) {
      const corner = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]][i] ?? [0, 0];
      const grow = 1.03;
      v.x = (corner[0] ?? 0) * make.width * 0.5 * grow;
      v.y = (corner[1] ?? 0) * make.height * 0.5 * (1 + 0.03 / 2);
      v.z = j === 1 ? -0.02 : -0.8;
      v.red = v.green = v.blue = 0.02;
      v.nir = 0.06;
    },
  });
}

/** Resamples a shot onto a sheet and lets `ink` turn linear light into reflectance. */
function resampled(
  shot: Shot,
  make: Make,
  crop: readonly [left: number, top: number, width: number, height: number],
  border: readonly [number, number, number, number],
  ink: (data: Float32Array, k: number, u: number, v: number) => void,
): Texture {
  const width = 288;
  const height = Math.round((width * make.height) / make.width);
  const data = new Float32Array(width * height * 4);
  const edgeU = make.margin / make.width;
  const edgeV = make.margin / make.height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const k = 4 * (y * width + x);
      const u = ((x + 0.5) / width - edgeU) / (1 - 2 * edgeU);
      const v = ((y + 0.5) / height - edgeV) / (1 - 2 * edgeV);
      if (u < 0 || u > 1 || v < 0 || v > 1) {
        data.set(border, k);
        continue;
      }
      const sx = crop[0] + u * crop[2] - 0.5;
      const sy = crop[1] + v * crop[3] - 0.5;
      const x0 = Math.max(0, Math.min(WIDTH - 2, Math.floor(sx)));
      const y0 = Math.max(0, Math.min(HEIGHT - 2, Math.floor(sy)));
      const s = Math.max(0, Math.min(1, sx - x0));
      const t = Math.max(0, Math.min(1, sy - y0));
      for (let c = 0; c < 3; c++) {
        const at = (i: number) => LINEAR_OF_BYTE[shot.rgb[3 * i + c] ?? 0] ?? 0;
        const i = y0 * WIDTH + x0;
        data[k + c] = (at(i) * (1 - s) + at(i + 1) * s) * (1 - t) +
          (at(i + WIDTH) * (1 - s) + at(i + WIDTH + 1) * s) * t;
      }
      ink(data, k, x, y);
    }
  }
  return { width, height, data };
}

function printed(
  shot: Shot,
  make: Make,
  left: number,
  top: number,
  width: number,
  height: number,
): Texture {
  const paper = make.bright;
  const black = 0.035 + 0.03 * make.halftone;
  return resampled(
    shot,
    make,
    [left, top, width, height],
    [paper, paper * (1 - 0.03 * make.warmth), paper * (0.98 - 0.2 * make.warmth), 0.8],
    (data, k, x, y) => {
      const dots = make.halftone > 0.5
        ? 1 + 0.16 * (make.halftone - 0.4) * (((x >> 1) + (y >> 1)) % 2 === 0 ? 1 : -1)
        : 1;
      const band = 1 + 0.015 * noise2(3, y * 0.12, make.seed);
      const tone = (value: number, cast: number) =>
        black + (paper - black) * Math.min(1, value * make.contrast * 1.15 * dots * band * cast);
      const red = tone(data[k] ?? 0, 1 + 0.4 * make.warmth);
      const green = tone(data[k + 1] ?? 0, 1);
      const blue = tone(data[k + 2] ?? 0, 1 - 0.5 * make.warmth);
      data[k] = red;
      data[k + 1] = green;
      data[k + 2] = blue;
      data[k + 3] = 0.8 - make.residue * (1 - green / paper) * 0.8;
    },
  );
}

function displayed(
  shot: Shot,
  make: Make,
  left: number,
  top: number,
  width: number,
  height: number,
): Texture {
  const glass = 0.012;
  return resampled(
    shot,
    make,
    [left, top, width, height],
    [glass, glass, glass, 0.01],
    (data, k, x, y) => {
      // the screen's grid beats with the sensor's: slow coloured waves
      const beat = 1 + 0.07 * triangle(x * 0.083 + y * (0.03 + 0.05 * make.halftone));
      const counter = 1 + 0.05 * triangle(x * 0.021 - y * 0.061 + 0.3);
      const glow = make.bright * 0.9;
      data[k] = 0.012 + glow * (data[k] ?? 0) * beat * (1 + 0.3 * make.warmth - 0.04);
      data[k + 1] = 0.012 + glow * (data[k + 1] ?? 0) * counter;
      data[k + 2] = 0.016 + glow * (data[k + 2] ?? 0) * beat * (1.08 - 0.3 * make.warmth);
      data[k + 3] = 0.008;
    },
  );
}

/** A triangle wave of period 1, −1…1. */
function triangle(x: number): number {
  const t = x - Math.floor(x);
  return t < 0.5 ? 4 * t - 1 : 3 - 4 * t;
}

/** A crude hand: a thumb in front of the lower edge, fingers and a fist behind it. */
function addHand(builder: MeshBuilder, make: Make, instrument: number): void {
  const s = randomStream(`instrument/hand/${instrument}`);
  const holder = faceOf({ person: 0x40000000 + (instrument % 0x10000000), kin: "self", visit: 0 });
  const skin = skinColour(holder);
  const x = make.width * (0.5 - 0.15 * s.uniform()) * (s.uniform() < 0.5 ? -1 : 1);
  const y = -make.height / 2;
  const lobe = (
    cx: number,
    cy: number,
    cz: number,
    rx: number,
    ry: number,
    rz: number,
  ) =>
    builder.add({
      columns: 16,
      rows: 10,
      closed: true,
      material: MATERIAL.plain,
      at(i, j, v) {
        const a = (2 * PI * i) / 16;
        const b = PI * (j / 9 - 0.5);
        v.x = cx + rx * cos(b) * sin(a);
        v.y = cy + ry * sin(b);
        v.z = cz + rz * cos(b) * cos(a);
        v.red = skin[0];
        v.green = skin[1];
        v.blue = skin[2];
        v.nir = skin[3];
        v.occlusion = 0.75 + 0.25 * bell(b - 0.6, 0.9);
      },
    });
  lobe(x, y + 0.9, 0.75, 0.95, 2.4, 0.75);
  lobe(x * 0.95, y - 3, -2.2, 3.6, 4.3, 2.6);
  lobe(x, y - 16, -4.5, 3.4, 13, 3.2);
}

/** Somebody behind the instrument: the torso that fills the picture. */
function holderOf(instrument: number): Figure {
  const builder = new MeshBuilder();
  const p = faceOf({ person: 0x40000000 + (instrument % 0x10000000), kin: "self", visit: 0 });
  addBody(builder, p, skinColour(p));
  return plainFigure(builder, []);
}
