/**
 * From a plan that fails to a small one that fails the same way: fewer visitors, faults and deeds, then
 * everything left set to what is ordinary.
 *
 * Delta debugging: a candidate is kept if the same oracle is still broken, and the search starts again
 * until nothing smaller fails.
 */
import type { Profile } from "../../devices/mod.ts";
import {
  type CustomerAction,
  type Fault,
  peopleOf,
  type Plan,
  type Scenario,
  type Visit,
} from "../plan/mod.ts";
import { visitsOf } from "../world/mod.ts";

/**
 * What a plan is measured by: its visitors' deeds, what breaks, what happens at the bank, what an operator
 * does.
 */
export function entriesOf({ scenario }: Plan): number {
  const { faults, at_the_bank = [], operator = [] } = scenario;
  const deeds = visitsOf(scenario).reduce((sum, { customer }) => sum + customer.length, 0);
  return deeds + faults.length + at_the_bank.length + operator.length;
}

/** Runs one shrinking may take: a bound, reached by no plan so far. */
const TRIES_MAX = 2_000;

/** `fails`: whether the same oracle is broken. `ordinary`: the machine as its owner has it. */
export async function shrunk(
  plan: Plan,
  ordinary: Profile,
  fails: (plan: Plan) => Promise<boolean>,
): Promise<Plan> {
  let best = plan;
  let tries = 0;
  for (let again = true; again;) {
    again = false;
    for (const candidate of smaller(best, ordinary)) {
      if (tries++ >= TRIES_MAX) return best;
      if (!(await fails(candidate))) continue;
      best = candidate;
      again = true;
      break;
    }
  }
  return best;
}

/** Every plan one step smaller, the biggest steps first. */
function* smaller(plan: Plan, ordinary: Profile): Generator<Plan> {
  const { scenario } = plan;
  const visits = visitsOf(scenario);
  if (visits.length > 1) {
    for (let i = 0; i < visits.length; i++) yield withVisits(plan, without(visits, i));
  }
  yield* fewerFaults(plan);
  const { at_the_bank = [], ...rest } = scenario;
  if (at_the_bank.length > 0) yield { ...plan, scenario: rest };
  yield* fewerActs(plan);
  for (let i = 0; i < visits.length; i++) {
    for (const customer of fewerActions(visits[i]?.customer ?? [])) {
      yield withVisits(plan, visits.map((visit, j) => i === j ? { ...visit, customer } : visit));
    }
  }
  yield* plainer(plan, ordinary);
}

function* fewerFaults(plan: Plan): Generator<Plan> {
  const { faults } = plan.scenario;
  const change = (changed: readonly Fault[]) => withScenario(plan, { faults: [...changed] });
  if (faults.length > 1) yield change([]);
  for (let i = 0; i < faults.length; i++) yield change(without(faults, i));
}

/** Who left the door open would leave a machine that is rightly out of service: no part is wrong in it. */
const LEAVING: readonly string[] = ["close_door", "back_in_service"];

/** No operator, or one who does less, and goes as whoever is drawn does. */
function* fewerActs(plan: Plan): Generator<Plan> {
  const { operator = [], ...rest } = plan.scenario;
  if (operator.length === 0) return;
  yield { ...plan, scenario: rest };
  for (const [i, { does }] of operator.entries()) {
    if (LEAVING.includes(does)) continue;
    yield withScenario(plan, { operator: without(operator, i) });
  }
}

/** Halves, quarters … and single deeds left out; at least one stays. */
function* fewerActions(actions: readonly CustomerAction[]): Generator<CustomerAction[]> {
  for (let size = Math.floor(actions.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size <= actions.length; at += size) {
      const left = [...actions.slice(0, at), ...actions.slice(at + size)];
      if (left.length > 0) yield left;
    }
  }
}

/** Nothing less, but what is unusual made ordinary, one thing at a time. */
function* plainer(plan: Plan, ordinary: Profile): Generator<Plan> {
  const { scenario } = plan;
  if (plan.profile !== ordinary) yield { ...plan, profile: ordinary };
  const { machine_clock_ahead_s: skew, ...agreeing } = scenario;
  if (skew !== undefined) yield { ...plan, scenario: agreeing };
  const { heals_at_s, ...unhealed } = scenario;
  if (heals_at_s !== undefined && scenario.faults.length === 0) {
    yield { ...plan, scenario: unhealed };
  }
  for (let i = 0; i < scenario.faults.length; i++) {
    for (const fault of plainerFaults(scenario.faults[i])) {
      const faults = scenario.faults.map((each, j) => i === j ? fault : each);
      yield withScenario(plan, { faults });
    }
  }
  const called = (scenario.at_the_bank ?? []).map(({ withdraw_consent }) => withdraw_consent);
  const used = new Set(
    visitsOf(scenario).flatMap(({ at_the_machine: who }) =>
      "is" in who
        ? [who.is]
        : "of" in who
        ? [who.of]
        : peopleOf(scenario).slice(0, 1).map(([name]) => name)
    ).concat(called),
  );
  const people = Object.fromEntries(
    peopleOf(scenario).filter(([name]) => used.has(name)),
  );
  if (Object.keys(people).length < Object.keys(scenario.people).length) {
    yield withScenario(plan, { people });
  }
  for (const [name, person] of peopleOf(scenario)) {
    if (person.balance_yuan === 8_600) continue;
    const richer = { ...scenario.people, [name]: { ...person, balance_yuan: 8_600 } };
    yield withScenario(plan, { people: richer });
  }
}

function* plainerFaults(fault: Fault | undefined): Generator<Fault> {
  if (fault === undefined) return;
  const { for_s, ...lasting } = fault;
  if (for_s !== undefined) yield lasting;
  const { when } = fault;
  if ("nth" in when && when.nth > 1) yield { ...fault, when: { ...when, nth: when.nth - 1 } };
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, i) => i !== at);
}

function withScenario(plan: Plan, change: Partial<Scenario>): Plan {
  return { ...plan, scenario: { ...plan.scenario, ...change } };
}

function withVisits(plan: Plan, visits: readonly Visit[]): Plan {
  const [first, ...rest] = visits;
  if (first === undefined) return plan;
  const { visits: _, ...scenario } = plan.scenario;
  const { at_the_machine, customer } = first;
  const then = rest.length === 0 ? {} : { visits: rest };
  return { ...plan, scenario: { ...scenario, at_the_machine, customer, ...then } };
}
