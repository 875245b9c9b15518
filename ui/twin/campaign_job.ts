/**
 * A campaign in the worker: run after run, judged by every oracle; what fails is shrunk and recorded.
 *
 * @module
 */
import type { Profile } from "../../devices/mod.ts";
import { summaryOf } from "../../sim/adapters/summary.ts";
import {
  breaks,
  Campaign,
  entriesOf,
  type Failure,
  Gallery,
  isSame,
  mutantCalled,
  reportOf,
  shrunk,
  TOWN,
} from "../../sim/campaign/mod.ts";
import { traceText } from "../../sim/trace/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";
import type { Campaigned, CampaignOrder, ShrunkFailure } from "./protocol.ts";

/** Faces that a campaign in a tab draws from: each is rendered and judged once. */
const TOWNSPEOPLE = 8;
/** Real time between two looks at what came of it. */
const TELL_EVERY_MS = 250;

export interface CampaignJob {
  readonly order: CampaignOrder;
  readonly ports: RunPorts;
  /** The machine that plans are drawn from. */
  readonly machine: Profile;
  tell(report: Campaigned["report"]): void;
  /** Awaited between runs; true: stop here. */
  stopped(): Promise<boolean>;
}

export async function runCampaign(job: CampaignJob): Promise<Campaigned> {
  const { order, ports, machine } = job;
  const { seed, profile, runs } = order;
  const campaign = new Campaign({
    generator: { seed, profile, machine, town: TOWN.slice(0, TOWNSPEOPLE) },
    gallery: new Gallery(ports),
    ports,
    mutant: order.mutant === null ? null : mutantCalled(order.mutant),
  });
  const began = performance.now();
  let told = began;
  const { mutant } = order;
  const search = { seed, profile, mutant, machine: machine.id, people: TOWNSPEOPLE };
  const whole = { search: { ...search, from: 0, asked: runs }, shard: [1, 1] } as const;
  const report = () => {
    const seconds = (performance.now() - began) / 1_000;
    return reportOf(campaign.tally, { ...whole, seconds });
  };
  for (let index = 0; index < runs; index++) {
    await campaign.run(index);
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    job.tell(report());
    if (await job.stopped()) break;
  }
  const { failures } = campaign.tally;
  const smallest: ShrunkFailure[] = [];
  for (const failure of failures) {
    if (await job.stopped()) break;
    smallest.push(await smallestOf(failure, campaign.ports, machine));
  }
  return { report: report(), failures: smallest };
}

async function smallestOf(
  failure: Failure,
  ports: RunPorts,
  machine: Profile,
): Promise<ShrunkFailure> {
  const { plan: whole, ...told } = failure;
  const plan = await shrunk(whole, machine, (candidate) => breaks(candidate, ports, failure));
  const began = performance.now();
  const run = await runPlan(plan, ports);
  const summary = summaryOf(run, Math.round(performance.now() - began));
  const { finding } = run.findings.find((found) => isSame(found, failure)) ?? failure;
  const result = { plan, summary, trace: traceText(run.trace) };
  return { ...told, finding, entries: [entriesOf(plan), entriesOf(whole)], result };
}
