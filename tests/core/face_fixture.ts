/** The shipped models, and people of the test numbers before the camera. */
import * as ort from "onnxruntime-web";
import {
  createFacePipeline,
  type FacePipeline,
  type FrameSet,
  type FrameSource,
  type Manifest,
  type ModelBytes,
  parseManifest,
  type Picture,
} from "../../core/face/mod.ts";
import {
  defaultScene,
  render,
  type Scene,
  type Shot,
  shotHashes,
} from "../../devices/camera/mod.ts";

import { modelBytes } from "../../core/face/mod.ts";

const MODELS = new URL("../../models/", import.meta.url);

export async function shippedManifest(): Promise<Manifest> {
  return parseManifest(JSON.parse(await Deno.readTextFile(new URL("manifest.json", MODELS))));
}

export async function shippedModels(manifest: Manifest): Promise<ModelBytes> {
  return await modelBytes(manifest, (_, { file }) => Deno.readFile(new URL(file, MODELS)));
}

/** The shipped pipeline; without a memory unless asked. */
export async function shippedPipeline(memo = 0): Promise<FacePipeline> {
  const manifest = await shippedManifest();
  return await createFacePipeline({
    models: await shippedModels(manifest),
    manifest,
    runtime: ort,
    memo,
  });
}

/** Rendered frames by name, as the world keeps them. */
export class Frames {
  readonly #pictures = new Map<string, Picture>();

  readonly source: FrameSource = (name) => {
    const picture = this.#pictures.get(name);
    if (picture === undefined) throw new Error(`No frame ${name}`);
    return picture;
  };

  take(scene: Scene): FrameSet {
    return this.keep(render(scene));
  }

  keep(shot: Shot): FrameSet {
    const { rgb, nir, depth } = shotHashes(shot);
    const keep = (name: string, pixels: Picture["pixels"]) => {
      this.#pictures.set(name, { width: shot.width, height: shot.height, pixels });
      return name;
    };
    return { rgb: keep(rgb, shot.rgb), nir: keep(nir, shot.nir), depth: keep(depth, shot.depth) };
  }

  /** Three exposures a little apart, of the scene a customer stands in by default. */
  visit(person: number, visit: number, changes: Partial<Scene> = {}): readonly FrameSet[] {
    const scene = { ...defaultScene({ person, kin: "self", visit }), lobby: 2500, ...changes };
    return [-5, 1, 6].map((yaw_deg, noise) =>
      this.take({ ...scene, noise, head: { ...scene.head, yaw_deg } })
    );
  }
}

/** The left half of one shot beside the right half of another. */
export function sideBySide(left: Shot, right: Shot): Shot {
  const joined = {
    ...left,
    rgb: left.rgb.slice(),
    nir: left.nir.slice(),
    depth: left.depth.slice(),
  };
  const { width, height } = left;
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width + width / 2, (y + 1) * width];
    joined.rgb.set(right.rgb.subarray(3 * from, 3 * to), 3 * from);
    joined.nir.set(right.nir.subarray(from, to), from);
    joined.depth.set(right.depth.subarray(from, to), from);
  }
  return joined;
}
