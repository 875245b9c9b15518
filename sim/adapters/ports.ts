/** The run's ports on Deno: shipped models over `onnxruntime-web`, and what the trace says of the host. */
import * as ort from "onnxruntime-web";
import {
  createFacePipeline,
  type FacePipeline,
  ModelHashError,
  type OrtRuntime,
  parseManifest,
} from "../../core/face/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { InputError } from "../plan/mod.ts";
import type { TraceHeader } from "../trace/mod.ts";
import { pinnedOf, type RunPorts } from "../world/mod.ts";
import { HOME, readBytes, readText, why } from "./files.ts";

/** What a person calls this program in a trace. */
export const VERSION = "0.1.0";

const MANIFEST = "models/manifest.json";

/** Opens the shipped models. `memo: 0` switches the memory of inference off. */
export async function openModels(options: { memo?: number } = {}): Promise<FacePipeline> {
  const manifest = readManifest(await readText(new URL(MANIFEST, HOME), "model manifest"));
  async function bytesOf(role: "detector" | "liveness" | "embedder"): Promise<Uint8Array> {
    return await readBytes(new URL(`models/${manifest[role].file}`, HOME), "model");
  }
  const models = {
    detector: await bytesOf("detector"),
    liveness: await bytesOf("liveness"),
    embedder: await bytesOf("embedder"),
  };
  try {
    return await createFacePipeline({
      models,
      manifest,
      runtime: ort as unknown as OrtRuntime,
      ...options,
    });
  } catch (error) {
    if (!(error instanceof ModelHashError)) throw error;
    throw new InputError({ file: MANIFEST, field: "sha256", message: error.message });
  }
}

function readManifest(text: string) {
  try {
    return parseManifest(JSON.parse(text));
  } catch (error) {
    throw new InputError({
      file: MANIFEST,
      field: "",
      message: `is not a manifest: ${why(error)}`,
    });
  }
}

/** The ports of a run over these models. */
export function portsOf(pipeline: FacePipeline): RunPorts {
  return {
    face: (frames) => pipeline.serve(frames),
    render,
    pinned: pinnedOf(pipeline.manifest),
    runtime: runtime(),
  };
}

function runtime(): TraceHeader["runtime"] {
  return {
    commit: commit(),
    program: `atm-twin ${VERSION} on Deno ${Deno.version.deno}`,
    v8: Deno.version.v8,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
  };
}

/** The commit the program was started from, read from the checkout; "unknown" outside one. */
function commit(): string {
  try {
    const head = Deno.readTextFileSync(new URL(".git/HEAD", HOME)).trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (ref === undefined) return head;
    return Deno.readTextFileSync(new URL(`.git/${ref}`, HOME)).trim();
  } catch {
    return "unknown"; // told, not chained: a packed ref or a plain copy of the files is no error
  }
}
