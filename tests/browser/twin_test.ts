/**
 * Rule 8, kept: the twin runs wherever JavaScript runs. The same plan, on Deno and in a tab of Chromium,
 * with renderer, models, core, devices and bank in the tab, ends in the same root.
 */
import assert from "node:assert/strict";
import { filesOf } from "../../core/face/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { planOf } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { bundle, hasChromium, withPage } from "./browser.ts";

async function returningCustomer() {
  const file = pathOf(new URL("scenarios/returning-customer.yaml", HOME));
  const scenario = await readScenario(file);
  return planOf(scenario, 11, await readProfile(scenario.machine, file));
}

const ignore = !hasChromium;

Deno.test(
  { name: "twin: a scenario reaches one root on Deno and in Chromium", ignore },
  async () => {
    const plan = await returningCustomer();
    const pipeline = await openModels();
    const here = await runPlan(plan, portsOf(pipeline));
    const { manifest } = pipeline;
    await pipeline.release();

    const script = await bundle("tests/browser/twin_entry.ts");
    const wasm = new URL("ort-wasm-simd-threaded.wasm", import.meta.resolve("onnxruntime-web"));
    const files: Record<string, () => Promise<BodyInit>> = {
      "/": () => Promise.resolve("<!doctype html><script src=/twin.js></script>"),
      "/twin.js": () => Promise.resolve(script),
      "/plan.json": () => Promise.resolve(JSON.stringify(plan)),
      "/manifest.json": () => Deno.readTextFile(new URL("models/manifest.json", HOME)),
      "/ort.wasm": () => Deno.readFile(wasm),
      ...Object.fromEntries([...filesOf(manifest)].map(([name, { file }]) => [
        `/models/${name}`,
        () => Deno.readFile(new URL(`models/${file}`, HOME)),
      ])),
    };
    const there = await withPage(files, (page) => page.evaluate("runInTab()"));
    assert.deepEqual(there, { root: here.trace.end.root, outcome: here.ending.outcome });
    assert.equal(here.ending.outcome, "served");
  },
);
