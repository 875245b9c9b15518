/** A picture or a screen held before the camera is never served. */
import { at, type Line, type Oracle } from "./oracle.ts";
import { servedIn } from "./served.ts";

/** `attacks`: for each visitor in order, whether they hold up something instead of a face. */
export function attackNotServed(attacks: readonly boolean[]): Oracle {
  let visitor = -1;
  /** Who stood there when the session under way began. */
  let began_by = -1;
  return {
    name: "attack_not_served",
    sentence: "A session begun with a presentation attack never moves a note or shows a balance",
    reads: ["customer", "journal", "outcome", "screen", "xfs"],
    observe(line: Line) {
      if (line.type === "customer" && line.does === "arrives") visitor++;
      if (line.type === "journal" && at(line.entry, "line") === "session_started") {
        began_by = visitor;
      }
      if (attacks[began_by] !== true) return null;
      if (line.type === "outcome" && line.outcome === "served") return "the attack was served";
      const served = servedIn(line);
      return served === null ? null : `${served} to a presentation attack`;
    },
    finish: () => null,
  };
}
