/** Opens a folder of models on Deno: manifest read, hashes checked, sessions over `onnxruntime-web`. */
import * as ort from "onnxruntime-web";
import {
  createFacePipeline,
  type FacePipeline,
  type Manifest,
  ModelHashError,
  type OrtRuntime,
  parseManifest,
} from "../../core/face/mod.ts";
import { InputError } from "../plan/mod.ts";
import { HOME, readBytes, readText, shown, why } from "./files.ts";

/** The models that come with the program. */
export const SHIPPED_MODELS = new URL("models/", HOME);

export interface ModelOptions {
  /** Inferences remembered for each model; 0 switches the memory off. */
  readonly memo?: number;
  /** Where `manifest.json` and the files it names lie; ends in a slash. */
  readonly folder?: URL;
}

/** Opens the three models. Throws {@linkcode InputError} naming the file that is missing or changed. */
export async function openModels(options: ModelOptions = {}): Promise<FacePipeline> {
  const { folder = SHIPPED_MODELS, ...rest } = options;
  const manifest = await readManifest(folder);
  async function bytesOf(role: "detector" | "liveness" | "embedder"): Promise<Uint8Array> {
    return await readBytes(new URL(manifest[role].file, folder), "model");
  }
  const models = {
    detector: await bytesOf("detector"),
    liveness: await bytesOf("liveness"),
    embedder: await bytesOf("embedder"),
  };
  try {
    const runtime = ort as unknown as OrtRuntime;
    return await createFacePipeline({ models, manifest, runtime, ...rest });
  } catch (error) {
    if (!(error instanceof ModelHashError)) throw error;
    const file = shown(new URL(error.file, folder));
    throw new InputError({ file, field: "sha256", message: error.message });
  }
}

/** Reads and checks a folder's manifest. */
export async function readManifest(folder: URL = SHIPPED_MODELS): Promise<Manifest> {
  const url = new URL("manifest.json", folder);
  const text = await readText(url, "model manifest");
  try {
    return parseManifest(JSON.parse(text));
  } catch (error) {
    throw new InputError({
      file: shown(url),
      field: "",
      message: `is not a manifest: ${why(error)}`,
    });
  }
}
