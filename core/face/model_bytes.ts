/** The bytes of a pipeline's models, wherever they lie. @module */
import { assert } from "../assert.ts";
import { filesOf, type Manifest, type ModelFile, type ModelName } from "./manifest.ts";
import type { ModelBytes } from "./pipeline.ts";

/** The bytes of everything the manifest names. */
export async function modelBytes(
  manifest: Manifest,
  read: (name: ModelName, file: ModelFile) => Promise<Uint8Array>,
): Promise<ModelBytes> {
  const bytes: Partial<Record<ModelName, Uint8Array>> = {};
  for (const [name, file] of filesOf(manifest)) bytes[name] = await read(name, file);
  const { detector, liveness, embedder, landmarks } = bytes;
  assert(
    detector !== undefined && liveness !== undefined && embedder !== undefined,
    "a whole manifest names a model a role",
  );
  return { detector, liveness, embedder, ...(landmarks === undefined ? {} : { landmarks }) };
}
