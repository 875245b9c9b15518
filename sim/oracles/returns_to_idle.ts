/** No session is for ever: each step has its time, and in the end the machine waits for the next customer. */
import { POWER_FAULTS, PROGRAM_FAULTS } from "../faults/mod.ts";
import type { Line, LineOf, Oracle } from "./oracle.ts";
import { Troubles } from "./troubles.ts";

/**
 * The longest any step may take: the mechanism's own minute and what a slow customer adds to it. A step
 * in which somebody keeps pressing keys is bounded by the keypad and the number of its keys.
 */
const STEP_LIMIT_US = 150_000_000;

/** Nobody's session: the machine waits for a customer, an operator or power as long as it takes. */
const WAITING: readonly string[] = ["idle", "out_of_service", "maintenance"];

/** Where a machine stands that has no power or no program: whatever it was in is over. */
const STOPPED = "out_of_service";
const STOPPING: readonly string[] = [...POWER_FAULTS, ...PROGRAM_FAULTS].map(({ id }) => id);

/** What an operator is called for when nobody new can be served; anything else leaves it in service. */
const REASONS: readonly unknown[] = ["machine_unfit", "keypad_dead", "seal_broken"];

/** Notes that lie about are a reason until somebody has been there; all others are gone with a trouble. */
const NOTES = "notes are to be cleared by an operator";

/** Why the journal says that nobody new is served; null: it says nothing of the kind. */
function whyIn({ entry }: LineOf<"journal">): "notes" | "trouble" | null {
  if (entry.line === "out_of_service") return entry.detail === NOTES ? "notes" : "trouble";
  const called = entry.line === "operator_called" && REASONS.includes(entry.detail);
  return called ? "trouble" : null;
}

/** `settles`: nothing stays broken, so the machine has to be in service, or the journal why it is not. */
export function returnsToIdle(settles: boolean): Oracle {
  let state = STOPPED;
  let since = 0;
  /** Why nobody is served, as the journal has said since somebody last could be. */
  let why: ReturnType<typeof whyIn> = null;
  const troubles = new Troubles();
  return {
    name: "returns_to_idle",
    sentence: "No step lasts longer than its time, and in the end the machine is in service or " +
      "says why it still is not",
    reads: ["state", "journal", "fault", "xfs"],
    ends_with: "nothing_broken",
    observe(line: Line) {
      if (line.type === "xfs") troubles.onXfs(line);
      if (line.type === "journal") {
        troubles.onJournal(line);
        const said = whyIn(line);
        if (said !== null && why !== "notes") why = said;
      }
      // In the dark no step goes on; power that returns begins another.
      const stops = line.type === "fault" && line.active && STOPPING.includes(line.id);
      if (line.type !== "state" && !stops) return null;
      const waits = WAITING.includes(state);
      const lasted = line.t - since;
      const left = state;
      state = line.type === "state" ? line.to : STOPPED;
      since = line.t;
      if (state === "idle") why = null;
      return !waits && lasted > STEP_LIMIT_US
        ? `${left} lasted ${Math.round(lasted / 1e6)} s`
        : null;
    },
    finish() {
      if (!settles || state === "idle") return null;
      if (state !== STOPPED) return `everybody has gone, and it is ${state}`;
      if (why === null) return "everybody has gone, and nothing says why it is out of service";
      const gone = why === "trouble" && !troubles.any;
      return gone ? "everybody has gone, and what kept it out of service has gone as well" : null;
    },
  };
}
