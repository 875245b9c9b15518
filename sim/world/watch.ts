/** One plan, run and judged without being written down: what a campaign does thousands of times. */
import { allOracles, type Line } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { RunPorts } from "./ports.ts";
import { type OracleFinding, Watcher } from "./recorder.ts";
import { oracleContextOf } from "./setting.ts";
import { World } from "./world.ts";

/**
 * The findings of every oracle on the same lines that {@linkcode runPlan} would chain into a trace.
 * `seen` hears of every line.
 */
export async function watchPlan(
  plan: Plan,
  ports: RunPorts,
  seen?: (line: Line) => void,
): Promise<readonly OracleFinding[]> {
  const watcher = new Watcher(allOracles(oracleContextOf(plan)), seen);
  await new World(plan, ports, watcher).run();
  return watcher.findings;
}
