/** `serve`: the dashboard on this computer, with every scenario and an embedded store. */
import { openModels } from "../../sim/adapters/models.ts";
import {
  HOME,
  parseYaml,
  readProfile,
  readText,
  scenarioNames,
  writableFolder,
} from "../../sim/adapters/files.ts";
import { portsOf, VERSION } from "../../sim/adapters/ports.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import { serveXfs, type XfsServer } from "../../sim/adapters/xfs_server.ts";
import { interruption, print } from "../../sim/adapters/terminal.ts";
import { verifyTrace } from "../../sim/evidence/mod.ts";
import { InputError, planOf, scenarioOf } from "../../sim/plan/mod.ts";
import { openRunStore } from "../../sim/store/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import { type Listening, serveDashboard } from "./mod.ts";
import type { ScenarioInfo, Simulator } from "./ports.ts";

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  /** Folder of the store; made if need be. */
  readonly data: string;
  /** Somebody else's models, by name or folder, instead of the shipped ones. */
  readonly pack?: string;
}

/** Serves until Ctrl-C. Throws {@linkcode InputError} when the port or the folder cannot be had. */
export async function serveVerb(options: ServeOptions): Promise<void> {
  const { port, host, data } = options;
  await writableFolder(data, "--data");
  const scenarios = await shelf();
  const pipeline = await openModels(options.pack === undefined ? {} : { pack: options.pack });
  const store = openRunStore(`${data}/runs.sqlite`);
  const simulator = simulatorOf(scenarios, portsOf(pipeline));
  const machine = await offered();
  const offering = machine === null ? {} : { machine };
  const parts = { simulator, scenarios, store, version: VERSION, ...offering };
  try {
    const listening = await listen(parts, port, host);
    print(`atm-twin: the dashboard is at ${listening.url} (Ctrl-C ends)`);
    if (machine !== null) print(`its devices, for your own ATM software: ${machine.uri}`);
    await interruption().heard;
    await listening.stop();
  } finally {
    await machine?.stop();
    store.close();
    await pipeline.release();
  }
}

async function listen(
  parts: Parameters<typeof serveDashboard>[0],
  port: number,
  host: string,
): Promise<Listening> {
  try {
    return await serveDashboard(parts, port, host);
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      const message = `port ${port} is in use; choose another with --port`;
      throw new InputError({ file: "serve", field: "--port", message });
    }
    const elsewhere = error instanceof Deno.errors.AddrNotAvailable ||
      (error instanceof Error && /lookup|resolve/.test(error.message));
    if (!elsewhere) throw error;
    const message = `${host} is no address of this computer; use one of its own, or 0.0.0.0`;
    throw new InputError({ file: "serve", field: "--host", message });
  }
}

/** The machine of the scenarios at one of the standard's ports; null when all of them are taken. */
async function offered(): Promise<XfsServer | null> {
  const profile = await readProfile("lhasa-lobby", "serve");
  try {
    return await serveXfs({ profile, seed: 1, speed: 1 });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

async function shelf(): Promise<ScenarioInfo[]> {
  return await Promise.all((await scenarioNames()).map(async (name) => {
    const file = `scenarios/${name}.yaml`;
    const source = await readText(new URL(file, HOME), "scenario");
    const { id, title, story } = scenarioOf(parseYaml(source, file), file);
    return { id, title, story, source };
  }));
}

/** Runs a scenario of the shelf by its id, or one written by hand; bad input is a value. */
function simulatorOf(scenarios: readonly ScenarioInfo[], ports: RunPorts): Simulator {
  return {
    async verify(trace, tell) {
      await verifyTrace(trace, () => Promise.resolve(ports), tell);
    },
    async run(request, seed) {
      try {
        const { file, source } = sourceOf(request, scenarios);
        const scenario = scenarioOf(parseYaml(source, file), file);
        const plan = planOf(scenario, seed, await readProfile(scenario.machine, file));
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
