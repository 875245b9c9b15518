/** A picture or a screen held before the camera is never served. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";
import { servedIn } from "./served.ts";

/** `attacks`: for each visitor in order, whether they hold up something instead of a face. */
export function attackNotServed(attacks: readonly boolean[]): Oracle {
  let visitor = -1;
  /** Whether something is held up now; and whether it was when the session under way began. */
  let held = false;
  let attacked = false;
  function onCustomer({ does, detail }: LineOf<"customer">): void {
    if (does === "arrives") held = attacks[++visitor] === true;
    // Whoever stands there by a deed says so themselves.
    if (does === "stands") held = detail?.attack !== undefined && detail.attack !== "none";
  }
  return {
    name: "attack_not_served",
    sentence: "A session begun with a presentation attack never moves a note or shows a balance",
    reads: ["customer", "journal", "outcome", "screen", "xfs"],
    observe(line: Line) {
      if (line.type === "customer") onCustomer(line);
      if (line.type === "journal" && at(line.entry, "line") === "session_started") attacked = held;
      if (!attacked) return null;
      if (line.type === "outcome" && line.outcome === "served") return "the attack was served";
      const served = servedIn(line);
      return served === null ? null : `${served} to a presentation attack`;
    },
    finish: () => null,
  };
}
