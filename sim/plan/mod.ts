/**
 * From what a person wrote to what a run depends on.
 *
 * @module
 */
import * as z from "zod";
import type { Profile } from "../../devices/mod.ts";
import { scenarioProblems } from "./check.ts";
import {
  expectationSchema,
  type Plan,
  planSchema,
  type Presence,
  type Scenario,
  scenarioSchema,
} from "./schema.ts";

export {
  brokenOf,
  type Deed,
  type DeedNow,
  deedSchema,
  keyOf,
  type Knowledge,
  padKeySchema,
  relativeKey,
  type Stand,
  standSchema,
  withDeed,
} from "./deeds.ts";
export { type Conditions, HEIGHT_MM, STATURES } from "./conditions.ts";
export { RUN_S_MAX, VISIT_S_MAX } from "./limits.ts";
export { OPERATOR_DEEDS, type OperatorAct, operatorSchema } from "./operator.ts";
export {
  type CustomerAction,
  type Expectation,
  type Fault,
  type Plan,
  planSchema,
  type Presence,
  type Scenario,
  scenarioSchema,
  type Visit,
} from "./schema.ts";

/** What is wrong with an input, so that it can be mended: which file, which field, what to write. */
export interface Problem {
  readonly file: string;
  readonly field: string;
  readonly message: string;
}

/** Bad input: the one error a command line turns into one line and exit code 2. */
export class InputError extends Error {
  override name = "InputError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super([problem.file, problem.field, problem.message].filter((part) => part !== "").join(": "));
    this.problem = problem;
  }
}

/** The first thing a schema found, as a {@linkcode Problem} of this file. */
export function firstProblem(error: z.ZodError, file: string): Problem {
  // What is missing is often there, and misspelled.
  const first = error.issues.find(({ code }) => code === "unrecognized_keys") ?? error.issues[0];
  const issue = first && meant(first);
  if (issue?.path.length === 0 && issue.message.endsWith("received null")) {
    return { file, field: "", message: "is empty" };
  }
  return {
    file,
    field: (issue?.path ?? []).map(String).join("."),
    message: issue?.message ?? "is not valid",
  };
}

/**
 * Of several forms that something does not fit, what is wrong in the one that was meant: the only one of
 * which every key is there, and no other.
 */
function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const near = issue.errors.filter((problems) =>
    problems.every(({ path, code }) => path.length > 0 && code !== "unrecognized_keys")
  );
  const [wrong] = near[0] ?? [];
  if (wrong === undefined || near.length > 1) return issue;
  const inner = meant(wrong);
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** Checks a parsed scenario file. Throws {@linkcode InputError} naming file and field. */
export function scenarioOf(value: unknown, file: string): Scenario {
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) throw new InputError(firstProblem(parsed.error, file));
  const scenario = parsed.data;
  const [wrong = promiseProblem(scenario)] = scenarioProblems(scenario);
  if (wrong !== null) throw new InputError({ file, ...wrong });
  return scenario;
}

/** Plans are made and kept that promise nothing; a file that somebody wrote means something. */
function promiseProblem({ expect }: Scenario): Omit<Problem, "file"> | null {
  const empty = expect.findIndex((promise) => Object.keys(promise).length === 0);
  if (empty < 0) return null;
  const known = Object.keys(expectationSchema.shape).join(", ");
  return { field: `expect.${empty}`, message: `promises nothing; write one of: ${known}` };
}

/**
 * The plan of a scenario under this seed on this machine. Throws {@linkcode InputError} where the machine
 * has not what the scenario names.
 */
export function planOf(
  scenario: Scenario,
  seed: number,
  profile: Profile,
  file = scenario.id,
): Plan {
  const parsed = planSchema.safeParse({ schema: 1, seed, scenario, profile });
  if (parsed.success) return parsed.data;
  const { field, message } = firstProblem(parsed.error, file);
  throw new InputError({ file, field: field.replace(/^scenario\./, ""), message });
}

export type PlanReading =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problem: Problem };

/** Reads the plan that a trace pins; where it cannot be run, why not. */
export function readPlan(value: unknown, file: string): PlanReading {
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problem: firstProblem(parsed.error, file) };
  const plan = parsed.data;
  const [wrong] = scenarioProblems(plan.scenario);
  return wrong === undefined ? { ok: true, plan } : { ok: false, problem: { file, ...wrong } };
}

type Person = Scenario["people"][string];

/**
 * The people of a scenario by name, in the one order that a run takes them in: however a file lists them,
 * a trace spells its plan with sorted keys, and has to be run again from that.
 */
export function peopleOf(
  { people }: Pick<Scenario, "people">,
): readonly (readonly [string, Person])[] {
  return Object.entries(people).sort(([a], [b]) => a < b ? -1 : 1);
}

/** Whose number and PIN the visitor uses: the account's owner. */
export function ownerOf(
  scenario: Scenario,
  presence: Presence = scenario.at_the_machine,
): Person {
  const name = "is" in presence
    ? presence.is
    : "of" in presence
    ? presence.of
    : peopleOf(scenario)[0]?.[0];
  const owner = name === undefined ? undefined : scenario.people[name];
  if (owner === undefined) {
    throw new InputError({ file: scenario.id, field: "people", message: "is empty" });
  }
  return owner;
}

/** The JSON Schema of scenario files, for editors. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: "input" });
}
