/** What a schema cannot say of a scenario: that the names in it are somebody's. */
import { CONTROLS, SESSION_NAMES } from "../../core/session/mod.ts";
import { findCommand } from "../../core/xfs4iot/mod.ts";
import { BREAKABLE_DEVICES, type Broken, EVERY_DEVICE, FAULT_CATALOGUE } from "../faults/mod.ts";
import { brokenOf, keyProblem } from "./deeds.ts";
import { RUN_S_MAX } from "./limits.ts";
import type { Fault, Presence, Scenario } from "./schema.ts";

interface Wrong {
  readonly field: string;
  readonly message: string;
}

/** Everything that is wrong with a scenario of the right form, in the order of its parts. */
export function* scenarioProblems(scenario: Scenario): Generator<Wrong> {
  yield* faultProblems(scenario);
  yield* handProblems(scenario);
  yield* standingProblems(scenario, scenario.at_the_machine, "at_the_machine");
  for (const [i, { at_the_machine }] of (scenario.visits ?? []).entries()) {
    yield* standingProblems(scenario, at_the_machine, `visits.${i}.at_the_machine`);
  }
  yield* callProblems(scenario);
  yield* visitProblems(scenario);
}

/** Each comes after the one before has gone, and they have to come while the run lasts. */
function* visitProblems({ visits = [] }: Scenario): Generator<Wrong> {
  let waited_s = 0;
  for (const [i, { after_s }] of visits.entries()) {
    waited_s += after_s;
    if (waited_s < RUN_S_MAX) continue;
    const message =
      `with those before, nobody comes for ${waited_s} s; a run ends at ${RUN_S_MAX} s`;
    yield { field: `visits.${i}.after_s`, message };
  }
}

function* faultProblems({ faults, deeds = [] }: Scenario): Generator<Wrong> {
  for (const [i, fault] of faults.entries()) {
    yield* brokenProblems(fault, `faults.${i}`);
    yield* triggerProblems(fault.when, `faults.${i}.when`);
    if (fault.until !== undefined) {
      yield* untilProblems(fault.when, fault.until, `faults.${i}.until`);
    }
  }
  for (const [i, deed] of deeds.entries()) {
    if ("fault" in deed) yield* brokenProblems(deed.fault, `deeds.${i}.fault`);
    if ("clear" in deed) yield* brokenProblems(brokenOf(deed.clear), `deeds.${i}.clear`);
  }
}

/** Which buttons a screen has is known when it is shown; which there are at all, before. */
function* handProblems({ deeds = [] }: Scenario): Generator<Wrong> {
  for (const [i, deed] of deeds.entries()) {
    if ("touch" in deed && !isControl(deed.touch)) {
      const known = [...CONTROLS, "amount_500 (any amount)"].join(", ");
      const message = `there is no button ${deed.touch}; use one of: ${known}`;
      yield { field: `deeds.${i}.touch`, message };
    }
    for (const [j, key] of ("press" in deed ? deed.press : []).entries()) {
      const message = keyProblem(key);
      if (message !== null) yield { field: `deeds.${i}.press.${j}`, message };
    }
  }
}

function isControl(touched: string): boolean {
  return CONTROLS.some((control) => control === touched) || /^amount_[1-9][0-9]*$/.test(touched);
}

function* untilProblems(
  when: Fault["when"],
  until: Fault["when"],
  field: string,
): Generator<Wrong> {
  yield* triggerProblems(until, field);
  if (!("at_s" in when && "at_s" in until) || until.at_s >= when.at_s) return;
  yield {
    field: `${field}.at_s`,
    message: `nothing is broken before ${when.at_s}; clear it later`,
  };
}

/** What has no such name never happens, and a fault that waits for it never strikes. */
function* triggerProblems(trigger: Fault["when"], field: string): Generator<Wrong> {
  if ("state" in trigger && !SESSION_NAMES.some((name) => name === trigger.state)) {
    const known = SESSION_NAMES.join(", ");
    const message = `there is no state ${trigger.state}; use one of: ${known}`;
    yield { field: `${field}.state`, message };
  }
  if ("command" in trigger && findCommand(trigger.command) === undefined) {
    const message = `there is no command ${trigger.command}; write one like CashDispenser.Dispense`;
    yield { field: `${field}.command`, message };
  }
}

function* brokenProblems({ id, device }: Broken, field: string): Generator<Wrong> {
  const entry = FAULT_CATALOGUE.find((fault) => fault.id === id);
  if (entry === undefined) {
    const known = FAULT_CATALOGUE.map((fault) => fault.id).join(", ");
    yield { field: `${field}.id`, message: `there is no fault ${id}; use one of: ${known}` };
    return;
  }
  const ofAny = entry.device === EVERY_DEVICE;
  if (ofAny ? BREAKABLE_DEVICES.some((name) => name === device) : device === undefined) return;
  const message = ofAny
    ? `${id} can be any device's: name one of ${BREAKABLE_DEVICES.join(", ")}`
    : `${id} is a fault of ${entry.device} and of nothing else: leave this out`;
  yield { field: `${field}.device`, message };
}

function* standingProblems(
  { people }: Scenario,
  presence: Presence,
  where: string,
): Generator<Wrong> {
  const names = Object.keys(people);
  const field = "is" in presence ? "is" : "of" in presence ? "of" : null;
  const named = "is" in presence ? presence.is : "of" in presence ? presence.of : names[0];
  if (named !== undefined && names.includes(named)) return;
  yield { field: `${where}.${field ?? "person"}`, message: nobodyCalled(named, names) };
}

function* callProblems({ people, at_the_bank = [] }: Scenario): Generator<Wrong> {
  const names = Object.keys(people);
  for (const [i, { withdraw_consent: name }] of at_the_bank.entries()) {
    if (names.includes(name)) continue;
    yield { field: `at_the_bank.${i}.withdraw_consent`, message: nobodyCalled(name, names) };
  }
}

function nobodyCalled(name: string | undefined, names: readonly string[]): string {
  return `nobody called ${name ?? "anything"} is listed under people` +
    (names.length > 0 ? `; use one of: ${names.join(", ")}` : "");
}
