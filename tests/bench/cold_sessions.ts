/**
 * Sessions with nothing remembered, in a process of their own: what `session_bench.ts` prints first.
 *
 * Cold: every session has a customer nobody has rendered before, and no inference is remembered. The
 * models are opened once, as for any number of sessions. Prints the ratio to the machine's own time, the
 * shares of rendering, inference and logic, and the most memory that was ever resident.
 */
import { HOME, pathOf, readProfile, readScenario } from "../../sim/adapters/files.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { type Plan, planOf } from "../../sim/plan/mod.ts";
import { runPlan, type RunPorts } from "../../sim/world/mod.ts";

const SESSIONS = 12;
const FILE = pathOf(new URL("scenarios/returning-customer.yaml", HOME));
const scenario = await readScenario(FILE);
const profile = await readProfile(scenario.machine, FILE);

/** The ordinary withdrawal by this person. */
export function planFor(person: number): Plan {
  const customer = { person, enrolled: true, balance_yuan: 8600 };
  return planOf({ ...scenario, people: { customer } }, 1, profile);
}

/** The ports with a stop-watch on rendering and on inference. */
function timed(ports: RunPorts, spent: { render: number; infer: number }): RunPorts {
  async function watched<T>(work: Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work;
    spent.infer += performance.now() - start;
    return result;
  }
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
      return {
        handle: (request) => watched(Promise.resolve(engine.handle(request))),
        enrolFrom: (shots, reference) =>
          watched(Promise.resolve(engine.enrolFrom(shots, reference))),
      };
    },
  };
}

/** Most memory this process ever had resident, in MB; Linux tells, elsewhere what it has now. */
function memoryPeak_mb(): number {
  try {
    const status = Deno.readTextFileSync("/proc/self/status");
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024 / 1e6);
  } catch {
    return Math.round(Deno.memoryUsage().rss / 1e6);
  }
}

if (import.meta.main) {
  const pipeline = await openModels({ memo: 0 });
  const spent = { render: 0, infer: 0 };
  let stranger = 20_000;
  await runPlan(planFor(stranger++), portsOf(pipeline)); // compiling is not the session's
  let session_s = 0;
  const start = performance.now();
  for (let n = 0; n < SESSIONS; n++) {
    const { ending } = await runPlan(planFor(stranger++), timed(portsOf(pipeline), spent));
    session_s += ending.session_s ?? 0;
  }
  const wall_ms = performance.now() - start;
  const share = (part: number) => `${Math.round(100 * part / wall_ms)} %`;
  const logic = wall_ms - spent.render - spent.infer;
  console.log(
    `cold: ${SESSIONS} sessions, each ${(session_s / SESSIONS).toFixed(1)} s at the machine, ` +
      `${(wall_ms / SESSIONS).toFixed(0)} ms here: ` +
      `${(session_s * 1000 / wall_ms).toFixed(0)} times faster than the real thing`,
  );
  console.log(
    `rendering ${share(spent.render)} · inference ${share(spent.infer)} · logic ${share(logic)}`,
  );
  console.log(`memory: ${memoryPeak_mb()} MB resident at most`);
  await pipeline.release();
}
