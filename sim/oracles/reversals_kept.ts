/** A reversal is never forgotten, and what was reversed is never paid. */
import { undoneIn } from "../trace/mod.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

interface Reversal {
  sent: boolean;
  done: boolean;
}

/** `heals`: in the end nothing is broken, so every reversal has to be acknowledged. */
export function reversalsKept(heals: boolean): Oracle {
  const reversals = new Map<string, Reversal>();
  /** STANs of debits that a reversal is about. */
  const reversed = new Set<string>();
  function onJournal(name: unknown, stan: string, detail: unknown): string | null {
    switch (name) {
      case "reversal_queued": {
        reversals.set(stan, { sent: false, done: false });
        reversed.add(undoneIn(detail) ?? "");
        return null;
      }
      case "reversal_acknowledged": {
        const reversal = reversals.get(stan);
        if (reversal === undefined) return `${stan} is acknowledged, and was never queued`;
        reversal.done = true;
        return reversal.sent ? null : `${stan} is acknowledged, and was never sent`;
      }
      case "debit_authorised":
      case "cash_dispensed":
      case "cash_presented":
        return reversed.has(stan) ? `${String(name)} for ${stan}, which was reversed` : null;
      default:
        return null;
    }
  }
  return {
    name: "reversals_kept",
    sentence:
      "Every reversal is sent until it is acknowledged, and what was reversed is never paid",
    reads: ["host", "journal"],
    ends_with: "nothing_broken",
    observe(line: Line) {
      if (line.type === "journal") {
        const { entry } = line;
        return onJournal(at(entry, "line"), String(at(entry, "stan")), at(entry, "detail"));
      }
      if (line.type !== "host" || line.from !== "atm" || line.seen !== "sent") return null;
      const mti = at(line.message, "mti");
      if (mti !== "0420" && mti !== "0421") return null;
      const reversal = reversals.get(String(at(line.message, "fields", "11")));
      if (reversal !== undefined) reversal.sent = true;
      return null;
    },
    finish() {
      const open = [...reversals].filter(([, { done }]) => !done).map(([stan]) => stan);
      return heals && open.length > 0
        ? `nothing is broken any more, and ${open.join(", ")} is not acknowledged`
        : null;
    },
  };
}
