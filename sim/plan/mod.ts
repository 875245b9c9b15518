/**
 * From what a person wrote to what a run depends on.
 *
 * @module
 */
import * as z from "zod";
import type { Profile } from "../../devices/mod.ts";
import { BREAKABLE_DEVICES, type Broken, EVERY_DEVICE, FAULT_CATALOGUE } from "../faults/mod.ts";
import { brokenOf } from "./deeds.ts";
import { type Plan, planSchema, type Presence, type Scenario, scenarioSchema } from "./schema.ts";

export {
  brokenOf,
  type Deed,
  type DeedNow,
  deedSchema,
  keyOf,
  type Knowledge,
  relativeKey,
  type Stand,
  standSchema,
  withDeed,
} from "./deeds.ts";
export { type Conditions, STATURES } from "./conditions.ts";
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
  const issue = error.issues.find(({ code }) => code === "unrecognized_keys") ?? error.issues[0];
  if (issue?.path.length === 0 && issue.message.endsWith("received null")) {
    return { file, field: "", message: "is empty" };
  }
  return {
    file,
    field: (issue?.path ?? []).map(String).join("."),
    message: issue?.message ?? "is not valid",
  };
}

/** Checks a parsed scenario file. Throws {@linkcode InputError} naming file and field. */
export function scenarioOf(value: unknown, file: string): Scenario {
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) throw new InputError(firstProblem(parsed.error, file));
  const scenario = parsed.data;
  checkFaults(scenario, file);
  checkPresence(scenario, file);
  scenario.at_the_bank?.forEach(({ withdraw_consent: name }, i) => {
    const names = Object.keys(scenario.people);
    if (names.includes(name)) return;
    const message = nobodyCalled(name, names);
    throw new InputError({ file, field: `at_the_bank.${i}.withdraw_consent`, message });
  });
  return scenario;
}

function nobodyCalled(name: string | undefined, names: readonly string[]): string {
  return `nobody called ${name ?? "anything"} is listed under people` +
    (names.length > 0 ? `; use one of: ${names.join(", ")}` : "");
}

function checkFaults(scenario: Scenario, file: string): void {
  const known = FAULT_CATALOGUE.map(({ id }) => id);
  const check = ({ id, device }: Broken, field: string) => {
    const entry = FAULT_CATALOGUE.find((fault) => fault.id === id);
    if (entry === undefined) {
      const message = `there is no fault ${id}; use one of: ${known.join(", ")}`;
      throw new InputError({ file, field: `${field}.id`, message });
    }
    const ofAny = entry.device === EVERY_DEVICE;
    if (ofAny ? BREAKABLE_DEVICES.some((name) => name === device) : device === undefined) return;
    const message = ofAny
      ? `${id} can be any device's: name one of ${BREAKABLE_DEVICES.join(", ")}`
      : `${id} is a fault of ${entry.device} and of nothing else: leave this out`;
    throw new InputError({ file, field: `${field}.device`, message });
  };
  scenario.faults.forEach((fault, i) => check(fault, `faults.${i}`));
  scenario.deeds?.forEach((deed, i) => {
    if ("fault" in deed) check(deed.fault, `deeds.${i}.fault`);
    if ("clear" in deed) check(brokenOf(deed.clear), `deeds.${i}.clear`);
  });
}

function checkPresence(scenario: Scenario, file: string): void {
  checkStanding(scenario, scenario.at_the_machine, file, "at_the_machine");
  scenario.visits?.forEach(({ at_the_machine }, i) =>
    checkStanding(scenario, at_the_machine, file, `visits.${i}.at_the_machine`)
  );
}

function checkStanding(
  { people }: Scenario,
  presence: Presence,
  file: string,
  where: string,
): void {
  const names = Object.keys(people);
  const field = "is" in presence ? "is" : "of" in presence ? "of" : null;
  const named = "is" in presence ? presence.is : "of" in presence ? presence.of : names[0];
  if (named === undefined || !names.includes(named)) {
    throw new InputError({
      file,
      field: `${where}.${field ?? "person"}`,
      message: nobodyCalled(named, names),
    });
  }
}

/** The plan of a scenario under this seed on this machine. */
export function planOf(scenario: Scenario, seed: number, profile: Profile): Plan {
  return planSchema.parse({ schema: 1, seed, scenario, profile });
}

/** Whose number and PIN the visitor uses: the account's owner. */
export function ownerOf(
  scenario: Scenario,
  presence: Presence = scenario.at_the_machine,
): Scenario["people"][string] {
  const { people } = scenario;
  const name = "is" in presence
    ? presence.is
    : "of" in presence
    ? presence.of
    : Object.keys(people)[0];
  const owner = name === undefined ? undefined : people[name];
  if (owner === undefined) {
    throw new InputError({ file: scenario.id, field: "people", message: "is empty" });
  }
  return owner;
}

/** The JSON Schema of scenario files, for editors. */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: "input" });
}
