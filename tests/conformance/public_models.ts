/**
 * Public face models, trained by others on photographs of real people, as witnesses of the camera.
 *
 * Detector YuNet, embedder MobileFaceNet and a colour-only anti-spoof model, each prepared as its
 * authors say. They are never part of the project: `ATM_TWIN_PUBLIC_PACK` names their folder.
 *
 * @module
 */
import * as ort from "onnxruntime-web";
import { ALIGNED_SIZE, fitSimilarity, type Point, warp } from "../../core/face/align.ts";
import { ALIGNED_TEMPLATE } from "../../core/face/align.ts";
import type { Shot } from "../../devices/camera/mod.ts";

/** A face as YuNet gives it: landmarks in image order (eye, eye, nose, mouth corner, mouth corner). */
export interface PublicFace {
  readonly score: number;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly landmarks: readonly Point[];
}

/** YuNet takes sides that are multiples of 32: the 240 lines are filled up with black below. */
const WIDTH = 320;
const HEIGHT = 256;
const STRIDES = [8, 16, 32];
/** ImageNet's mean and deviation, which the embedder's authors subtract and divide by. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
const SPOOF_SIDE = 128;
const SPOOF_CROP = 1.5;

/** The three models of a folder. */
export class PublicModels {
  readonly #detector: ort.InferenceSession;
  readonly #embedder: ort.InferenceSession;
  readonly #antispoof: ort.InferenceSession;

  private constructor(sessions: readonly ort.InferenceSession[]) {
    const [detector, embedder, antispoof] = sessions;
    this.#detector = detector!;
    this.#embedder = embedder!;
    this.#antispoof = antispoof!;
  }

  /** Opens the folder's models on one thread, which gives the same numbers every time. */
  static async open(folder: string): Promise<PublicModels> {
    ort.env.wasm.numThreads = 1;
    const options = { executionProviders: ["wasm"], logSeverityLevel: 3 as const };
    const files = ["yunet_s_dynamic.onnx", "mobilefacenet.onnx", "antispoof_rgb.onnx"];
    return new PublicModels(
      await Promise.all(
        files.map(async (file) =>
          await ort.InferenceSession.create(await Deno.readFile(`${folder}/${file}`), options)
        ),
      ),
    );
  }

  async close(): Promise<void> {
    await this.#detector.release();
    await this.#embedder.release();
    await this.#antispoof.release();
  }

  /** The best face of a picture, however poor its score. */
  async detect(shot: Shot): Promise<PublicFace> {
    const tensor = new ort.Tensor("float32", planesOf(shot.rgb), [1, 3, HEIGHT, WIDTH]);
    const outputs = await this.#detector.run({ input: tensor });
    let best: PublicFace = { score: 0, box: [0, 0, 0, 0], landmarks: [] };
    for (const stride of STRIDES) {
      const data = (name: string) => outputs[`${name}_${stride}`]!.data as Float32Array;
      const [cls, obj, kps, bbox] = [data("cls"), data("obj"), data("kps"), data("bbox")];
      const columns = WIDTH / stride;
      for (let cell = 0; cell < cls.length; cell++) {
        const score = Math.sqrt(Math.max(0, cls[cell]! * obj[cell]!));
        if (score <= best.score) continue;
        const [c, r] = [cell % columns, Math.floor(cell / columns)];
        const [w, h] = [bbox[4 * cell + 2]!, bbox[4 * cell + 3]!].map((v) => Math.exp(v) * stride);
        const [cx, cy] = [(c + bbox[4 * cell]!) * stride, (r + bbox[4 * cell + 1]!) * stride];
        const landmarks = Array.from({ length: 5 }, (_, k): Point => [
          (kps[10 * cell + 2 * k]! + c) * stride,
          (kps[10 * cell + 2 * k + 1]! + r) * stride,
        ]);
        best = { score, box: [cx - w! / 2, cy - h! / 2, w!, h!], landmarks };
      }
    }
    return best;
  }

  /** The unit embedding of the face with these landmarks. */
  async embed(shot: Shot, landmarks: readonly Point[]): Promise<Float32Array> {
    const toAligned = fitSimilarity(landmarks, ALIGNED_TEMPLATE);
    const aligned = warp(shot.rgb, shot.width, shot.height, toAligned);
    const area = ALIGNED_SIZE * ALIGNED_SIZE;
    const input = new Float32Array(3 * area);
    for (let k = 0; k < area; k++) {
      for (let c = 0; c < 3; c++) {
        input[c * area + k] = (aligned[3 * k + c]! / 255 - MEAN[c]!) / DEVIATION[c]!;
      }
    }
    const tensor = new ort.Tensor("float32", input, [1, 3, ALIGNED_SIZE, ALIGNED_SIZE]);
    const { output0 } = await this.#embedder.run({ input0: tensor });
    const vector = output0!.data as Float32Array;
    const length = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
    return vector.map((v) => v / length);
  }

  /** How likely the anti-spoof model calls the face live, 0…1. */
  async live(shot: Shot, box: PublicFace["box"]): Promise<number> {
    const side = SPOOF_CROP * Math.max(box[2], box[3]);
    const left = box[0] + box[2] / 2 - side / 2;
    const top = box[1] + box[3] / 2 - side / 2;
    const area = SPOOF_SIDE * SPOOF_SIDE;
    const input = new Float32Array(3 * area);
    const pixel = side / SPOOF_SIDE;
    for (let v = 0; v < SPOOF_SIDE; v++) {
      for (let u = 0; u < SPOOF_SIDE; u++) {
        const [x, y] = [left + (u + 0.5) * pixel - 0.5, top + (v + 0.5) * pixel - 0.5];
        for (let c = 0; c < 3; c++) input[c * area + v * SPOOF_SIDE + u] = at(shot, x, y, c) / 255;
      }
    }
    const tensor = new ort.Tensor("float32", input, [1, 3, SPOOF_SIDE, SPOOF_SIDE]);
    const name = this.#antispoof.inputNames[0]!;
    const outputs = await this.#antispoof.run({ [name]: tensor });
    const [live, spoof] = outputs[this.#antispoof.outputNames[0]!]!.data as Float32Array;
    return 1 / (1 + Math.exp(spoof! - live!));
  }
}

/** Planes of blue, green, red, 0…255, as YuNet was trained. */
function planesOf(rgb: Uint8Array): Float32Array {
  const input = new Float32Array(3 * WIDTH * HEIGHT);
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    for (let c = 0; c < 3; c++) input[c * WIDTH * HEIGHT + pixel] = rgb[3 * pixel + 2 - c]!;
  }
  return input;
}

/** A bilinear sample; the picture is mirrored at its border. */
function at(shot: Shot, x: number, y: number, c: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const value = (i: number, j: number) =>
    shot.rgb[3 * (mirrored(j, shot.height) * shot.width + mirrored(i, shot.width)) + c]!;
  const [s, t] = [x - x0, y - y0];
  return (1 - t) * ((1 - s) * value(x0, y0) + s * value(x0 + 1, y0)) +
    t * ((1 - s) * value(x0, y0 + 1) + s * value(x0 + 1, y0 + 1));
}

function mirrored(i: number, size: number): number {
  const inside = i < 0 ? -i - 1 : i >= size ? 2 * size - 1 - i : i;
  return Math.min(size - 1, Math.max(0, inside));
}

/** The cosine of two unit vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
