/**
 * One run of a campaign: tried without a trace, judged by every oracle.
 *
 * A stated share of runs is also recorded in full, with every message held to its schema and the plan to
 * its own, and has to say the same line by line, and the core has to decide the same on the record alone; a
 * smaller share is rendered and inferred afresh.
 */
import { canonicalJson } from "../../core/json.ts";
import { checkOwnMessages } from "../../core/xfs4iot/mod.ts";
import { retakeDecisions } from "../evidence/mod.ts";
import { type Plan, planSchema, readPlan } from "../plan/mod.ts";
import { type Hearer, runPlan, type RunPorts, type Watched, watchPlans } from "../world/mod.ts";

export interface Finding {
  readonly oracle: string;
  readonly sentence: string;
  readonly finding: string;
}

/**
 * One run of so many is recorded in full as well; and one of so many is rendered afresh, which takes as
 * long as a thousand others.
 */
export const RECORDED_SHARE = 256;
export const RENDERED_SHARE = 16_384;
/** Which of them: early ones, so that a short campaign has them too. */
const RECORDED_AT = 3;

/** What is wrong where a run does not say the same when it is recorded. */
const SAME = {
  oracle: "lean_is_full",
  sentence:
    "A run that is not recorded goes the way of one that is, and remembered faces the way of " +
    "rendered ones",
};

const AGAIN = {
  oracle: "decides_again",
  sentence:
    "The core, told nothing but what the trace tells, decides what the trace says it decided",
};
/** What only a recorded run can break. */
const OF_RECORDS: readonly string[] = [SAME.oracle, AGAIN.oracle];

/** Runs a plan without recording it. */
export async function tryPlan(
  plan: Plan,
  ports: RunPorts,
  hearer?: Hearer,
): Promise<readonly Finding[]> {
  const [found = []] = await tryPlans([hearer === undefined ? { plan } : { plan, hearer }], ports);
  return found;
}

/** Runs several side by side; what was found in each. */
export async function tryPlans(
  plans: readonly Watched[],
  ports: RunPorts,
): Promise<readonly (readonly Finding[])[]> {
  checkOwnMessages(false);
  try {
    return await watchPlans(plans, ports);
  } finally {
    checkOwnMessages(true);
  }
}

export function isRecorded(index: number): boolean {
  return index % RECORDED_SHARE === RECORDED_AT;
}

export function isRendered(index: number): boolean {
  return index % RENDERED_SHARE === RECORDED_AT;
}

/** Runs a plan twice, without and with a trace; what is different is a finding. */
export async function compareWithRecorded(
  plan: Plan,
  ports: RunPorts,
  fresh: RunPorts | null,
): Promise<readonly Finding[]> {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return [{ ...SAME, finding: `the plan is none: ${issue?.path.join(".")} ${issue?.message}` }];
  }
  const lean: string[] = [];
  await tryPlan(plan, ports, { hear: (line) => void lean.push(canonicalJson(line)) });
  const { trace, findings } = await runPlan(plan, ports);
  const full = trace.lines.filter(({ type }) => type !== "oracle")
    .map(({ chain: _chain, ...line }) => canonicalJson(line));
  const at = full.findIndex((line, i) => line !== lean[i]);
  if (at >= 0 || lean.length !== full.length) {
    return [{ ...SAME, finding: `line ${at + 1} of ${full.length}: ${full[at]?.slice(0, 200)}` }];
  }
  const retaken = retakeDecisions(trace, plan);
  if (!retaken.ok) {
    return [...findings, { ...AGAIN, finding: `line ${retaken.line}: ${retaken.problem}` }];
  }
  if (fresh === null) return findings;
  const again = await runPlan(plan, fresh);
  if (again.trace.end.root === trace.end.root) return findings;
  const line = trace.lines.findIndex(({ chain }, i) => chain !== again.trace.lines[i]?.chain);
  return [{ ...SAME, finding: `rendered afresh, line ${line + 1} is another` }];
}

/** What one finding is told by; numbers in it may be others in another plan. */
type Told = Pick<Finding, "oracle" | "finding">;

/** Whether two findings are of the same mistake: one assertion is not another, one sentence is itself. */
export function isSame(a: Told, b: Told): boolean {
  const crash = a.oracle === NO_CRASH;
  return a.oracle === b.oracle && (!crash || unnumbered(a.finding) === unnumbered(b.finding));
}

const NO_CRASH = "no_crash";

function unnumbered(finding: string): string {
  return finding.replace(/[0-9]+/g, "#");
}

/** Whether a plan that anybody could run goes wrong in this way, asked in the way that can tell. */
export async function breaks(plan: Plan, ports: RunPorts, failure: Told): Promise<boolean> {
  if ("problem" in readPlan(plan, "")) return false;
  const found = OF_RECORDS.includes(failure.oracle)
    ? await compareWithRecorded(plan, ports, null)
    : await tryPlan(plan, ports);
  return found.some((finding) => isSame(finding, failure));
}
