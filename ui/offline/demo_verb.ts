/** `deno task demo`: the whole twin in one HTML file, for a USB stick. */
import {
  HOME,
  profileNames,
  readBytes,
  readProfile,
  readScenario,
  readText,
  scenarioNames,
  writeWhole,
} from "../../sim/adapters/files.ts";
import { readManifest, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import { modelBytes } from "../../core/face/mod.ts";
import type { ScenarioInfo } from "../app/api.ts";
import type { TwinSetting } from "../app/twin/open_twin.ts";
import { offlinePage } from "./page.ts";

export async function demoPage(): Promise<string> {
  const { setting, bytes } = await twinParts();
  return await offlinePage({
    title: "atm-twin",
    entry: "ui/offline/demo.tsx",
    json: { setting, shelf: await shelf() },
    bytes,
    twin: true,
  });
}

/** What the twin in a page is made of besides code: what `inlinedTwin` reads. */
export async function twinParts() {
  const manifest = await readManifest();
  const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
  const models = await modelBytes(
    manifest,
    (_, { file }) => readBytes(new URL(file, SHIPPED_MODELS), "model"),
  );
  const names = await profileNames();
  const profiles = await Promise.all(
    names.map(async (name) => [name, await readProfile(name, "demo")]),
  );
  const setting: TwinSetting = {
    manifest,
    models: Object.keys(models),
    profiles: Object.fromEntries(profiles),
  };
  return { setting, bytes: { wasm: await readBytes(wasm, "runtime"), ...models } };
}

async function shelf(): Promise<ScenarioInfo[]> {
  const names = await scenarioNames();
  return await Promise.all(names.map(async (id) => {
    const url = new URL(`scenarios/${id}.yaml`, HOME);
    const source = await readText(url, "scenario");
    const { title, story } = await readScenario(url.pathname);
    return { id, title, story, source };
  }));
}

if (import.meta.main) {
  const out = Deno.args[0] ?? "atm-twin-demo.html";
  const page = await demoPage();
  await writeWhole(out, page);
  console.log(`${out}: ${(page.length / 1e6).toFixed(1)} MB, opens without server or network`);
}
