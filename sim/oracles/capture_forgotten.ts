/** A face is not kept longer than the session it was shown in. */
import { POWER_FAULTS, PROGRAM_FAULTS } from "../faults/mod.ts";
import type { Line, LineOf, Oracle } from "./oracle.ts";

/** What is only in memory goes with the power, and with the program. */
const LOST_WITH: readonly string[] = [...POWER_FAULTS, ...PROGRAM_FAULTS].map(({ id }) => id);

export function captureForgotten(): Oracle {
  const kept = new Set<unknown>();
  let open = false;
  function onRequest({ request }: LineOf<"face">): void {
    if (request.op === "assess") kept.add(request.capture);
    if (request.op === "forget") kept.delete(request.capture);
  }
  function check(): string | null {
    const [capture] = kept;
    return open || capture === undefined ? null : `${capture} was kept after its session`;
  }
  return {
    name: "capture_forgotten",
    sentence: "A face that was looked at is forgotten when its session is over",
    reads: ["face", "fault", "journal", "outcome"],
    observe(line: Line) {
      switch (line.type) {
        case "face":
          onRequest(line);
          return null;
        case "fault":
          if (line.active && LOST_WITH.includes(line.id)) kept.clear();
          return null;
        case "outcome":
          open = false;
          return null;
        case "journal": {
          if (line.entry.line !== "session_started") return null;
          const found = check();
          open = true;
          return found;
        }
        default:
          return null;
      }
    },
    finish: check,
  };
}
