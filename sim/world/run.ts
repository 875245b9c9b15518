/** One plan, run to its end and judged. */
import { type Fen, fen } from "../../core/units.ts";
import { ownerOf, type Plan } from "../plan/mod.ts";
import { type Trace, traceHeader, TraceWriter } from "../trace/mod.ts";
import { allOracles, type Line } from "../oracles/mod.ts";
import type { Ended } from "./ended.ts";
import { type Ending, type ExpectationResult, judge } from "./expectations.ts";
import type { RunPorts } from "./ports.ts";
import { type OracleFinding, Recorder } from "./recorder.ts";
import { oracleContextOf } from "./setting.ts";
import { World } from "./world.ts";

export interface RunResult {
  readonly plan: Plan;
  readonly trace: Trace;
  readonly ending: Ending;
  readonly expectations: readonly ExpectationResult[];
  /** Sentences that were broken: bugs of the twin or of the core, whatever the scenario expects. */
  readonly findings: readonly OracleFinding[];
  /** Every expectation holds and no oracle found anything. */
  readonly ok: boolean;
  /** What the plan foresaw for certain and did not come to be, in sentences. */
  readonly missed: readonly string[];
  /** Virtual time of the whole run, in milliseconds. */
  readonly virtual_ms: number;
}

/** A run that has ended, written down. */
export interface Recorded extends Ended {
  readonly trace: Trace;
  readonly findings: readonly OracleFinding[];
}

/** Runs a plan. The same plan on the same models gives the same trace, here and everywhere. */
export async function runPlan(plan: Plan, ports: RunPorts): Promise<RunResult> {
  const { world, recorder } = recordedWorld(plan, ports);
  const ended = await world.run();
  return resultOf(plan, { ...ended, trace: recorder.trace, findings: recorder.findings });
}

/** A world whose every line is chained into a trace. */
export function recordedWorld(plan: Plan, ports: RunPorts): { world: World; recorder: Recorder } {
  const header = traceHeader({ ...ports.pinned, plan }, ports.runtime);
  const oracles = allOracles(oracleContextOf(plan, ports.bank !== undefined));
  const recorder = new Recorder(new TraceWriter(header), oracles);
  const world = new World(plan, ports, recorder);
  return { world, recorder };
}

/** Judges a run that has ended. */
export function resultOf(
  plan: Plan,
  { trace, findings, machine, host, missed }: Recorded,
): RunResult {
  const balance = host.bank?.balanceOf(ownerOf(plan.scenario).person) ?? null;
  const ending = endingOf(trace.lines, balance, machine.reversals.length);
  const expectations = plan.scenario.expect.flatMap((each) => judge(each, ending));
  return {
    plan,
    trace,
    ending,
    expectations,
    findings,
    missed,
    ok: findings.length === 0 && expectations.every(({ ok }) => ok),
    virtual_ms: Math.round((trace.lines.at(-1)?.t ?? 0) / 1000),
  };
}

/** How a run ended, from what it told, the customer's balance and how many reversals are open. */
export function endingOf(lines: readonly Line[], balance: Fen | null, pending: number): Ending {
  let taken = 0;
  let started: number | null = null;
  const journal: string[] = [];
  let outcome = { outcome: "failed", reason: "no_session", t: 0 };
  let over = false;
  for (const line of lines) {
    if (line.type === "journal") {
      const name = String(line.entry.line);
      journal.push(name);
      if (name === "session_started") started ??= line.t;
      if (name === "cash_taken") taken += Number(line.entry.amount);
    }
    if (line.type === "outcome" && !over) {
      over = true;
      outcome = { outcome: line.outcome, reason: line.reason, t: line.t };
    }
  }
  return {
    outcome: outcome.outcome,
    reason: outcome.reason,
    cash_taken: fen(taken),
    balance,
    session_s: started === null || !over ? null : (outcome.t - started) / 1e6,
    reversal: pending > 0
      ? "pending"
      : journal.includes("reversal_acknowledged")
      ? "acknowledged"
      : "none",
    journal,
  };
}
