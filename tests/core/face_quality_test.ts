import assert from "node:assert/strict";
import { type Detection, type Exposure, judgeQuality, measurePixels } from "../../core/face/mod.ts";
import { QUALITY_PROBLEMS, textOf } from "../../core/locale/mod.ts";

/** A patterned face of brightness `level` at half a metre; nothing is wrong with it. */
function exposureOf(level: number, contrast: number): Exposure {
  const [width, height] = [320, 240];
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const stripes = (x >> 1) % 2 === (y >> 1) % 2 ? 1 + contrast : 1 - contrast;
    rgb.fill(Math.min(255, Math.round(level * stripes)), 3 * i, 3 * i + 3);
  }
  const depth = new Uint16Array(width * height).fill(500);
  return { width, height, rgb, nir: new Uint8Array(width * height), depth };
}

const FACE: Detection = {
  box: [120, 60, 80, 110],
  landmarks: [[142, 105], [178, 105], [160, 126], [146, 146], [174, 146]],
  score: 0.9,
};
const AWAY: Detection["landmarks"] = [[142, 105], [178, 105], [178, 126], [146, 146], [174, 146]];
const LIMITS = { closed_threshold: 0.7, covered_threshold: 0.8 };
const calm = exposureOf(120, 0.3);

Deno.test("quality: closed eyes and a covered face are told from the thresholds on", () => {
  const states = (closed: number, covered: number) =>
    judgeQuality(calm, [{ ...FACE, states: { closed, covered } }], LIMITS);
  assert.equal(states(0.69, 0.79), null);
  assert.equal(states(0.7, 0.1), "eyes_closed");
  assert.equal(states(0.1, 0.8), "covered");
  assert.equal(states(0.9, 0.9), "covered", "who wears a mask is asked for that first");
});

Deno.test("quality: without a closer look nothing is said of eyes and coverings", () => {
  assert.equal(judgeQuality(calm, [FACE], LIMITS), null);
  assert.equal(judgeQuality(calm, [{ ...FACE, states: { closed: 1, covered: 1 } }]), null);
});

Deno.test("quality: a mask is told before the pose it hides, distance before both", () => {
  const masked = { ...FACE, landmarks: AWAY, states: { closed: 0, covered: 1 } };
  assert.equal(judgeQuality(calm, [{ ...FACE, landmarks: AWAY }], LIMITS), "turned_away");
  assert.equal(judgeQuality(calm, [masked], LIMITS), "covered");
  const far = { ...calm, depth: new Uint16Array(calm.depth.length).fill(900) };
  assert.equal(judgeQuality(far, [masked], LIMITS), "too_far");
});

Deno.test("quality: whom the picture's edge cuts is asked to the middle, not to bare the face", () => {
  const [x, y, w, h] = FACE.box;
  const lower = (by: number) => {
    const face: Detection = {
      box: [x, y + by, w, h],
      landmarks: FACE.landmarks.map(([x, y]) => [x, y + by]),
      score: 0.9,
      states: { closed: 0, covered: 1 },
    };
    return judgeQuality(calm, [face], LIMITS);
  };
  assert.equal(
    lower(75),
    "covered",
    "less than a twentieth of the box is cut: nothing hides there",
  );
  assert.equal(lower(76), "off_centre");
});

Deno.test("quality: exposure and sharpness are measured where the face is", () => {
  assert.equal(judgeQuality(exposureOf(10, 0.3), [FACE]), "too_dark");
  assert.equal(judgeQuality(exposureOf(250, 0.01), [FACE]), "too_bright");
  assert.equal(judgeQuality(exposureOf(120, 0), [FACE]), "blurred");
  const soft = measurePixels(exposureOf(120, 0.1), FACE.landmarks).sharpness;
  const sharp = measurePixels(exposureOf(120, 0.3), FACE.landmarks).sharpness;
  assert.ok(sharp > 2 * soft, `${sharp} and ${soft}`);
});

Deno.test("quality: stripes that lie as brows and lips do are sharp, the same upright are smeared", () => {
  const striped = (which: (x: number, y: number) => number): Exposure => {
    const rgb = calm.rgb.map((_, i) => {
      const pixel = Math.floor(i / 3);
      return 120 + 24 * (which(pixel % calm.width, Math.floor(pixel / calm.width)) % 2);
    });
    return { ...calm, rgb };
  };
  assert.equal(judgeQuality(striped((_, y) => y >> 1), [FACE]), null);
  assert.equal(judgeQuality(striped((x) => x >> 1), [FACE]), "blurred");
});

Deno.test("quality: every problem is an instruction in three languages", () => {
  for (const language of ["bo", "zh", "en"] as const) {
    const texts = QUALITY_PROBLEMS.map((problem) => textOf(language, `quality-${problem}`));
    assert.equal(new Set(texts).size, QUALITY_PROBLEMS.length, language);
    assert.ok(texts.every((text) => text.length > 3));
  }
});
