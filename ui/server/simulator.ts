/**
 * The real simulator behind the server: runs and verifications on opened models.
 *
 * @module
 */
import { parseYaml, readProfile } from "../../sim/adapters/files.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import { verifyTrace } from "../../sim/evidence/mod.ts";
import { InputError, planOf, scenarioOf } from "../../sim/plan/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import type { ScenarioInfo, Simulator } from "./ports.ts";

/** Runs a scenario of the shelf by its id, or one written by hand; bad input is a value. */
export function simulatorOf(scenarios: readonly ScenarioInfo[], ports: RunPorts): Simulator {
  return {
    async verify(trace, tell) {
      await verifyTrace(trace, () => Promise.resolve(ports), tell);
    },
    async run(request, seed) {
      try {
        const { file, source } = sourceOf(request, scenarios);
        const scenario = scenarioOf(parseYaml(source, file), file);
        const plan = planOf(scenario, seed, await readProfile(scenario.machine, file), file);
        const started = performance.now();
        const result = await runPlan(plan, ports);
        const wall_ms = Math.round(performance.now() - started);
        return { ok: true, summary: summaryOf(result, wall_ms), trace: traceText(result.trace) };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return { ok: false, problem: error.problem };
      }
    },
  };
}

function sourceOf(
  request: Parameters<Simulator["run"]>[0],
  scenarios: readonly ScenarioInfo[],
): { file: string; source: string } {
  if ("yaml" in request) return { file: "scenario", source: request.yaml };
  const found = scenarios.find(({ id }) => id === request.scenario);
  if (found === undefined) {
    const message = `there is no scenario "${request.scenario}"; use one of: ` +
      scenarios.map(({ id }) => id).join(", ");
    throw new InputError({ file: "request", field: "scenario", message });
  }
  return { file: `scenarios/${found.id}.yaml`, source: found.source };
}
