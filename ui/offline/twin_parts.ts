/** The files of the twin that a page holds. @module */
import { modelBytes } from "../../core/face/mod.ts";
import { readBytes } from "../../sim/adapters/files.ts";
import { readManifest, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import { twinSetting } from "../bundle.ts";
import type { TwinParts } from "./page.ts";

/** What the twin in a page is made of besides code: what `inlinedTwin` reads. */
export async function twinParts(): Promise<TwinParts> {
  const manifest = await readManifest();
  const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
  const models = await modelBytes(
    manifest,
    (_, { file }) => readBytes(new URL(file, SHIPPED_MODELS), "model"),
  );
  const setting = await twinSetting(manifest);
  return { setting, bytes: { wasm: await readBytes(wasm, "runtime"), ...models } };
}
