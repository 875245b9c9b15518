/** A run in short: what the command line prints and the store keeps. */
import type { RunSummary } from "../store/mod.ts";
import type { RunResult } from "../world/mod.ts";

/** `wall_ms`: how long the run took on this computer. */
export function summaryOf(result: RunResult, wall_ms: number): RunSummary {
  const { ending, plan, trace } = result;
  return {
    scenario: plan.scenario.id,
    seed: plan.seed,
    outcome: ending.outcome,
    reason: ending.reason,
    cash_taken_fen: ending.cash_taken,
    ok: result.ok,
    expectations: [...result.expectations],
    virtual_ms: result.virtual_ms,
    wall_ms,
    root: trace.end.root,
  };
}
