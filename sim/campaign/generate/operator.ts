/** An operator's visit: what they come for, in the order of the house, with a step left out now and then. */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import type { Profile } from "../../../devices/mod.ts";
import type { Scenario } from "../../plan/mod.ts";

type Acts = NonNullable<Scenario["operator"]>;

/** What can be done at an open safe. */
const INSIDE = ["clear_jam", "swap_cassette", "empty_bins", "count"] as const;

/** Each of the steps inside is left out with this chance. */
const LEFT_OUT = 0.3;

/**
 * Comes at any time, whoever stands there, and never leaves the door open: a machine that was left so is
 * out of service for a reason that nobody has to look for.
 */
export function drawOperator(stream: RandomStream, { cassettes }: Profile): Acts {
  let at_s = stream.integer(2, 160);
  const later = () => (at_s += stream.integer(1, 12));
  const swap = () => {
    const { unit, capacity } = stream.pick(cassettes);
    return { unit, notes: stream.integer(0, Math.min(capacity, 2_000)) };
  };
  return [
    { at_s, does: "open_door" },
    ...INSIDE.filter(() => stream.uniform() >= LEFT_OUT).map((does) => ({
      at_s: later(),
      does,
      ...(does === "swap_cassette" ? swap() : {}),
    })),
    { at_s: later(), does: "close_door" },
    { at_s: later(), does: "back_in_service" },
  ];
}
