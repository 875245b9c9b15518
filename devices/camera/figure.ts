/**
 * A figure: everything about a subject that does not change from frame to frame, baked once.
 *
 * @module
 */
import { clamp } from "../../core/numeric/mod.ts";
import { addBody, addEars } from "./body.ts";
import { bakeMorphs, type Morph } from "./expression.ts";
import { bell2, Recent, step } from "./fast_math.ts";
import { addHair } from "./hair.ts";
import {
  cavity,
  eyeHeight,
  HEAD_COLUMNS,
  HEAD_ROWS,
  type HeadGrid,
  headGrid,
  mouthHeight,
  noseTip,
} from "./head.ts";
import { MATERIAL, type Mesh, MeshBuilder } from "./mesh.ts";
import { lipLine } from "./mouth.ts";
import { faceOf, type FaceParameters } from "./person.ts";
import type { Subject } from "./scene.ts";
import { paintSkin, SKIN_HEIGHT, SKIN_WIDTH, skinColour } from "./skin.ts";

/** A texture of four channels (red, green, blue, near infrared), row by row. */
export interface Texture {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A mesh with what draws it. */
export interface Figure {
  readonly mesh: Mesh;
  /** The person, when the figure has a face. */
  readonly face: FaceParameters | null;
  readonly headVertices: number;
  readonly smile: Morph | null;
  readonly open: Morph | null;
  /** Fine and coarse textures: each half the one before. */
  readonly textures: readonly Texture[];
  /** The five landmarks at rest and the vertex each moves with. */
  readonly landmarks: readonly Landmark[];
  /** Depth of the surface under each eye, for the glasses. */
  readonly eyeDepth: number;
}

export interface Landmark {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly vertex: number;
}

const FIGURES = new Recent<Figure>(4);

/** The figure of a subject; the last few are kept. */
export function figureOf(subject: Subject): Figure {
  const key = `${subject.person}/${subject.kin}/${subject.visit}`;
  return FIGURES.get(key, () => bakeFigure(faceOf(subject)));
}

function bakeFigure(p: FaceParameters): Figure {
  const grid = headGrid(p);
  const builder = new MeshBuilder();
  const skin = skinColour(p);
  addHead(builder, p, grid);
  addEars(builder, p, skin);
  addHair(builder, p, grid);
  addBody(builder, p, skin);
  const mesh = builder.build();
  const headVertices = HEAD_COLUMNS * HEAD_ROWS;
  const headTriangles = mesh.triangles.subarray(0, 6 * HEAD_COLUMNS * (HEAD_ROWS - 1));
  const morphs = bakeMorphs(
    p,
    mesh.position.subarray(0, 3 * headVertices),
    mesh.normal,
    headTriangles,
    headVertices,
  );
  const fine: Texture = { width: SKIN_WIDTH, height: SKIN_HEIGHT, data: paintSkin(p, grid) };
  const landmarks = landmarksOf(p, grid);
  return {
    mesh,
    face: p,
    headVertices,
    ...morphs,
    textures: [fine, halved(fine)],
    landmarks,
    eyeDepth: Math.max(landmarks[0]?.z ?? 8, landmarks[1]?.z ?? 8),
  };
}

function addHead(builder: MeshBuilder, p: FaceParameters, grid: HeadGrid): void {
  const hollow = cavity(grid);
  const tip = noseTip(p);
  const m = mouthHeight(p);
  builder.add({
    columns: HEAD_COLUMNS,
    rows: HEAD_ROWS,
    closed: true,
    material: MATERIAL.face,
    at(i, j, v) {
      const k = j * HEAD_COLUMNS + i;
      v.x = grid.position[3 * k] ?? 0;
      v.y = grid.position[3 * k + 1] ?? 0;
      v.z = grid.position[3 * k + 2] ?? 0;
      v.u = i / HEAD_COLUMNS;
      v.v = j / HEAD_ROWS;
      v.bind = 1;
      const under = 1 - 0.3 * bell2(v.x, v.y - tip + 0.9, 1.2, 0.5) -
        0.24 * bell2(v.x, v.y - m + p.lower_lip + 0.6, 1.4, 0.35);
      const throat = 0.5 + 0.5 * step(-4.5, 1.5, v.z + 0.25 * (v.y + 9));
      const hairShade = 1 - 0.22 * step(p.hairline - 1.6, p.hairline + 0.4, v.y);
      v.occlusion = clamp((hollow[k] ?? 1) * under * throat * hairShade, 0.25, 1.05);
    },
  });
}

/** Landmarks lie on the surface: the nearest vertex seen from the front gives the depth. */
function landmarksOf(p: FaceParameters, grid: HeadGrid): Landmark[] {
  const points: [number, number][] = [
    [-p.eye_spacing, eyeHeight(p, -1)],
    [p.eye_spacing, eyeHeight(p, 1)],
    [p.nose_deviation, noseTip(p) + 0.5 * p.nose_tip_lift],
    [-p.mouth_width, lipLine(p, -1)],
    [p.mouth_width, lipLine(p, 1)],
  ];
  return points.map(([x, y]) => {
    let vertex = 0;
    let nearest = Infinity;
    for (let k = 0; k < HEAD_COLUMNS * HEAD_ROWS; k++) {
      if ((grid.position[3 * k + 2] ?? 0) < 2) continue;
      const dx = (grid.position[3 * k] ?? 0) - x;
      const dy = (grid.position[3 * k + 1] ?? 0) - y;
      const d = dx * dx + dy * dy;
      if (d < nearest) {
        nearest = d;
        vertex = k;
      }
    }
    return { x, y, z: grid.position[3 * vertex + 2] ?? 0, vertex };
  });
}

/** A texture of half the size: means of 2 × 2. */
export function halved(texture: Texture): Texture {
  const width = texture.width >> 1;
  const height = texture.height >> 1;
  const data = new Float32Array(width * height * 4);
  const stride = texture.width * 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 4; c++) {
        const k = 2 * y * stride + 8 * x + c;
        const at = (i: number) => texture.data[i] ?? 0;
        data[4 * (y * width + x) + c] = (at(k) + at(k + 4) + at(k + stride) + at(k + stride + 4)) /
          4;
      }
    }
  }
  return { width, height, data };
}
