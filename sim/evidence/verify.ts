/**
 * Is this trace what happened? Five questions, each with its own answer and evidence.
 *
 *   chain          every line is the one that was written (needs the file alone)
 *   models         this program has the models, renderer and texts that the header pins
 *   resimulation   the plan, run again, gives the same root
 *   decisions      the core, fed with the recorded events alone, decides the same
 *   oracles        the oracles, shown the recorded lines alone, find the same
 *
 * A run on somebody else's devices cannot be run again: its third question has no answer (`ok` is
 * null), and the others are asked all the same.
 */
import { canonicalJson } from "../../core/json.ts";
import { type Plan, readPlan } from "../plan/mod.ts";
import { readTrace, type Trace } from "../trace/mod.ts";
import { runPlan, type RunPorts } from "../world/mod.ts";
import { retakeDecisions } from "./decisions.ts";
import { judgeAgain } from "./judging.ts";

export interface Check {
  readonly name: "chain" | "models" | "resimulation" | "decisions" | "oracles";
  /** True: proven. False: refused. Null: the question cannot be answered for this trace. */
  readonly ok: boolean | null;
  readonly evidence: string;
  /** The first wrong line of the file, counted from 1, where a line is to blame. */
  readonly line?: number;
}

/**
 * Asks the questions in order; chain and models are what the others stand on, so they stop it.
 *
 * @param file a trace file's bytes, or its text
 * @param tell hears of each answer as soon as it is there
 */
export async function verifyTrace(
  file: Uint8Array | string,
  openPorts: () => Promise<RunPorts>,
  tell: (check: Check) => void = () => undefined,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for await (const check of answers(file, openPorts)) {
    tell(check);
    checks.push(check);
  }
  return checks;
}

async function* answers(
  file: Uint8Array | string,
  openPorts: () => Promise<RunPorts>,
): AsyncGenerator<Check> {
  const reading = readTrace(file);
  if (!reading.ok) {
    const evidence = `line ${reading.line}: ${reading.problem}`;
    return yield { name: "chain", ok: false, evidence, line: reading.line };
  }
  const { trace } = reading;
  yield {
    name: "chain",
    ok: true,
    evidence: `${trace.lines.length} lines, root ${trace.end.root}`,
  };
  const ports = await openPorts();
  const models = modelsCheck(trace, ports);
  yield models;
  if (!models.ok) return;
  const read = readPlan(trace.header.pinned.plan, "plan");
  if (!read.ok) {
    const { field, message } = read.problem;
    const evidence = `line 1: the plan cannot be run: ${field}: ${message}`;
    return yield { name: "resimulation", ok: false, evidence, line: 1 };
  }
  const { plan } = read;
  const { devices, bank } = trace.header.pinned;
  if (devices === undefined && bank === undefined) yield await resimulate(trace, plan, ports);
  else {
    const [what, where] = devices === undefined
      ? ["bank was", bank?.address]
      : ["devices were", devices];
    const evidence = `not possible: the ${what} somewhere else, at ${where}`;
    yield { name: "resimulation", ok: null, evidence };
  }
  yield decisionsCheck(trace, plan);
  yield oraclesCheck(trace, plan);
}

/** The header's pinned parts against this program's, one by one. */
function modelsCheck(trace: Trace, ports: RunPorts): Check {
  const then = flat(trace.header.pinned);
  const now = flat(ports.pinned);
  const differing = [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .filter((key) => then[key] !== now[key])
    .map((key) => `${key} is ${now[key] ?? "absent"}, was ${then[key] ?? "absent"}`);
  if (differing.length === 0) {
    return { name: "models", ok: true, evidence: `${Object.keys(then).length} parts match` };
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
    evidence: `line ${line} differs when the plan is run again${
      programsOf(trace, ports)
    }: now ${now}`,
    line,
  };
}

const COMMIT = /^[0-9a-f]{40}$/;

/** Which program wrote a trace and which runs it again, where those are two: that need be no forgery. */
function programsOf({ header }: Trace, ports: RunPorts): string {
  const [then, now] = [header.runtime.commit, ports.runtime.commit];
  if (then === now || !COMMIT.test(then) || !COMMIT.test(now)) return "";
  return ` (written by commit ${then.slice(0, 7)}, run by ${now.slice(0, 7)})`;
}

function decisionsCheck(trace: Trace, plan: Plan): Check {
  const again = retakeDecisions(trace, plan);
  if (again.ok) {
    const evidence =
      `${again.decisions} decisions on ${again.events} recorded events, the same again`;
    return { name: "decisions", ok: true, evidence };
  }
  const evidence = `line ${again.line}: ${again.problem}`;
  return { name: "decisions", ok: false, evidence, line: again.line };
}

function oraclesCheck(trace: Trace, plan: Plan): Check {
  const { findings, wrong } = judgeAgain(trace, plan);
  if (wrong !== null) {
    const evidence = `line ${wrong.line}: ${wrong.problem}`;
    return { name: "oracles", ok: false, evidence, line: wrong.line };
  }
  return { name: "oracles", ok: true, evidence: `${findings.length} findings, the same again` };
}
