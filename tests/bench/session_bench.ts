/**
 * How much faster than the real thing a whole session runs, where the time goes, and in how much memory.
 *
 * The figures come from a process of its own (`cold_sessions.ts`): a bench shares its process with every
 * other bench. Below them, the same session with the caches off and on (rule 5).
 */
import { HOME } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { planFor } from "./cold_sessions.ts";

/** Keeps V8 from putting off its garbage: a nursery of 8 MB, and 128 MB for what lives longer. */
const FRUGAL = "--v8-flags=--max-semi-space-size=8,--max-old-space-size=128";

for (const flags of [[FRUGAL], []]) {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", ...flags, "tests/bench/cold_sessions.ts"],
    cwd: HOME,
    stderr: "inherit",
  }).output();
  console.log(`deno run -A ${flags.join(" ")}`);
  console.log(new TextDecoder().decode(stdout).replace(/^/gm, "    ").trimEnd());
}

/** Never rendered before in this process. */
let stranger = 30_000;

const cold = await openModels({ memo: 0 });
Deno.bench("a whole session, caches cold", { group: "session", baseline: true }, async () => {
  await runPlan(planFor(stranger++), portsOf(cold));
});

const warm = await openModels();
Deno.bench("a whole session, caches warm", { group: "session" }, async () => {
  await runPlan(planFor(42), portsOf(warm));
});
