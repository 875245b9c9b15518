/** The dashboard on the real simulator and the shipped scenarios, in headless Chromium. */
import type { Page } from "playwright-core";
import { HOME, parseYaml, readProfile, readText, scenarioNames } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import { planOf, scenarioOf } from "../../sim/plan/mod.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import { type ScenarioInfo, serveDashboard, type Simulator } from "../../ui/server/mod.ts";
import { launchChromium } from "./browser.ts";
import { LAPTOP, openPage, type View } from "./dashboard_page.ts";

export interface RealDashboard {
  readonly complaints: readonly string[];
  open(hash: string, view?: View): Promise<Page>;
}

async function shelf(): Promise<ScenarioInfo[]> {
  return await Promise.all((await scenarioNames()).map(async (name) => {
    const source = await readText(new URL(`scenarios/${name}.yaml`, HOME), "scenario");
    const { id, title, story } = scenarioOf(parseYaml(source, name), name);
    return { id, title, story, source };
  }));
}

function simulatorOf(scenarios: readonly ScenarioInfo[], ports: RunPorts): Simulator {
  return {
    verify: () => Promise.reject(new Error("nothing is verified here")),
    async run(request, seed) {
      const text = "yaml" in request
        ? request.yaml
        : scenarios.find(({ id }) => id === request.scenario)?.source ?? "";
      const scenario = scenarioOf(parseYaml(text, "scenario"), "scenario");
      const profile = await readProfile(scenario.machine, "test");
      const result = await runPlan(planOf(scenario, seed, profile), ports);
      return { ok: true, summary: summaryOf(result, 0), trace: traceText(result.trace) };
    },
  };
}

/** One server, one browser; both are gone afterwards. */
export async function withRealDashboard(
  use: (dashboard: RealDashboard) => Promise<void>,
): Promise<void> {
  const scenarios = await shelf();
  const pipeline = await openModels();
  const store = openRunStore(":memory:");
  const simulator = simulatorOf(scenarios, portsOf(pipeline));
  const server = await serveDashboard({ simulator, scenarios, store, version: "test" }, 0);
  const browser = await launchChromium();
  const complaints: string[] = [];
  try {
    await use({
      complaints,
      open: (hash, view = LAPTOP) => openPage(browser, server.url, hash, view, complaints),
    });
  } finally {
    await browser.close();
    await server.stop();
    store.close();
    await pipeline.release();
  }
}
