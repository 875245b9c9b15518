/** Who is locked stays locked, whatever they try next and whoever comes with their number. */
import { at, type Line, type Oracle } from "./oracle.ts";

export function lockedStaysLocked(): Oracle {
  const locked = new Set<unknown>();
  return {
    name: "locked_stays_locked",
    sentence: "After the bank has locked a customer, nothing is approved for them",
    reads: ["host"],
    observe(line: Line) {
      if (line.type !== "host" || line.from !== "bank" || line.seen !== "sent") return null;
      const fields = at(line.message, "fields");
      const mti = at(line.message, "mti");
      if (mti !== "0110" && mti !== "0210") return null;
      const account = at(fields, "2");
      if (at(fields, "39") === "75") locked.add(account);
      return at(fields, "39") === "00" && locked.has(account)
        ? "a locked customer was approved"
        : null;
    },
    finish: () => null,
  };
}
