/**
 * Detection: what the detector's dense answer says about the faces in a picture.
 *
 * The detector looks at the picture in steps of 8 pixels (40 × 30 cells of 320 × 240). Each cell
 * says how likely it lies in the middle of a face, where that face's box ends and where its five
 * landmarks are. The cells of one face all say nearly the same, each with an error of its own, so
 * their weighted mean is better than any of them:
 *
 *     · · · · ·
 *     · o o o ·     o  cells that see one face: one detection,
 *     · o O o ·        its numbers the mean of theirs by score²
 *     · · o · ·     O  the cell with the highest score, which gives the detection's score
 *
 * That places a landmark within a cell or so. The nine cells round that place then say more closely
 * where it is, each seeing it from beside; the landmark is the mean of what they say.
 *
 * @module
 */
import { clamp } from "../numeric/mod.ts";
import type { Point } from "./align.ts";
import { fits } from "./fits.ts";

/** A face found in a picture, in its pixels. */
export interface Detection {
  readonly box: readonly [x: number, y: number, w: number, h: number];
  /** Image order: left eye, right eye, nose tip, left and right mouth corner. */
  readonly landmarks: readonly Point[];
  /** 0…1. */
  readonly score: number;
  /** What a closer look said, where there was one: how likely eyes are closed, the face covered. */
  readonly states?: { readonly closed: number; readonly covered: number };
}

const COLUMNS = 40;
const ROWS = 30;
const CELLS = COLUMNS * ROWS;
/** Planes of the votes: score, four distances to the box's sides, ten landmark coordinates. */
const PLANES = 15;
/** Then, for each landmark, the way to it from the cells beside it: x and y. */
const CLOSER_PLANES = 10;
/** Pixels from one cell to the next. */
const STEP = 8;
/** Pixels in one unit of the votes, and of the closer look. */
const UNIT = 32;
const CLOSER_UNIT = 8;
/** Two boxes with at least this intersection over union are one face. */
const SAME_FACE_IOU = 0.35;
/** More faces than this are a crowd; nobody needs their exact number. */
export const FACES_MAX = 8;

/** The faces in the detector's answer (25 × 30 × 40), best first. */
export function decodeFaces(answer: Float32Array, threshold: number): readonly Detection[] {
  const size = (PLANES + CLOSER_PLANES) * CELLS;
  fits(
    answer.length === size,
    () => `it answers ${answer.length} numbers, and votes are 25 planes of 30 × 40 cells`,
  );
  const votes: Vote[] = [];
  for (let cell = 0; cell < CELLS; cell++) {
    const score = answer[cell] ?? 0;
    if (score >= threshold) votes.push(voteOf(answer, cell, score));
  }
  votes.sort((a, b) => b.score - a.score || a.cell - b.cell);
  const faces: Detection[] = [];
  let left = votes;
  while (faces.length < FACES_MAX) {
    const best = left[0];
    if (best === undefined) break;
    // A box without area overlaps nothing, not even itself.
    const isSame = (vote: Vote) =>
      vote === best || overlap(vote.numbers, best.numbers) >= SAME_FACE_IOU;
    const same = left.filter(isSame);
    left = left.filter((vote) => !isSame(vote));
    faces.push(merge(answer, best.score, same));
  }
  return faces;
}

/** What one cell says: left, top, right, bottom, then x and y of each landmark. */
interface Vote {
  readonly cell: number;
  readonly score: number;
  readonly numbers: readonly number[];
}

function voteOf(answer: Float32Array, cell: number, score: number): Vote {
  const x = middleOf(cell % COLUMNS);
  const y = middleOf(Math.floor(cell / COLUMNS));
  const numbers: number[] = [];
  for (let plane = 1; plane < PLANES; plane++) {
    const value = (answer[plane * CELLS + cell] ?? 0) * UNIT;
    const isX = plane % 2 === 1;
    const towards = plane <= 2 ? -value : value;
    numbers.push((isX ? x : y) + towards);
  }
  return { cell, score, numbers };
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const [ax0 = 0, ay0 = 0, ax1 = 0, ay1 = 0] = a;
  const [bx0 = 0, by0 = 0, bx1 = 0, by1 = 0] = b;
  const width = Math.min(ax1, bx1) - Math.max(ax0, bx0);
  const height = Math.min(ay1, by1) - Math.max(ay0, by0);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - both);
}

/** The pixel coordinate of the middle of the `index`-th column or row of cells. */
function middleOf(index: number): number {
  return (index + 0.5) * STEP - 0.5;
}

function merge(answer: Float32Array, score: number, votes: readonly Vote[]): Detection {
  const sums = new Float64Array(PLANES - 1);
  let weights = 0;
  for (const vote of votes) {
    const weight = vote.score * vote.score;
    weights += weight;
    for (const [i, number] of vote.numbers.entries()) sums[i] = (sums[i] ?? 0) + weight * number;
  }
  const at = (i: number) => (sums[i] ?? 0) / weights;
  const landmarks = [0, 1, 2, 3, 4].map((k) => closer(answer, k, at(4 + 2 * k), at(5 + 2 * k)));
  const [x, y] = [hundredths(at(0)), hundredths(at(1))];
  return {
    box: [x, y, hundredths(at(2) - x), hundredths(at(3) - y)],
    landmarks,
    score: Math.round(score * 1e4) / 1e4,
  };
}

/** Landmark `k`, said to be near (x, y), as the nine cells round there see it. */
function closer(answer: Float32Array, k: number, x: number, y: number): Point {
  const column = clamp(Math.round((x - middleOf(0)) / STEP), 1, COLUMNS - 2);
  const row = clamp(Math.round((y - middleOf(0)) / STEP), 1, ROWS - 2);
  const plane = (PLANES + 2 * k) * CELLS;
  let [sumX, sumY] = [0, 0];
  for (let r = row - 1; r <= row + 1; r++) {
    for (let c = column - 1; c <= column + 1; c++) {
      const cell = r * COLUMNS + c;
      sumX += middleOf(c) + CLOSER_UNIT * (answer[plane + cell] ?? 0);
      sumY += middleOf(r) + CLOSER_UNIT * (answer[plane + CELLS + cell] ?? 0);
    }
  }
  return [hundredths(sumX / 9), hundredths(sumY / 9)];
}

/** Pixels are reported to the hundredth: what is decided is then what can be read in a trace. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
