/**
 * An operator at the machine: the switch behind the door says so, and nobody is served until it says
 * otherwise.
 *
 *   operatorSwitch ≠ run ─► StartExchange ─► (an operator's hands) ─► operatorSwitch = run
 *                                                                         │
 *                 welcome, or out of service ◄─ Reset ◄─ EndExchange ◄────┘
 *
 * A customer who is being served is served to the end first. The machine is in service again only when
 * the dispenser has moved every note that lay about into a bin. A printer that was stuck is tried again.
 *
 * @module
 */
import { welcome } from "./ending.ts";
import { keypadWell, statusIn } from "./fitness.ts";
import { completionOf, type EventOf, type Handlers, ignore } from "./handler.ts";
import { putPaperAway } from "./paper.ts";
import type { StateOf } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A mechanism that has been opened looks for notes first. */
const MAINTENANCE_TIMEOUT_MS = 120_000;

/** Notes how the operator's switch stands; `false` when the event is something else. */
export function onOperatorSwitch(turn: Turn, { device, message }: EventOf<"device">): boolean {
  if (device !== "auxiliaries") return false;
  const position = statusIn(message)?.auxiliaries?.operatorSwitch;
  if (position === undefined) return false;
  const operator = position !== "run";
  turn.machine = { ...turn.machine, operator };
  const { session } = turn.machine;
  const waits = session.name === "idle" ||
    (session.name === "out_of_service" && session.interrupted === null);
  if (operator && waits) startMaintenance(turn);
  if (!operator && session.name === "maintenance" && session.step === "open") endExchange(turn);
  return true;
}

export function startMaintenance(turn: Turn): void {
  turn.journal({ line: "maintenance_started" });
  turn.show({ page: "out_of_service" }, []);
  const request = turn.device("cashdispenser", "Storage.StartExchange", {}, MAINTENANCE_TIMEOUT_MS);
  turn.go({ name: "maintenance", request, step: "starting" });
}

function endExchange(turn: Turn): void {
  const request = turn.device("cashdispenser", "Storage.EndExchange", {}, MAINTENANCE_TIMEOUT_MS);
  turn.go({ name: "maintenance", request, step: "ending" });
}

function onDevice(turn: Turn, state: StateOf<"maintenance">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  switch (state.step) {
    case "starting":
      // Where the exchange is refused the operator has come all the same.
      turn.go({ ...state, step: "open" });
      if (!turn.machine.operator) endExchange(turn);
      return;
    case "open":
      return;
    case "ending": {
      const request = turn.device(
        "cashdispenser",
        "CashManagement.Reset",
        {},
        MAINTENANCE_TIMEOUT_MS,
      );
      return turn.go({ name: "maintenance", request, step: "clearing" });
    }
    case "clearing": {
      const { completionCode } = completion.header;
      const blocked = completionCode !== "success";
      turn.journal({ line: "maintenance_ended", detail: completionCode });
      turn.machine = { ...turn.machine, blocked };
      // A keypad that failed once tells no change: whoever looked after the machine has looked after it.
      if (!blocked) keypadWell(turn);
      putPaperAway(turn);
      return welcome(turn);
    }
  }
}

export const maintenance: Handlers<"maintenance"> = {
  started: ignore,
  touch: ignore,
  device: onDevice,
  host: ignore,
  face: ignore,
  timer: ignore,
};
