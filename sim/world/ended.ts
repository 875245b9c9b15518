/** What a run leaves behind. */
import type { Machine } from "../../core/session/mod.ts";
import type { Fault, Plan } from "../plan/mod.ts";
import type { MissedTouch } from "./hands.ts";
import type { HostSide } from "./host_side.ts";

export interface Ended {
  readonly machine: Machine;
  readonly host: HostSide;
  /** What the plan foresaw for certain and did not come to be, in sentences. */
  readonly missed: readonly string[];
}

/**
 * The sentences about faults of the plan that never struck, touches at buttons that were not there, calls to
 * the bank that were never made, and visitors who never came.
 */
export function missedOf(
  { scenario: { customer, deeds = [], faults, visits = [] } }: Plan,
  never_struck: readonly Fault[],
  never_touched: readonly MissedTouch[],
  never_came: number,
  never_called: readonly number[],
): readonly string[] {
  const struck = [
    ...never_struck.map((fault) => `faults.${faults.indexOf(fault)}: ${fault.id} never struck`),
    ...never_touched.filter(({ deed }) => deeds.includes(deed)).map(({ deed, controls }) => {
      const there = controls.length === 0 ? "no button" : controls.join(", ");
      return `deeds.${
        deeds.indexOf(deed)
      }: ${deed.touch} was not on the screen, which had ${there}`;
    }),
    ...never_called.map((i) =>
      `at_the_bank.${i}: consent was never withdrawn: the run was over before`
    ),
  ];
  // Without a script nobody was to come.
  if (customer.length === 0 || never_came === 0) return struck;
  const people = visits.length + 1;
  return [...struck, `${never_came} of ${people} visitors never came: the run was over before`];
}
