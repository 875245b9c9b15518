/**
 * What a YuNet detector (Wu et al. 2023, as OpenCV Zoo ships it) says of the faces in a picture.
 *
 * Three grids, one a stride *s*. The cell in column c and row r says: score √(cls · obj), centre
 * (c + b₀, r + b₁) · s, size (e^b₂, e^b₃) · s, and five landmarks (k + (c, r)) · s. Of boxes that
 * overlap, the best is kept.
 *
 * @module
 */
import { exp } from "../numeric/mod.ts";
import type { Point } from "./align.ts";
import { type Detection, FACES_MAX, hundredths } from "./detect.ts";
import { fits, outputOf } from "./fits.ts";
import type { Outputs } from "./model.ts";

export interface YunetGrid {
  readonly strides: readonly number[];
  /** IoU from which two boxes are one face. */
  readonly overlap: number;
  /** Size of the picture the model was given, and how much larger than the camera's that is. */
  readonly width: number;
  readonly height: number;
  readonly enlarged: number;
}

/** Logarithm of the largest box, in strides, that is told from a number gone wrong. */
const LOG_SIZE_MAX = 8;

/** The faces, best first, in pixels of the camera's picture. */
export function decodeYunet(
  outputs: Outputs,
  grid: YunetGrid,
  threshold: number,
): readonly Detection[] {
  const found: Detection[] = [];
  for (const stride of grid.strides) found.push(...facesAt(outputs, grid, stride, threshold));
  found.sort((a, b) => b.score - a.score || a.box[0] - b.box[0] || a.box[1] - b.box[1]);
  const faces: Detection[] = [];
  for (const face of found) {
    if (faces.length === FACES_MAX) break;
    if (faces.every((other) => overlap(face.box, other.box) <= grid.overlap)) faces.push(face);
  }
  return faces;
}

function facesAt(
  outputs: Outputs,
  grid: YunetGrid,
  stride: number,
  threshold: number,
): readonly Detection[] {
  const columns = grid.width / stride;
  const cells = columns * (grid.height / stride);
  const read = (name: string, a_cell: number) => {
    const output = `${name}_${stride}`;
    const values = outputOf(outputs, output);
    fits(
      values.length === cells * a_cell,
      () =>
        `its output ${output} has ${values.length} numbers, not ${a_cell} for each of ${cells} cells`,
    );
    return values;
  };
  const [cls, obj] = [read("cls", 1), read("obj", 1)];
  const [bbox, kps] = [read("bbox", 4), read("kps", 10)];
  const faces: Detection[] = [];
  const pixels = (cell_units: number) => hundredths((cell_units * stride) / grid.enlarged);
  for (let cell = 0; cell < cells; cell++) {
    const score = Math.sqrt(Math.max(0, (cls[cell] ?? 0) * (obj[cell] ?? 0)));
    if (score < threshold) continue;
    const column = cell % columns;
    const row = (cell - column) / columns;
    const at = (values: Float32Array, i: number, size: number) => values[size * cell + i] ?? 0;
    const w = exp(Math.min(LOG_SIZE_MAX, at(bbox, 2, 4)));
    const h = exp(Math.min(LOG_SIZE_MAX, at(bbox, 3, 4)));
    const [cx, cy] = [column + at(bbox, 0, 4), row + at(bbox, 1, 4)];
    faces.push({
      box: [pixels(cx - w / 2), pixels(cy - h / 2), pixels(w), pixels(h)],
      landmarks: [0, 1, 2, 3, 4].map((k): Point => [
        pixels(at(kps, 2 * k, 10) + column),
        pixels(at(kps, 2 * k + 1, 10) + row),
      ]),
      score: Math.round(score * 1e4) / 1e4,
    });
  }
  return faces;
}

function overlap(a: Detection["box"], b: Detection["box"]): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a[2] * a[3] + b[2] * b[3] - both);
}
