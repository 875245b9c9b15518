/** One plan, run and judged without being written down: what a campaign does thousands of times. */
import { allOracles, type Line } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { RunPorts } from "./ports.ts";
import { type OracleFinding, Watcher } from "./recorder.ts";
import { oracleContextOf } from "./setting.ts";
import { World } from "./world.ts";

/** What goes wrong where no oracle is asked. */
const CRASH = {
  oracle: "no_crash",
  sentence: "No part of the machine breaks an assertion of its own, and every run ends",
};

/**
 * The findings of every oracle on the same lines that {@linkcode runPlan} would chain into a trace.
 * `seen` hears of every line. An exception is a finding like any other, and comes last: what was broken
 * before it is what it comes from.
 */
export async function watchPlan(
  plan: Plan,
  ports: RunPorts,
  seen?: (line: Line) => void,
): Promise<readonly OracleFinding[]> {
  const watcher = new Watcher(allOracles(oracleContextOf(plan)), seen);
  try {
    await new World(plan, ports, watcher).run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [...watcher.findings, { ...CRASH, finding: error.message }];
  }
  return watcher.findings;
}
