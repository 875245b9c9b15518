/** What the page of `twin_test.ts` runs: one plan, in the tab, to its root. */
import { planSchema } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { openTwin } from "../../ui/twin/mod.ts";

async function bytes(path: string): Promise<ArrayBuffer> {
  return await (await fetch(path)).arrayBuffer();
}

async function runInTab(): Promise<{ root: string; outcome: string }> {
  const manifest = await (await fetch("/manifest.json")).json();
  async function model(role: string): Promise<Uint8Array> {
    return new Uint8Array(await bytes(`/models/${role}`));
  }
  const ports = await openTwin({
    wasm: await bytes("/ort.wasm"),
    manifest,
    models: {
      detector: await model("detector"),
      liveness: await model("liveness"),
      embedder: await model("embedder"),
      ...(manifest.detector.landmarks === undefined ? {} : { landmarks: await model("landmarks") }),
    },
  });
  const plan = planSchema.parse(await (await fetch("/plan.json")).json());
  const { trace, ending } = await runPlan(plan, ports);
  return { root: trace.end.root, outcome: ending.outcome };
}

Object.assign(globalThis, { runInTab });
