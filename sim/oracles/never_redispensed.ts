/** Notes that came back are never given to anybody again: they wait for people to count them. */
import { at, type Line, type Oracle } from "./oracle.ts";

const BINS = ["reject", "retract"] as const;

function total(notes: unknown): number {
  if (typeof notes !== "object" || notes === null) return 0;
  return Object.values(notes).reduce<number>((sum, count) => sum + Number(count), 0);
}

export function neverRedispensed(): Oracle {
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
      const notes = at(line.state, "notes");
      let in_cassettes = 0;
      for (const [place, content] of Object.entries(notes ?? {})) {
        if (place.startsWith("unit")) in_cassettes += total(content);
      }
      if (in_cassettes > stock) return `${in_cassettes - stock} notes went back into a cassette`;
      stock = in_cassettes;
      for (const bin of BINS) {
        const now = total(at(notes, bin));
        if (now < most[bin]) return `${most[bin] - now} notes left the ${bin} bin`;
        most[bin] = now;
      }
      return null;
    },
    finish: () => null,
  };
}
