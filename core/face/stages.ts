/**
 * The three stages over whichever models play them: what each is given, and what its answer means.
 *
 * What goes in is first a picture in bytes (the key under which a result is remembered), then the
 * model's tensor.
 *
 * @module
 */
import { exp } from "../numeric/mod.ts";
import { ALIGNED_SIZE, ALIGNED_TEMPLATE, fitSimilarity, type Point, warp } from "./align.ts";
import { decodeFaces, type Detection, hundredths } from "./detect.ts";
import { fits, outputOf } from "./fits.ts";
import { letterbox, sizeOf, squareOf, tensorOf } from "./input.ts";
import type { LandmarksEntry, Manifest } from "./manifest.ts";
import type { Model } from "./model.ts";
import type { Exposure } from "./picture.ts";
import { livenessPlanes, squareAround } from "./planes.ts";
import { canvasOf, refined } from "./refine.ts";
import type { Template } from "./verify.ts";
import { decodeYunet } from "./yunet.ts";

type Box = readonly [x: number, y: number, w: number, h: number];

/** Every face in the picture, best first. */
export async function detectFaces(
  model: Model,
  entry: Manifest["detector"],
  exposure: Exposure,
): Promise<readonly Detection[]> {
  const { width, height } = sizeOf(entry.input);
  const { pixels, enlarged } = letterbox(exposure, width, height);
  const outputs = await model.run(tensorOf(entry.input, pixels.rgb));
  const { output, threshold } = entry;
  if (output.decoding === "dense-votes") {
    const faces = decodeFaces(outputOf(outputs, output.name), threshold);
    return enlarged === 1 ? faces : faces.map((face) => inPicture(face, enlarged));
  }
  return decodeYunet(outputs, { ...output, width, height, enlarged }, threshold);
}

/** A face found in a picture that was enlarged, in the picture as it was. */
function inPicture(
  { box: [x, y, w, h], landmarks, ...face }: Detection,
  enlarged: number,
): Detection {
  const back = (at: number) => hundredths((at + 0.5) / enlarged - 0.5);
  const [left, top] = [back(x), back(y)];
  return {
    ...face,
    box: [left, top, hundredths(back(x + w) - left), hundredths(back(y + h) - top)],
    landmarks: landmarks.map(([px, py]) => [back(px), back(py)]),
  };
}

/** The best face's landmarks looked at more closely; the others are only counted. */
export async function refineBest(
  model: Model,
  entry: LandmarksEntry,
  exposure: Exposure,
  faces: readonly Detection[],
): Promise<readonly Detection[]> {
  const [best, ...others] = faces;
  if (best === undefined) return faces;
  const { canvas, to } = canvasOf(exposure, best.landmarks);
  const outputs = await model.run(tensorOf(entry.input, canvas));
  const { name, states } = entry.output;
  const face = refined(best, to, outputOf(outputs, name));
  if (states === undefined) return [face, ...others];
  const [closed = 0, covered = 0] = outputOf(outputs, states);
  return [{ ...face, states: { closed, covered } }, ...others];
}

/** What the liveness model sees of a face: five planes, or a square in colour. */
export function livenessPicture(
  { input }: Manifest["liveness"],
  exposure: Exposure,
  box: Box,
): Uint8Array {
  const { width: side } = sizeOf(input);
  if (input.channels === "rgb+nir+depth") return livenessPlanes(exposure, box, side);
  const { margin = 1, border = "inside" } = input.crop ?? {};
  if (border === "inside") {
    return squareOf(exposure, squareAround(box, exposure.width, exposure.height, margin), side);
  }
  const [x, y, w, h] = box;
  const wide = margin * Math.max(w, h);
  return squareOf(exposure, { x: x + (w - wide) / 2, y: y + (h - wide) / 2, side: wide }, side);
}

/** Probability of a live face in a {@linkcode livenessPicture}, to six digits. */
export async function judgeLiveness(
  model: Pick<Model, "run">,
  { input, output }: Manifest["liveness"],
  picture: Uint8Array,
): Promise<number> {
  const answer = outputOf(await model.run(tensorOf(input, picture)), output.name);
  const probability = output.decoding === "probability"
    ? onlyOne(answer)
    : softmaxAt(answer, output.live);
  // A model that gives no number, as of an infinite logit, has not seen a living face.
  return Number.isFinite(probability) ? Math.round(probability * 1e6) / 1e6 : 0;
}

function onlyOne(answer: Float32Array): number {
  fits(
    answer.length === 1,
    () =>
      `it answers ${answer.length} numbers, and a probability is one: read them as class-logits`,
  );
  return answer[0] ?? 0;
}

/** The share of one class; the largest logit is taken out first, so that nothing overflows. */
function softmaxAt(logits: Float32Array, index: number): number {
  const last = logits.length - 1;
  fits(index <= last, () => `its classes are 0 to ${last}, and ${index} is none`);
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Array.from(logits, (logit) => exp(logit - largest));
  return (powers[index] ?? 0) / powers.reduce((a, b) => a + b, 0);
}

/** The face on the usual template, at the size the embedder takes. */
export function alignedFace(
  { input }: Manifest["embedder"],
  exposure: Exposure,
  landmarks: readonly Point[],
): Uint8Array {
  const { width: side } = sizeOf(input);
  const template = side === ALIGNED_SIZE
    ? ALIGNED_TEMPLATE
    : ALIGNED_TEMPLATE.map(([x, y]): Point => [x * side / ALIGNED_SIZE, y * side / ALIGNED_SIZE]);
  const { rgb, width, height } = exposure;
  return warp(rgb, width, height, fitSimilarity(landmarks, template), side);
}

/** What half precision makes of a length of one, and some more. */
const UNIT_TOLERANCE = 0.01;

/** The template of an {@linkcode alignedFace}, of length one. */
export async function embedFace(
  model: Model,
  { input, output }: Manifest["embedder"],
  face: Uint8Array,
): Promise<Template> {
  const answer = outputOf(await model.run(tensorOf(input, face)), output.name);
  let squared = 0;
  for (const value of answer) squared += value * value;
  // Asked this way round, what is no number is no length.
  fits(
    squared > 0 && squared < Infinity,
    () => "it answers no template: that is of numbers, and has a length",
  );
  const length = Math.sqrt(squared);
  if (output.decoding === "unit-vector") {
    fits(
      Math.abs(length - 1) < UNIT_TOLERANCE,
      () => `its template has length ${length}, not 1: its decoding is "vector"`,
    );
    return answer;
  }
  return answer.map((value) => value / length);
}
