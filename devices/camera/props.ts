/**
 * Presentation attack instruments as objects: what is held up, the picture on it, and the holder.
 *
 * The pictured face is a shot by the same camera, texture-mapped onto the object. In the near
 * infrared printing dyes vanish and a screen is black, so both lie in the texture's fourth channel.
 *
 * @module
 */
import { addBody } from "./body.ts";
import { noise2 } from "./fast_math.ts";
import { type Figure, halved, type Texture } from "./figure.ts";
import { HEIGHT, WIDTH } from "./frame.ts";
import { addHand, holderFace } from "./hand.ts";
import { type Make, makeOf, sheetDepth } from "./make.ts";
import { MATERIAL, type Mesh, MeshBuilder } from "./mesh.ts";
import { type Attack, type Point, type Scene, type Shot, type Subject } from "./scene.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { LINEAR_OF_BYTE } from "./sensor.ts";
import { skinColour } from "./skin.ts";
import { SPECIES } from "./species.ts";

/** A print or a screen: its object and where its picture lies on it. */
export interface Instrument {
  readonly make: Make;
  readonly figure: Figure;
  readonly holder: Figure;
  /** From a pixel of the picture to a point of the object, cm. */
  place(x: number, y: number): [number, number, number];
  /** Where the picture shows a face, in its own pixels. */
  readonly pictured: { box: readonly number[]; landmarks: readonly Point[] };
}

/** The scene whose shot is on the instrument: frontal, near, in good light. */
export function picturedScene(subject: Subject, attack: Attack, now: Scene["expression"]): Scene {
  const { instrument, shown } = attack;
  const still = stillScene(subject, instrument);
  if (!SPECIES[attack.species].plays) return still;
  const { head } = still;
  return {
    ...still,
    head: {
      ...head,
      yaw_deg: head.yaw_deg + (shown?.yaw_deg ?? 0),
      pitch_deg: head.pitch_deg + (shown?.pitch_deg ?? 0),
      roll_deg: head.roll_deg + (shown?.roll_deg ?? 0),
    },
    expression: now,
  };
}

function stillScene(subject: Subject, instrument: number): Scene {
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
    // Of its own number: what divides lobbies into training, calibration and test divides these walls too.
    lobby: instrument,
    noise: 17 + instrument,
  };
}

/** Builds the instrument that carries a shot. */
export function buildInstrument({ species, instrument }: Attack, shot: Shot): Instrument {
  const make = makeOf(species, instrument);
  const inner = make.width - 2 * make.margin;
  const tall = make.height - 2 * make.margin;
  const truth = shot.truth;
  const pictured = { box: truth?.box ?? [0, 0, 0, 0], landmarks: truth?.landmarks ?? [] };
  // the crop of the picture that fits the sheet: its full height, or the face where it is life-size
  const cropHeight = make.crop;
  const cropWidth = (cropHeight * inner) / tall;
  const [bx = 0, by = 0, bw = 0, bh = 0] = pictured.box;
  const whole = cropHeight === HEIGHT;
  const left = whole ? (WIDTH - cropWidth) / 2 : bx + bw / 2 - cropWidth / 2;
  const top = whole ? 0 : by + 0.42 * bh - cropHeight / 2;
  const place = (x: number, y: number): [number, number, number] => {
    const px = ((x - left) / cropWidth - 0.5) * inner;
    const py = (0.5 - (y - top) / cropHeight) * tall;
    return [px, py, sheetDepth(make, px, py)];
  };
  const builder = new MeshBuilder();
  addSheet(builder, make);
  const sheetTriangles = 6 * (gridOf(make)[0] - 1) * (gridOf(make)[1] - 1);
  addHand(builder, make, instrument);
  const screen = SPECIES[species].body === "screen";
  const crop = [left, top, cropWidth, cropHeight] as const;
  const texture = screen ? displayed(shot, make, crop) : printed(shot, make, crop);
  const figure = plainFigure(builder.build(), [texture, halved(texture)]);
  const eyes = pictured.landmarks.slice(0, 2).map(([x, y]) => place(x, y));
  return {
    make,
    figure: SPECIES[species].eyeHoles
      ? {
        ...figure,
        mesh: cut(figure.mesh, sheetTriangles, outlineOf(make, eyes, place, bx, by, bw, bh)),
      }
      : figure,
    holder: holderOf(instrument),
    place,
    pictured,
  };
}

const HOLE_WIDE = 1.55;
const HOLE_TALL = 0.85;

/** Which points of a sheet with eye holes are paper: outside the holes; of a mask, inside its oval. */
function outlineOf(
  make: Make,
  eyes: readonly (readonly [number, number, number])[],
  place: Instrument["place"],
  bx: number,
  by: number,
  bw: number,
  bh: number,
): (x: number, y: number) => boolean {
  const [cx, cy] = place(bx + bw / 2, by + 0.46 * bh);
  const [ex, ey] = place(bx + bw * 1.02, by + 1.04 * bh);
  const oval = make.species === "paper-mask";
  return (x, y) => {
    for (const [hx, hy] of eyes) {
      const u = (x - hx) / HOLE_WIDE, v = (y - hy) / HOLE_TALL;
      if (u * u + v * v < 1) return false;
    }
    if (!oval) return true;
    const u = (x - cx) / (ex - cx), v = (y - cy) / (ey - cy);
    return u * u + v * v < 1;
  };
}

/** The mesh without those of its first triangles whose middle is not paper. */
function cut(mesh: Mesh, first: number, paper: (x: number, y: number) => boolean): Mesh {
  const triangles: number[] = [];
  const material: number[] = [];
  const { position } = mesh;
  for (let t = 0; t < mesh.triangles.length; t += 3) {
    const corners = [0, 1, 2].map((i) => mesh.triangles[t + i] ?? 0);
    const middle = (axis: number) =>
      corners.reduce((sum, c) => sum + (position[3 * c + axis] ?? 0), 0) / 3;
    if (t < first && !paper(middle(0), middle(1))) continue;
    triangles.push(...corners);
    material.push(mesh.material[t / 3] ?? 0);
  }
  return {
    ...mesh,
    triangles: Uint16Array.from(triangles),
    material: Uint8Array.from(material),
  };
}

/** A figure without a face. */
export function plainFigure(mesh: Mesh, textures: readonly Texture[]): Figure {
  return {
    mesh,
    face: null,
    headVertices: 0,
    smile: null,
    open: null,
    textures,
    landmarks: [],
    eyeDepth: 0,
  };
}

/** Columns and rows of a sheet: finer where holes are cut or cloth folds. */
function gridOf(make: Make): readonly [columns: number, rows: number] {
  if (SPECIES[make.species].eyeHoles) return [76, 104];
  return make.wrinkle > 0 ? [48, 60] : [18, 22];
}

function addSheet(builder: MeshBuilder, make: Make): void {
  const screen = SPECIES[make.species].body === "screen";
  const [columns, rows] = gridOf(make);
  builder.add({
    columns,
    rows,
    closed: false,
    material: screen ? MATERIAL.screen : MATERIAL.picture,
    at(i, j, v) {
      v.u = i / (columns - 1);
      v.v = 1 - j / (rows - 1);
      v.x = (v.u - 0.5) * make.width;
      v.y = (0.5 - v.v) * make.height;
      v.z = sheetDepth(make, v.x, v.y);
      v.occlusion = 1;
    },
  });
  if (!screen) return;
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

type Crop = readonly [left: number, top: number, width: number, height: number];

/** Resamples a shot onto a sheet and lets `ink` turn linear light into reflectance. */
function resampled(
  shot: Shot,
  make: Make,
  crop: Crop,
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

function printed(shot: Shot, make: Make, crop: Crop): Texture {
  const paper = make.bright;
  const black = 0.035 + 0.03 * make.halftone;
  return resampled(
    shot,
    make,
    crop,
    [paper, paper * (1 - 0.03 * make.warmth), paper * (0.98 - 0.2 * make.warmth), 0.8],
    (data, k, x, y) => {
      const dots = make.halftone > 0.5
        ? 1 + 0.16 * (make.halftone - 0.4) * (((x >> 1) + (y >> 1)) % 2 === 0 ? 1 : -1)
        : 1;
      const weave = make.wrinkle > 0 && ((x + y) & 1) === 0 ? 0.93 : 1;
      const band = weave + 0.015 * noise2(3, y * 0.12, make.seed);
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

function displayed(shot: Shot, make: Make, crop: Crop): Texture {
  const glass = 0.012;
  return resampled(
    shot,
    make,
    crop,
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

/** Somebody behind the instrument: the torso that fills the picture. */
export function holderOf(instrument: number): Figure {
  const builder = new MeshBuilder();
  const p = holderFace(instrument);
  addBody(builder, p, skinColour(p));
  return plainFigure(builder.build(), []);
}
