/** The files of the twin that a page holds. @module */
import { modelBytes } from "../../core/face/mod.ts";
import { profileNames, readBytes, readProfile } from "../../sim/adapters/files.ts";
import { readManifest, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import type { TwinSetting } from "../app/twin/open_twin.ts";
import type { TwinParts } from "./page.ts";

/** What the twin in a page is made of besides code: what `inlinedTwin` reads. */
export async function twinParts(): Promise<TwinParts> {
  const manifest = await readManifest();
  const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
  const models = await modelBytes(
    manifest,
    (_, { file }) => readBytes(new URL(file, SHIPPED_MODELS), "model"),
  );
  const names = await profileNames();
  const profiles = await Promise.all(
    names.map(async (name) => [name, await readProfile(name, "page")]),
  );
  const setting: TwinSetting = {
    manifest,
    models: Object.keys(models),
    profiles: Object.fromEntries(profiles),
  };
  return { setting, bytes: { wasm: await readBytes(wasm, "runtime"), ...models } };
}
