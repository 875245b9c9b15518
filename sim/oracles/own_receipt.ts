/** Nobody is handed somebody else's receipt: the paper that comes out is that of the session under way. */
import { at, type Line, type LineOf, type Oracle } from "./oracle.ts";

/** What stands on a paper, each receipt a picture: one, or several on one strip. */
function pictures(paper: unknown): unknown[] {
  const parts: unknown[] = Array.isArray(paper) ? paper : [paper];
  return parts.map((part) => at(part, "png")).filter((png) => png !== undefined);
}

export function ownReceipt(): Oracle {
  /** What was sent to be printed since the last session began. */
  const printed = new Set<unknown>();
  let slot: unknown = null;
  const others = (paper: unknown) => pictures(paper).some((png) => !printed.has(png));
  function onPrinter({ state }: LineOf<"device">): string | null {
    const [before, now] = [slot, at(state, "slot") ?? null];
    slot = now;
    if (now === null || now === before) return null;
    // The same paper as an earlier line told it, read from a file.
    if (pictures(now).join() === pictures(before).join()) return null;
    if (others(now)) return "a receipt came out with somebody else's on it";
    return others(before) ? "a receipt pushed somebody else's out" : null;
  }
  return {
    name: "own_receipt",
    sentence: "Nobody is handed somebody else's receipt: what comes out of the printer is of the " +
      "session under way, and nothing else",
    reads: ["journal", "xfs", "device"],
    observe(line: Line) {
      if (line.type === "journal" && line.entry.line === "session_started") printed.clear();
      if (line.type === "xfs" && line.device === "printer" && line.from === "core") {
        printed.add(at(line.message, "payload", "data"));
      }
      const inside = line.type === "device" && line.device === "printer";
      return inside ? onPrinter(line) : null;
    },
    finish: () => null,
  };
}
