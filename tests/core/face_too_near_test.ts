import * as assert from "node:assert/strict";
import { judgeQuality } from "../../core/face/mod.ts";

const [width, height] = [320, 240];
const exposure = {
  width,
  height,
  rgb: new Uint8Array(3 * width * height).fill(90),
  nir: new Uint8Array(width * height),
  depth: new Uint16Array(width * height),
};
const landmarks = [[130, 120], [195, 120], [162, 150], [140, 180], [185, 180]] as const;

Deno.test("quality: a part of a face that is near is no second face", () => {
  // What the detector says of a lone customer at 160 mm.
  const [whole, part] = [[103, 75, 119, 138], [115, 136, 76, 97]] as const;
  const seen = [whole, part].map((box) => ({ box, landmarks, score: 0.9 }));
  assert.notEqual(judgeQuality(exposure, seen), "several_faces");
  const beside = { box: [225, 75, 90, 110], landmarks, score: 0.9 } as const;
  assert.equal(judgeQuality(exposure, [...seen, beside]), "several_faces");
});
