/**
 * The whole twin in a browser tab: the run's ports on `onnxruntime-web`'s browser build.
 *
 * No server takes part once the bytes are here: renderer, models, core, devices and bank run in the
 * page, and reach the same root as on Deno (`tests/browser/twin_test.ts` holds that).
 *
 * @module
 */
import * as ort from "onnxruntime-web/wasm";
import {
  createFacePipeline,
  type ModelBytes,
  type OrtRuntime,
  parseManifest,
} from "../../core/face/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { pinnedOf, type RunPorts } from "../../sim/world/mod.ts";

export interface TwinFiles {
  /** `ort-wasm-simd-threaded.wasm`, the same file that Deno uses. */
  readonly wasm: ArrayBuffer;
  /** `models/manifest.json`, parsed. */
  readonly manifest: unknown;
  readonly models: ModelBytes;
}

/** Opens the models in this tab. Heavy (about half a second): once a page. */
export async function openTwin(files: TwinFiles): Promise<RunPorts> {
  ort.env.wasm.wasmBinary = files.wasm;
  const manifest = parseManifest(files.manifest);
  const runtime = ort as unknown as OrtRuntime;
  const pipeline = await createFacePipeline({ models: files.models, manifest, runtime });
  return {
    face: (frames) => pipeline.serve(frames, (n) => crypto.getRandomValues(new Uint8Array(n))),
    render,
    pinned: pinnedOf(manifest),
    runtime: {
      commit: "unknown",
      program: "atm-twin in a browser",
      v8: navigator.userAgent,
      platform: "browser",
    },
  };
}
