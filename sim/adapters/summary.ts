/** A run in short: what the command line prints and the store keeps. */
import { auditOf } from "../audit/mod.ts";
import type { RunSummary } from "../store/mod.ts";
import type { Trace } from "../trace/mod.ts";
import type { RunResult } from "../world/mod.ts";

/** The reason of a run in which no visit came to an outcome. */
const NO_SESSION = "no_session";

/** `wall_ms`: how long the run took on this computer. */
export function summaryOf(result: RunResult, wall_ms: number): RunSummary {
  const { ending, plan, trace } = result;
  return {
    scenario: plan.scenario.id,
    title: plan.scenario.title,
    seed: plan.seed,
    outcome: ending.outcome,
    reason: ending.reason,
    cash_taken_fen: ending.cash_taken,
    ok: result.ok,
    expectations: [...result.expectations],
    missed: [...result.missed],
    session_ms: ending.session_s === null ? null : Math.round(ending.session_s * 1000),
    virtual_ms: result.virtual_ms,
    wall_ms,
    root: trace.end.root,
  };
}

/**
 * A run that was not run here, as its trace tells it: nobody has judged its expectations, and a rule that
 * was broken is written there.
 */
export function summaryOfTrace(trace: Trace): RunSummary {
  const audit = auditOf(trace);
  const { scenario, title, seed, outcome, reason, session_ms, money, findings, root } = audit;
  return {
    scenario,
    title,
    seed,
    outcome,
    reason,
    cash_taken_fen: money.taken_fen,
    ok: findings.length > 0 ? false : null,
    expectations: [],
    session_ms: reason === NO_SESSION ? null : session_ms,
    virtual_ms: Math.round((trace.lines.at(-1)?.t ?? 0) / 1000),
    wall_ms: 0,
    root,
  };
}
