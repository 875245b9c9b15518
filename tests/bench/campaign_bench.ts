/**
 * How many runs a campaign makes in a second, cold and warm, and in how much memory.
 *
 * The figures come from a process of its own (`campaign_runs.ts`), with V8 set as `deno task campaign` sets
 * it. Below them, one run of each profile over and over, alone and as V8 is by itself.
 */
import deno from "../../deno.json" with { type: "json" };
import { HOME, readProfile } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { Campaign, Gallery, TOWN } from "../../sim/campaign/mod.ts";

const v8_flags = deno.tasks.campaign.command.match(/--v8-flags=\S+/g) ?? [];
const { stdout } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "-A", "--no-check", ...v8_flags, "tests/bench/campaign_runs.ts"],
  cwd: HOME,
  stderr: "inherit",
}).output();
console.log(new TextDecoder().decode(stdout).trimEnd());

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
