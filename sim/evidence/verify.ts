/**
 * Is this trace what happened? Four questions, each with its own answer and evidence.
 *
 *   chain          every line is the one that was written (needs the file alone)
 *   models         this program has the models, renderer and texts that the header pins
 *   resimulation   the plan, run again, gives the same root
 *   oracles        no sentence was broken in it
 */
import { canonicalJson } from "../../core/json.ts";
import { type Plan, planSchema } from "../plan/mod.ts";
import { readTrace, type Trace } from "../trace/mod.ts";
import { runPlan, type RunPorts } from "../world/mod.ts";

export interface Check {
  readonly name: "chain" | "models" | "resimulation" | "oracles";
  readonly ok: boolean;
  readonly evidence: string;
  /** The first wrong line of the file, counted from 1, where a line is to blame. */
  readonly line?: number;
}

/** Asks the questions in order and stops at the first that fails: the rest would say nothing. */
export async function verifyTrace(
  text: string,
  openPorts: () => Promise<RunPorts>,
): Promise<readonly Check[]> {
  const reading = readTrace(text);
  if (!reading.ok) {
    const evidence = `line ${reading.line}: ${reading.problem}`;
    return [{ name: "chain", ok: false, evidence, line: reading.line }];
  }
  const { trace } = reading;
  const checks: Check[] = [
    { name: "chain", ok: true, evidence: `${trace.lines.length} lines, root ${trace.end.root}` },
  ];
  const plan = planSchema.safeParse(trace.header.pinned.plan);
  if (!plan.success) {
    const evidence = "line 1: the plan is not one this program can run";
    return [...checks, { name: "models", ok: false, evidence, line: 1 }];
  }
  const ports = await openPorts();
  const models = modelsCheck(trace, ports);
  checks.push(models);
  if (!models.ok) return checks;
  checks.push(await resimulate(trace, plan.data, ports));
  checks.push(oraclesCheck(trace));
  return checks;
}

/** The header's pinned parts against this program's, one by one. */
function modelsCheck(trace: Trace, ports: RunPorts): Check {
  const { plan: _plan, ...then } = trace.header.pinned;
  const differing = Object.entries(flat(ports.pinned))
    .filter(([key, now]) => flat(then)[key] !== now)
    .map(([key, now]) => `${key} is ${now}, was ${flat(then)[key] ?? "absent"}`);
  if (differing.length === 0) {
    return { name: "models", ok: true, evidence: `${Object.keys(flat(then)).length} parts match` };
  }
  return { name: "models", ok: false, evidence: `line 1: ${differing.join("; ")}`, line: 1 };
}

function flat(pinned: Omit<Trace["header"]["pinned"], "plan">): Record<string, string> {
  return {
    renderer: pinned.renderer,
    ...Object.fromEntries(Object.entries(pinned.models).map(([k, v]) => [`models.${k}`, v])),
    ...Object.fromEntries(Object.entries(pinned.locale).map(([k, v]) => [`locale.${k}`, v])),
  };
}

async function resimulate(trace: Trace, plan: Plan, ports: RunPorts): Promise<Check> {
  const again = (await runPlan(plan, ports)).trace;
  if (again.end.root === trace.end.root) {
    return { name: "resimulation", ok: true, evidence: `the same root ${again.end.root}` };
  }
  const at = trace.lines.findIndex((line, i) => again.lines[i]?.chain !== line.chain);
  const line = (at < 0 ? trace.lines.length : at) + 2;
  const now = canonicalJson(again.lines[line - 2] ?? "nothing").slice(0, 160);
  return {
    name: "resimulation",
    ok: false,
    evidence: `line ${line} differs when the plan is run again: now ${now}`,
    line,
  };
}

function oraclesCheck(trace: Trace): Check {
  const broken = trace.lines.filter((line) => line.type === "oracle");
  const [first] = broken;
  if (first === undefined) return { name: "oracles", ok: true, evidence: "no sentence was broken" };
  return {
    name: "oracles",
    ok: false,
    evidence: `line ${first.n + 1}: ${first.oracle}: ${first.finding}`,
    line: first.n + 1,
  };
}
