/**
 * A second, closer look at five landmarks.
 *
 * The detector sees the whole picture small and places a landmark within a pixel or two of it. With
 * those five the face is laid upright on a canvas, as large as the camera has it; a second model
 * says where in the canvas the landmarks really are.
 *
 * @module
 */
import {
  ALIGNED_TEMPLATE,
  fitSimilarity,
  inverse,
  type Point,
  type Similarity,
  transform,
  warp,
} from "./align.ts";
import type { Detection } from "./detect.ts";
import { hundredths } from "./detect.ts";
import { fits } from "./fits.ts";
import type { Exposure } from "./picture.ts";

/** Side of the canvas, pixels, and how large the template lies in its middle. */
export const CANVAS_SIZE = 80;
export const CANVAS_SCALE = 0.72;

/** The template's points on the canvas: where landmarks would be if the detector were right. */
export const CANVAS_TEMPLATE: readonly Point[] = ALIGNED_TEMPLATE.map(([x, y]) => [
  CANVAS_SIZE / 2 + CANVAS_SCALE * (x - 56),
  CANVAS_SIZE / 2 + CANVAS_SCALE * (y - 66),
]);

/** The face upright on the canvas, and the way there. */
export function canvasOf(
  exposure: Exposure,
  landmarks: readonly Point[],
): { canvas: Uint8Array; to: Similarity } {
  const to = fitSimilarity(landmarks, CANVAS_TEMPLATE);
  const { rgb, width, height } = exposure;
  return { canvas: warp(rgb, width, height, to, CANVAS_SIZE), to };
}

/** The detection with the landmarks that the canvas shows: ten numbers, x and y in its pixels. */
export function refined(face: Detection, to: Similarity, answer: Float32Array): Detection {
  fits(
    answer.length === 10,
    () => `it answers ${answer.length} numbers, and five landmarks are ten`,
  );
  const back = inverse(to);
  const landmarks = [0, 1, 2, 3, 4].map((k): Point => {
    const [x, y] = transform(back, [answer[2 * k] ?? 0, answer[2 * k + 1] ?? 0]);
    return [hundredths(x), hundredths(y)];
  });
  return { ...face, landmarks };
}
