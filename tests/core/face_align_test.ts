import assert from "node:assert/strict";
import {
  ALIGNED_TEMPLATE,
  CANVAS_SIZE,
  canvasOf,
  fitSimilarity,
  inverse,
  livenessPlanes,
  meanTemplate,
  type Point,
  refined,
  similarity,
  squareAround,
  transform,
  warp,
} from "../../core/face/mod.ts";

function near(actual: Point | undefined, expected: Point | undefined, slack = 1e-9): void {
  assert.ok(actual !== undefined && expected !== undefined);
  assert.ok(Math.abs(actual[0] - expected[0]) < slack, `${actual} is ${expected}`);
  assert.ok(Math.abs(actual[1] - expected[1]) < slack, `${actual} is ${expected}`);
}

Deno.test("align: a turned, grown and moved template is laid exactly on the template", () => {
  const moved = { a: 1.5 * 0.8, b: 1.5 * 0.6, tx: 40, ty: -7 };
  const landmarks = ALIGNED_TEMPLATE.map((point) => transform(moved, point));
  const back = fitSimilarity(landmarks, ALIGNED_TEMPLATE);
  for (const [i, point] of landmarks.entries()) {
    near(transform(back, point), ALIGNED_TEMPLATE[i]);
  }
  near(transform(inverse(back), [0, 0]), transform(moved, [0, 0]));
});

Deno.test("align: one point pulled aside is shared out as least squares say", () => {
  const square: Point[] = [[0, 0], [2, 0], [0, 2], [2, 2]];
  // Only the mean can move by pulling all corners out alike: the scale grows, nothing turns.
  const pulled: Point[] = [[-1, -1], [3, -1], [-1, 3], [3, 3]];
  assert.deepEqual(fitSimilarity(square, pulled), { a: 2, b: 0, tx: -1, ty: -1 });
});

Deno.test("align: a picture warped by nothing is itself; outside it is black", () => {
  const rgb = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => 5 * i);
  const same = { a: 1, b: 0, tx: 0, ty: 0 };
  assert.deepEqual(warp(rgb, 4, 4, same, 4), rgb);
  const shifted = warp(rgb, 4, 4, { ...same, tx: 2 }, 4);
  assert.deepEqual([...shifted.slice(0, 9)], [0, 0, 0, 0, 0, 0, 0, 5, 10]);
  const half = warp(rgb, 4, 4, { ...same, tx: 0.5 }, 4);
  assert.equal(half[3], Math.floor((rgb[0] ?? 0) / 2 + (rgb[3] ?? 0) / 2 + 0.5));
});

Deno.test("liveness: a square that has to be inside the picture never leaves it", () => {
  for (const box of [[-30, 5, 60, 80], [300, 200, 40, 60], [100, 60, 200, 200]] as const) {
    const { x, y, side } = squareAround(box, 320, 240, 1.8);
    assert.ok(x >= 0 && y >= 0 && x + side <= 320 && y + side <= 240, JSON.stringify(box));
  }
});

Deno.test("liveness: the face lies in the middle of the planes, also at the edge of the picture", () => {
  const [width, height] = [320, 240];
  const pixels = Array.from(
    { length: width * height },
    (_, i) => [i % width, Math.floor(i / width)],
  );
  const rgb = Uint8Array.from(pixels.flatMap(([x = 0, y = 0]) => [x >> 1, y, 0]));
  const exposure = {
    width,
    height,
    rgb,
    nir: new Uint8Array(width * height),
    depth: new Uint16Array(width * height),
  };
  // Sides of 160: an output pixel is a pixel.
  for (const [x, y] of [[116, 70], [-20, 150], [250, 0]] as const) {
    const planes = livenessPlanes(exposure, [x, y, 80, 160 / 1.8]);
    const at = (plane: number, u: number, v: number) => planes[25_600 * plane + 160 * v + u];
    const [left, top] = [x + 40 - 80, Math.round(y + 80 / 1.8 - 80)];
    for (const [u, v] of [[80, 80], [0, 0], [159, 159], [20, 140]] as const) {
      const seen = [Math.min(Math.max(left + u, 0), 319) >> 1, Math.min(Math.max(top + v, 0), 239)];
      assert.deepEqual([at(0, u, v), at(1, u, v)], seen, `${x},${y}: ${u},${v}`);
    }
  }
});

Deno.test("liveness: depth is told relative to the face, and no reading is far", () => {
  const count = 320 * 240;
  const depth = new Uint16Array(count).fill(500);
  depth.fill(560, 0, 320 * 100);
  depth.fill(0, 320 * 200);
  const exposure = {
    width: 320,
    height: 240,
    rgb: new Uint8Array(3 * count).fill(9),
    nir: new Uint8Array(count).fill(77),
    depth,
  };
  for (const side of [80, 160]) {
    const planes = livenessPlanes(exposure, [110, 100, 100, 100], side);
    const half = side / 2;
    const at = (plane: number, u: number, v: number) => planes[(plane * side + v) * side + u];
    assert.equal(planes.length, 5 * side * side);
    assert.deepEqual([at(0, 3, 3), at(3, half, half)], [9, 77]);
    assert.equal(at(4, half, half), 128);
    assert.equal(at(4, half, 2), Math.floor(128 + 60 * 127 / 150 + 0.5));
    assert.equal(at(4, half, side - 1), 255);
  }
});

Deno.test("verify: cosine of templates, by hand", () => {
  const a = Float32Array.of(3, 4);
  assert.equal(similarity(a, Float32Array.of(4, 3)), 0.96);
  assert.equal(similarity(a, Float32Array.of(-4, 3)), 0);
  assert.equal(similarity(a, a), 1);
  const mean = meanTemplate([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
  assert.ok(Math.abs((mean[0] ?? 0) - Math.SQRT1_2) < 1e-7);
});

Deno.test("landmarks: what the canvas shows is told in the picture's own pixels", () => {
  const turned = { a: 0.9 * 0.8, b: 0.9 * 0.6, tx: 120, ty: 30 };
  const truth = ALIGNED_TEMPLATE.map((point) => transform(turned, point));
  // The detector is off by pixels, each landmark otherwise.
  const rough = truth.map(([x, y], k): Point => [x + k - 2, y + 3 - k]);
  const exposure = { width: 320, height: 240, rgb: new Uint8Array(3 * 320 * 240) };
  const { canvas, to } = canvasOf({ ...exposure, ...NO_LIGHT }, rough);
  assert.equal(canvas.length, 3 * CANVAS_SIZE * CANVAS_SIZE);
  const answer = Float32Array.from(truth.flatMap((point) => transform(to, point)));
  const face = refined({ box: [0, 0, 9, 9], landmarks: rough, score: 0.9 }, to, answer);
  for (const [k, point] of face.landmarks.entries()) near(point, truth[k], 0.006);
  assert.deepEqual([face.box, face.score], [[0, 0, 9, 9], 0.9]);
});

const NO_LIGHT = { nir: new Uint8Array(320 * 240), depth: new Uint16Array(320 * 240) };
