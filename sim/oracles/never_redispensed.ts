/** Notes that came back are never given to anybody again: they wait for people to count them. */
import type { Heaps } from "./heaps.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

const BINS = ["reject", "retract"] as const;

export function neverRedispensed(heaps: Heaps): Oracle {
  const most = { reject: 0, retract: 0 };
  let stock = Infinity;
  return {
    name: "never_redispensed",
    sentence:
      "No note leaves the reject or retract bin, and none goes back into a cassette, but by " +
      "an operator's hand",
    reads: ["device"],
    observe(line: Line) {
      if (line.type !== "device" || line.device !== "cashdispenser") return null;
      // In an exchange an operator's hand brings cassettes and empties the bins.
      if (at(line.state, "exchange") === "active") {
        most.reject = most.retract = 0;
        stock = Infinity;
      }
      const told = heaps.in(line) ?? [];
      let in_cassettes = 0;
      for (const { place, notes } of told) if (place.startsWith("unit")) in_cassettes += notes;
      if (in_cassettes > stock) return `${in_cassettes - stock} notes went back into a cassette`;
      stock = in_cassettes;
      for (const bin of BINS) {
        const now = told.find(({ place }) => place === bin)?.notes ?? 0;
        if (now < most[bin]) return `${most[bin] - now} notes left the ${bin} bin`;
        most[bin] = now;
      }
      return null;
    },
    finish: () => null,
  };
}
