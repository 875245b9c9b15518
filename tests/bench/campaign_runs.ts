/**
 * Campaign runs on one thread, in a process of their own: what `campaign_bench.ts` prints.
 *
 * Cold: the first runs, with nothing compiled and one person's pictures just worked out. Learning: those
 * after them, while pictures that nobody has asked for yet are rendered and judged. Warm: the same runs once
 * more, as a campaign finds them whose gallery has been to the end of one before: everything is compiled and
 * remembered; the stated shares that are recorded in full and rendered afresh are among them. Beside the
 * clock on the wall stands the processor's time, every thread of the process counted: it says what a core
 * gives, however busy the machine is. A campaign on K cores has K such threads.
 */
import process from "node:process";
import { readProfile } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import {
  Campaign,
  Gallery,
  type Generator,
  hangPictures,
  RECORDED_SHARE,
  RENDERED_SHARE,
  TOWN,
} from "../../sim/campaign/mod.ts";
import type { RunPorts } from "../../sim/world/mod.ts";

const COLD = 64;
const RUNS = 3_072;
/** Handed over at once, as to a campaign's worker. */
const PIECE = 32;

/** One campaign, long enough to be warm. */
async function measure(
  generator: Generator,
  gallery: Gallery,
  ports: RunPorts,
): Promise<void> {
  const { profile } = generator;
  async function rateOf(campaign: Campaign, from: number, to: number): Promise<string> {
    const [began, worked] = [performance.now(), processor_s()];
    for (let at = from; at < to; at += PIECE) {
      await campaign.runs(Array.from({ length: PIECE }, (_, i) => at + i));
    }
    const [seconds, processor] = [(performance.now() - began) / 1000, processor_s() - worked];
    return `${((to - from) / seconds).toFixed(0)} (${((to - from) / processor).toFixed(0)})`;
  }
  const options = { generator, gallery, ports, mutant: null };
  const first = new Campaign(options);
  const cold = await rateOf(first, 0, COLD);
  const learning = await rateOf(first, COLD, RUNS);
  const early_mb = resident_mb();
  const again = new Campaign(options);
  const warm = await rateOf(again, 0, RUNS);
  console.log(
    `${profile}: ${cold} runs a second cold, ${learning} learning, ${warm} warm, on one thread ` +
      `(in brackets: a second of processor time); ` +
      `${early_mb} MB resident before the warm ones, ${resident_mb()} MB after; ` +
      `${again.tally.sessions} sessions in ${again.tally.runs} runs; ` +
      `1 run of ${RECORDED_SHARE} recorded in full too, 1 of ${RENDERED_SHARE} rendered afresh`,
  );
}

/** What all threads of this process have worked. */
function processor_s(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function resident_mb(): number {
  return Math.round(Deno.memoryUsage().rss / 1e6);
}

if (import.meta.main) {
  const pipeline = await openModels();
  const ports = portsOf(pipeline);
  const machine = await readProfile("lhasa-lobby", "bench");
  const town = TOWN.slice(0, 1);
  const gallery = new Gallery(ports);
  const start = performance.now();
  for (const person of town) await hangPictures(gallery, person);
  console.log(`pictures of one person: ${((performance.now() - start) / 1000).toFixed(1)} s, once`);
  for (const profile of ["swarm", "perf"] as const) {
    await measure({ seed: 1, profile, machine, town }, gallery, ports);
  }
  await pipeline.release();
}
