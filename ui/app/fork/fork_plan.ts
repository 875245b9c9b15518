/**
 * The one thing that is changed where a run is forked, and the plan that comes of it.
 *
 * @module
 */
import { type DeedNow, type Plan, planSchema, withDeed } from "../../../sim/plan/mod.ts";
import type { Trace } from "../../../sim/trace/mod.ts";

/** What can be changed, in the order it is offered. */
export const CHANGES = ["person", "slip", "fault", "forget", "by_hand"] as const;
export type ChangeName = (typeof CHANGES)[number];

/** The plan of a run: its trace starts from it. */
export function planOfTrace(trace: Trace): Plan {
  return planSchema.parse(trace.header.pinned.plan);
}

/** The same plan until `at_us`, where these deeds are done; what was expected holds no more. */
export function forkedPlan(plan: Plan, at_us: number, deeds: readonly DeedNow[]): Plan {
  const { deeds: before = [], ...rest } = plan.scenario;
  let scenario: Plan["scenario"] = { ...rest, deeds: before, expect: [] };
  for (const deed of deeds) scenario = withDeed(scenario, { at_us, ...deed });
  return { ...plan, scenario };
}

/** The plan up to `at_us`, where somebody's hands take over: what was done by hand after is left out. */
export function takenOver(plan: Plan, at_us: number): Plan {
  const deeds = plan.scenario.deeds?.filter((deed) => deed.at_us <= at_us) ?? [];
  return forkedPlan({ ...plan, scenario: { ...plan.scenario, deeds } }, at_us, [{ by_hand: true }]);
}
