/** How well a found face agrees with the true one. */

type Box = readonly [x: number, y: number, w: number, h: number];
type Points = readonly (readonly [x: number, y: number])[];

/** Intersection over union of two boxes, 0…1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a[2] * a[3] + b[2] * b[3] - both);
}

/** Mean distance of the landmarks from the true ones, in true eye distances. */
export function landmarkError(found: Points, truth: Points): number {
  const [left = [0, 0], right = [0, 0]] = truth;
  let sum = 0;
  for (const [i, [x, y]] of truth.entries()) {
    const at = found[i] ?? [Infinity, Infinity];
    sum += Math.sqrt((at[0] - x) * (at[0] - x) + (at[1] - y) * (at[1] - y));
  }
  const eyes = Math.sqrt(
    (right[0] - left[0]) * (right[0] - left[0]) + (right[1] - left[1]) * (right[1] - left[1]),
  );
  return sum / truth.length / eyes;
}
