/**
 * A witness from outside: a public detector, trained by others on photographs of real people, finds the
 * virtual camera's people. If it does not, our own models only believe our own pictures.
 *
 * The model is never part of the project: the folder comes by `ATM_TWIN_PUBLIC_PACK`, and without it the
 * test says so and is skipped.
 */
import assert from "node:assert/strict";
import * as ort from "onnxruntime-web";
import { randomStream } from "../../core/numeric/mod.ts";
import { randomScene, render } from "../../devices/camera/mod.ts";

const PACK = Deno.env.get("ATM_TWIN_PUBLIC_PACK");
if (PACK === undefined) {
  console.log("public detector: skipped, ATM_TWIN_PUBLIC_PACK names no folder of public models");
}

/** YuNet takes sides that are multiples of 32: the 240 lines are filled up with black below. */
const WIDTH = 320;
const HEIGHT = 256;
const STRIDES = [8, 16, 32];

/** Planes of blue, green, red, 0…255, as YuNet was trained. */
function planes(rgb: Uint8Array): Float32Array {
  const input = new Float32Array(3 * WIDTH * HEIGHT);
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    for (let c = 0; c < 3; c++) input[c * WIDTH * HEIGHT + pixel] = rgb[3 * pixel + 2 - c]!;
  }
  return input;
}

interface Found {
  readonly score: number;
  /** Centre of the two eyes. */
  readonly eyes: readonly [x: number, y: number];
}

/** The best face: score = √(class · object), landmark = (offset + cell) · stride. */
async function bestFace(session: ort.InferenceSession, rgb: Uint8Array): Promise<Found> {
  const tensor = new ort.Tensor("float32", planes(rgb), [1, 3, HEIGHT, WIDTH]);
  const outputs = await session.run({ input: tensor });
  let best: Found = { score: 0, eyes: [0, 0] };
  for (const stride of STRIDES) {
    const data = (name: string) => outputs[`${name}_${stride}`]!.data as Float32Array;
    const [cls, obj, kps] = [data("cls"), data("obj"), data("kps")];
    const columns = WIDTH / stride;
    for (let cell = 0; cell < cls.length; cell++) {
      const score = Math.sqrt(Math.max(0, cls[cell]! * obj[cell]!));
      if (score <= best.score) continue;
      const at = (k: number, axis: 0 | 1) => {
        const origin = axis === 0 ? cell % columns : Math.floor(cell / columns);
        return (kps[10 * cell + 2 * k + axis]! + origin) * stride;
      };
      best = { score, eyes: [(at(0, 0) + at(1, 0)) / 2, (at(0, 1) + at(1, 1)) / 2] };
    }
  }
  return best;
}

Deno.test({
  name: "camera: a public detector trained on photographs finds the people, and their eyes",
  ignore: PACK === undefined,
  async fn() {
    const bytes = await Deno.readFile(`${PACK}/yunet_s_dynamic.onnx`);
    const options = { executionProviders: ["wasm"], logSeverityLevel: 3 as const };
    const session = await ort.InferenceSession.create(bytes, options);
    const missed: number[] = [];
    for (let person = 3_900_000; person < 3_900_040; person++) {
      const stream = randomStream(`witness/${person}`);
      const shot = render(randomScene({ person, kin: "self", visit: 1 }, stream));
      const { score, eyes } = await bestFace(session, shot.rgb);
      const [left, right] = shot.truth!.landmarks;
      const apart = Math.hypot(right[0] - left[0], right[1] - left[1]);
      const off = Math.hypot(
        eyes[0] - (left[0] + right[0]) / 2,
        eyes[1] - (left[1] + right[1]) / 2,
      );
      // On a face with low eyes under strong brows its eyes lie on the brows: still that face.
      if (score < 0.6 || off > 0.5 * apart) missed.push(person);
    }
    await session.release();
    assert.deepEqual(missed, []);
  },
});
