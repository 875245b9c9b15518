/** What a shard of training pictures holds, and how a shot becomes that. @module */
import {
  ALIGNED_TEMPLATE,
  fitSimilarity,
  livenessPlanes,
  transform,
  warp,
} from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import type { Scene, Shot } from "../../devices/camera/mod.ts";

/** Side of an aligned training face: the template with 8 pixels more on every side, for jitter. */
const CANVAS = 128;
const CANVAS_TEMPLATE = ALIGNED_TEMPLATE.map(([x, y]) => [x + 8, y + 8] as const);

/** What a shard collects. */
export class Shard {
  readonly faces: Uint8Array[] = [];
  readonly frames: Uint8Array[] = [];
  readonly planes: Uint8Array[] = [];
  readonly labels: {
    person: number[];
    boxes: (readonly number[] | null)[];
    landmarks: (readonly number[] | null)[];
    live: number[];
    /** What each of the planes shows, and where the landmarks lie on each of the faces. */
    species: (string | null)[];
    marks: (readonly number[])[];
    /** Of each face, whether its eyes are closed and whether it is covered: 1, 0, or −1 for neither. */
    closed: number[];
    covered: number[];
  } = {
    person: [],
    boxes: [],
    landmarks: [],
    live: [],
    species: [],
    marks: [],
    closed: [],
    covered: [],
  };

  addFace(shot: Shot, person: number, scene: Scene): void {
    if (shot.truth === null) return;
    const to = fitSimilarity(shot.truth.landmarks, CANVAS_TEMPLATE);
    this.faces.push(warp(shot.rgb, shot.width, shot.height, to, CANVAS));
    this.labels.person.push(person);
    this.labels.marks.push(shot.truth.landmarks.flatMap((point) => transform(to, point)));
    const { blink } = scene.expression;
    this.labels.closed.push(blink > 0.8 ? 1 : blink < 0.4 ? 0 : -1);
    this.labels.covered.push(scene.worn?.some((worn) => worn !== "fur-hat") ? 1 : 0);
  }

  addFrame(shot: Shot): void {
    this.frames.push(halfGrey(shot));
    this.labels.boxes.push(shot.truth?.box ?? null);
    this.labels.landmarks.push(shot.truth?.landmarks.flat() ?? null);
  }

  /** Planes as the detector's own box would cut them: a few per cent beside the true one. */
  addPlanes(shot: Shot, name: string): void {
    if (shot.truth === null) return;
    const stream = randomStream(`models/train/${name}/box`);
    const [x, y, w, h] = shot.truth.box;
    const grown = 1 + 0.06 * stream.normal();
    const dx = 0.04 * w * stream.normal();
    const dy = 0.04 * h * stream.normal();
    const box = [
      x + dx - (grown - 1) * w / 2,
      y + dy - (grown - 1) * h / 2,
      w * grown,
      h * grown,
    ] as const;
    this.planes.push(livenessPlanes(shot, box));
    this.labels.live.push(shot.truth.attack === null ? 1 : 0);
    this.labels.species.push(shot.truth.attack);
  }
}

/** The picture at 160 × 120 in grey: the same mean and weights as the exported graph's. */
function halfGrey(shot: Shot): Uint8Array {
  const out = new Uint8Array(160 * 120);
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 160; x++) {
      let sum = 0;
      for (const at of [640 * y + 2 * x, 640 * y + 2 * x + 320]) {
        for (const i of [3 * at, 3 * at + 3]) {
          sum += 0.299 * (shot.rgb[i] ?? 0) + 0.587 * (shot.rgb[i + 1] ?? 0) +
            0.114 * (shot.rgb[i + 2] ?? 0);
        }
      }
      out[160 * y + x] = Math.round(sum / 4);
    }
  }
  return out;
}
