/// <reference lib="webworker" />
/**
 * The whole twin in a worker: renderer, models, core, devices and bank, away from the page's thread.
 *
 * Work is done in slices of virtual time, and the worker listens between two slices: so a run tells how
 * far it is, can be cancelled, and a live one takes deeds.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import { modelBytes, parseManifest } from "../../core/face/mod.ts";
import { type Micros, micros, milliseconds } from "../../core/units.ts";
import { profileSchema } from "../../devices/mod.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import { verifyTrace } from "../../sim/evidence/mod.ts";
import { MUTANTS } from "../../sim/campaign/mod.ts";
import { InputError, type Plan, planOf, planSchema, scenarioOf } from "../../sim/plan/mod.ts";
import { parseYaml } from "../../sim/plan/yaml.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { LiveRun, type Passing, type RunPorts, type RunResult } from "../../sim/world/mod.ts";
import { openTwin } from "./mod.ts";
import { runCampaign } from "./campaign_job.ts";
import type { CampaignOrder, TwinAnswer, TwinRequest, WorkerFiles } from "./protocol.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Virtual time between two looks at what the page says, when nobody watches. */
const SLICE = milliseconds(250);
/** Real time between two steps of a live run. */
const TICK_MS = 30;
/** The machine of the scenarios. */
const CAMPAIGN_MACHINE = "lhasa-lobby";
/** More real time than this is not caught up with: a tab that slept goes on where it was. */
const LAG_MAX_MS = 200;

interface Job {
  readonly id: number;
  readonly run: LiveRun;
  readonly started_ms: number;
  pace: number;
  told: number;
  ending: boolean;
  cancelled: boolean;
}

let ports: Promise<RunPorts> | null = null;
let profiles: WorkerFiles["profiles"] = {};
const jobs = new Map<number, Job>();
/** Work that is to stop: a campaign tells what it has. */
const stopped = new Set<number>();

scope.onmessage = ({ data }: MessageEvent<TwinRequest>) => {
  handle(data).catch((error: unknown) => {
    const id = "id" in data ? data.id : 0;
    // Its loop stops, too: nobody hears it any more.
    change(id, (job) => job.cancelled = true);
    jobs.delete(id);
    if (error instanceof InputError) answer({ op: "refused", id, problem: error.problem });
    else answer({ op: "failed", id, message: String(error) });
  });
};

function answer(message: TwinAnswer): void {
  scope.postMessage(message);
}

async function handle(request: TwinRequest): Promise<void> {
  switch (request.op) {
    case "open":
      profiles = request.files.profiles;
      ports = opened(request.files);
      await ports;
      return;
    case "plan":
      return answer({ op: "planned", id: request.id, plan: planned(request.text, request.seed) });
    case "run":
      return await run(await begun(request.id, request.plan));
    case "live":
      return await live(await begun(request.id, request.plan), micros(request.from_us));
    case "verify":
      return await verify(request.id, request.trace);
    case "mutants":
      return answer({ op: "mutants", id: request.id, names: MUTANTS.map(({ name }) => name) });
    case "campaign":
      return await campaign(request.id, request.order);
    case "deed":
      return jobs.get(request.id)?.run.do(request.deed);
    case "pace":
      return change(request.id, (job) => job.pace = request.pace);
    case "end":
      return change(request.id, (job) => job.ending = true);
    case "cancel":
      stopped.add(request.id);
      return change(request.id, (job) => job.cancelled = true);
  }
}

async function opened({ wasm, manifest, models }: WorkerFiles): Promise<RunPorts> {
  const bytes = await modelBytes(parseManifest(manifest), (name) => {
    const model = models[name];
    if (model === undefined) throw new Error(`The model ${name} is missing`);
    return Promise.resolve(model);
  });
  return await openTwin({ wasm, manifest, models: bytes });
}

async function verify(id: number, trace: string): Promise<void> {
  const twin = ports;
  assert(twin !== null, "a twin is opened before it verifies");
  await verifyTrace(trace, () => twin, (check) => answer({ op: "checked", id, check }));
  answer({ op: "verified", id });
}

function change(id: number, how: (job: Job) => void): void {
  const job = jobs.get(id);
  if (job !== undefined) how(job);
}

function planned(text: string, seed: number): Plan {
  const file = "scenario";
  const scenario = scenarioOf(parseYaml(text, file), file);
  const { machine } = scenario;
  if (!Object.hasOwn(profiles, machine)) {
    const known = Object.keys(profiles).join(", ");
    const message = `there is no machine ${machine}; use one of: ${known}`;
    throw new InputError({ file, field: "machine", message });
  }
  return planOf(scenario, seed, profileSchema.parse(profiles[machine]), file);
}

async function begun(id: number, plan: Plan): Promise<Job> {
  assert(ports !== null, "a twin is opened before it runs");
  const run = new LiveRun(planSchema.parse(plan), await ports);
  const started_ms = performance.now();
  const job = { id, run, started_ms, pace: 1, told: 0, ending: false, cancelled: false };
  jobs.set(id, job);
  await run.begin();
  return job;
}

/** To its end, as fast as it goes. */
async function run(job: Job): Promise<void> {
  let over = false;
  while (!job.cancelled && !over) {
    over = await job.run.work(SLICE);
    answer({ op: "progress", id: job.id, t: job.run.now(), lines: [], passing: "goes" });
    await breath();
  }
  await finish(job);
}

async function live(job: Job, from: Micros): Promise<void> {
  while (!job.cancelled && job.run.now() < from) {
    await job.run.advance(micros(Math.min(SLICE, from - job.run.now())));
    tell(job);
    await breath();
  }
  let last = performance.now();
  while (!job.cancelled && !job.ending) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const now = performance.now();
    const by = Math.round(Math.min(now - last, LAG_MAX_MS) * 1_000 * job.pace);
    last = now;
    const passing = await job.run.pass(micros(by));
    tell(job, passing);
    if (passing === "over") job.ending = true;
  }
  await finish(job);
}

async function campaign(id: number, order: CampaignOrder): Promise<void> {
  assert(ports !== null, "a twin is opened before it runs");
  const campaigned = await runCampaign({
    order,
    ports: await ports,
    machine: profileSchema.parse(profiles[CAMPAIGN_MACHINE]),
    tell: (report) => answer({ op: "tally", id, report }),
    async stopped() {
      await breath();
      return stopped.has(id);
    },
  });
  stopped.delete(id);
  answer({ op: "campaigned", id, campaigned });
}

/** The lines since the last time, and what time it is. */
function tell(job: Job, passing: Passing = "goes"): void {
  const lines = job.run.lines.slice(job.told);
  job.told += lines.length;
  answer({ op: "progress", id: job.id, t: job.run.now(), lines, passing });
}

async function finish(job: Job): Promise<void> {
  jobs.delete(job.id);
  if (job.cancelled) return;
  const result: RunResult = await job.run.end();
  const summary = summaryOf(result, Math.round(performance.now() - job.started_ms));
  const { plan } = result;
  answer({ op: "ended", id: job.id, result: { plan, summary, trace: traceText(result.trace) } });
}

/** Lets what the page said be heard. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
