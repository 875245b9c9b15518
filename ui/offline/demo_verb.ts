/** `deno task demo`: the whole twin in one HTML file, for a USB stick. */
import {
  HOME,
  readBytes,
  readProfile,
  readScenario,
  readText,
  scenarioNames,
  writeWhole,
} from "../../sim/adapters/files.ts";
import { modelBytes, readManifest, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import type { ShelvedScenario } from "./demo.tsx";
import { offlinePage } from "./page.ts";

export async function demoPage(): Promise<string> {
  const manifest = await readManifest();
  const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
  const model = (file: string) => readBytes(new URL(file, SHIPPED_MODELS), "model");
  return await offlinePage({
    title: "atm-twin",
    entry: "ui/offline/demo.tsx",
    json: { manifest, shelf: await shelf() },
    bytes: {
      wasm: await readBytes(wasm, "runtime"),
      ...await modelBytes(manifest, (_, { file }) => model(file)),
    },
  });
}

async function shelf(): Promise<ShelvedScenario[]> {
  const names = await scenarioNames();
  return await Promise.all(names.map(async (id) => {
    const url = new URL(`scenarios/${id}.yaml`, HOME);
    const source = await readText(url, "scenario");
    const scenario = await readScenario(url.pathname);
    const profile = await readProfile(scenario.machine, id);
    const { title, story } = scenario;
    return { info: { id, title, story, source }, scenario, profile };
  }));
}

if (import.meta.main) {
  const out = Deno.args[0] ?? "atm-twin-demo.html";
  const page = await demoPage();
  await writeWhole(out, page);
  console.log(`${out}: ${(page.length / 1e6).toFixed(1)} MB, opens without server or network`);
}
