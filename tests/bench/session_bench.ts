/**
 * How much faster than the real thing a whole session runs, and where the time goes.
 *
 * Cold: every session has a customer nobody has rendered before, and no inference is remembered.
 * Warm: the same session again, with the caches on (rule 5). Models are open in both: they are opened
 * once for as many sessions as one likes. Prints the share of rendering, inference and logic, the ratio
 * to the machine's own time, and the memory of the process.
 */
import { HOME, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { type Plan, planOf } from "../../sim/plan/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";

const FILE = new URL("scenarios/returning-customer.yaml", HOME).pathname;
const scenario = await readScenario(FILE);
const profile = await readProfile(scenario.machine, FILE);

function planFor(person: number): Plan {
  const customer = { person, enrolled: true, balance_yuan: 8600 };
  return planOf({ ...scenario, people: { customer } }, 1, profile);
}

const cold = await openModels({ memo: 0 });

/** The ports with a stop-watch on rendering and on inference. */
function timed(ports: RunPorts, spent: { render: number; infer: number }): RunPorts {
  return {
    ...ports,
    render(scene) {
      const start = performance.now();
      const shot = ports.render(scene);
      spent.render += performance.now() - start;
      return shot;
    },
    face(frames) {
      const engine = ports.face(frames);
      async function watched<T>(work: Promise<T>): Promise<T> {
        const start = performance.now();
        const result = await work;
        spent.infer += performance.now() - start;
        return result;
      }
      return {
        handle: (request) => watched(engine.handle(request)),
        enrolFrom: (shots, reference) => watched(engine.enrolFrom(shots, reference)),
      };
    },
  };
}

/** Never rendered before in this process. */
let stranger = 20_000;

const SESSIONS = 12;
const spent = { render: 0, infer: 0 };
await runPlan(planFor(stranger++), portsOf(cold)); // the JIT's own warm-up is not the session's
let session_s = 0;
const start = performance.now();
for (let n = 0; n < SESSIONS; n++) {
  session_s += (await runPlan(planFor(stranger++), timed(portsOf(cold), spent))).ending.session_s;
}
const wall_ms = performance.now() - start;
const logic = wall_ms - spent.render - spent.infer;
const share = (part: number) => `${Math.round(100 * part / wall_ms)} %`;
console.log([
  `cold: ${SESSIONS} sessions, each ${(session_s / SESSIONS).toFixed(1)} s at the machine,`,
  `${(wall_ms / SESSIONS).toFixed(0)} ms here:`,
  `${(session_s * 1000 / wall_ms).toFixed(0)} times faster than the real thing`,
].join(" "));
console.log(
  `rendering ${share(spent.render)} · inference ${share(spent.infer)} · logic ${share(logic)}`,
);
console.log(`memory: ${Math.round(Deno.memoryUsage().rss / 1e6)} MB resident`);

Deno.bench("a whole session, caches cold", { group: "session", baseline: true }, async () => {
  await runPlan(planFor(stranger++), portsOf(cold));
});

// Opened after the figures above are taken: nobody holds the models twice but this comparison.
const warm = await openModels();
Deno.bench("a whole session, caches warm", { group: "session" }, async () => {
  await runPlan(planFor(42), portsOf(warm));
});
