/**
 * How many runs a campaign makes in a second, cold and warm, and in how much memory.
 *
 * First one thread (`campaign_runs.ts`), then the whole command on every core: over all of its runs, what
 * each worker compiles at the start included, and of their second half, which is what a longer campaign
 * goes on with. Both in processes of their own, with V8 and its allocator set as `deno task campaign` sets
 * them. Below them, one run of each profile over and over, alone and as V8 is by itself.
 */
import deno from "../../deno.json" with { type: "json" };
import { HOME, readProfile } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { Campaign, Gallery, TOWN } from "../../sim/campaign/mod.ts";

const { command } = deno.tasks.campaign;
const v8_flags = command.match(/--v8-flags=\S+/g) ?? [];
const env = Object.fromEntries(
  command.matchAll(/\b([A-Z_]+)=(\S+)/g).map(([, name = "", value = ""]) => [name, value]),
);

async function said(...program: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...v8_flags, ...program],
    cwd: HOME,
    env,
    stderr: "inherit",
  }).output();
  return new TextDecoder().decode(stdout).trimEnd();
}

console.log(await said("tests/bench/campaign_runs.ts"));

/** Enough for a second half in which everything is compiled. */
const WHOLE = ["--people", "2", "--runs", "8192", "--format", "json"];

for (const profile of ["swarm", "perf"]) {
  const report = JSON.parse(await said("main.ts", "campaign", "--profile", profile, ...WHOLE));
  const { runs, runs_per_second, runs_per_second_warm } = report;
  console.log(
    `${profile}, the whole command: ${runs} runs on ${navigator.hardwareConcurrency} cores, ` +
      `${runs_per_second} a second with the start, ${runs_per_second_warm} in the second half`,
  );
}

const ports = portsOf(await openModels());
const machine = await readProfile("lhasa-lobby", "bench");
const gallery = new Gallery(ports);

/** Compiled by then; fewer runs would time the compiler. */
const WARMED_UP = 1_000;

for (const profile of ["swarm", "perf"] as const) {
  const generator = { seed: 1, profile, machine, town: TOWN.slice(0, 1) };
  const campaign = new Campaign({ generator, gallery, ports, mutant: null });
  const options = { group: "campaign", warmup: WARMED_UP, n: WARMED_UP };
  Deno.bench(`one ${profile} run again and again`, options, async () => {
    await campaign.run(1);
  });
}
