/**
 * The whole twin in one page: renderer, models, core, devices, bank and all scenarios run in this tab.
 *
 * @module
 */
import { render } from "preact";
import { filesOf, parseManifest } from "../../core/face/mod.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import { planOf, type Scenario } from "../../sim/plan/mod.ts";
import type { Profile } from "../../devices/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import { answerFrom, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import { openTwin } from "../twin/mod.ts";
import { answersOf, type KeptRun } from "./desk.ts";
import { inlinedBytes, inlinedJson } from "./inlined.ts";

/** A scenario with the machine it plays on, as `demo_verb.ts` writes it. */
export interface ShelvedScenario {
  readonly info: ScenarioInfo;
  readonly scenario: Scenario;
  readonly profile: Profile;
}

const shelf = inlinedJson("shelf") as readonly ShelvedScenario[];
let ports: Promise<RunPorts> | null = null;

async function openPorts(): Promise<RunPorts> {
  const manifest = parseManifest(inlinedJson("manifest"));
  return await openTwin({
    wasm: (await inlinedBytes("wasm")).buffer,
    manifest,
    models: {
      detector: await inlinedBytes("detector"),
      liveness: await inlinedBytes("liveness"),
      embedder: await inlinedBytes("embedder"),
      ...(filesOf(manifest).has("landmarks") ? { landmarks: await inlinedBytes("landmarks") } : {}),
    },
  });
}

async function start(id: string, seed: number): Promise<KeptRun> {
  const found = shelf.find(({ info }) => info.id === id);
  if (found === undefined) throw new Error(`${id}: there is no such scenario`);
  // The button says that it runs before this thread is busy.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  ports ??= openPorts();
  const opened = await ports;
  const started = performance.now();
  const result = await runPlan(planOf(found.scenario, seed, found.profile), opened);
  const summary = summaryOf(result, Math.round(performance.now() - started));
  const run = { ...summary, id: summary.root.slice(0, 16), created_ms: Date.now() };
  return { run, trace: traceText(result.trace) };
}

answerFrom(answersOf({ scenarios: shelf.map(({ info }) => info), runs: [], start }));
const root = document.getElementById("app");
if (root === null) throw new Error("Cannot start: the page has no element app");
render(<App />, root);
