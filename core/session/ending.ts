/**
 * The end of every session, good or bad: one outcome, one reason, the probe forgotten, the PIN erased.
 */
import type { Fen } from "../units.ts";
import type { Outcome } from "./effect.ts";
import type { EventOf, Handlers } from "./handler.ts";
import { startMaintenance } from "./maintenance.ts";
import type { Control, MoneyPromise, Reason } from "./screen.ts";
import type { Session, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

function visitOf(session: Session): Visit | null {
  return "visit" in session ? session.visit : null;
}

/** Ends the session: says so to the customer, the journal and the trace, and tidies up. */
export function endSession(
  turn: Turn,
  outcome: Outcome,
  reason: Reason,
  money: MoneyPromise | null = null,
  amount: Fen | null = null,
): void {
  const { session } = turn.machine;
  const visit = visitOf(session);
  if (
    session.name === "entering_number" || session.name === "entering_pin" ||
    session.name === "entering_amount"
  ) {
    turn.device("pinpad", "Common.Cancel", { requestIds: [session.request] });
  }
  if (visit?.account) turn.device("pinpad", "PinPad.Reset", {});
  const capture = session.name === "assessing" || session.name === "capturing"
    ? session.capture
    : visit?.capture;
  if (capture) turn.face({ op: "forget", capture });
  for (const timer of ["idle", "look", "host", "hurry", "retract"] as const) {
    turn.timer(timer, null);
  }
  turn.journal({ line: "session_ended", detail: `${outcome}: ${reason}` });
  turn.effects.push({ type: "ended", outcome, reason });
  turn.go({ name: "ending", outcome, reason });
  if (reason === "consent_withdrawn") turn.show({ page: "face_deleted" }, []);
  else if (outcome === "served") turn.show({ page: "goodbye", amount }, []);
  else turn.show({ page: "sorry", reason, money }, []);
  turn.timer("goodbye", turn.config.goodbye);
}

/**
 * Back to the welcome page, ready for the next customer; or for the operator, where one is needed, or
 * out of service, where the machine is not fit.
 */
export function welcome(turn: Turn): void {
  if (turn.machine.operator) return startMaintenance(turn);
  const { blocked, troubles, session } = turn.machine;
  if (blocked || turn.unfit) {
    if (blocked) {
      turn.journal({ line: "out_of_service", detail: "notes are to be cleared by an operator" });
    } else if (session.name !== "out_of_service") {
      turn.journal({ line: "out_of_service", detail: troubles.join(", ") });
    }
    turn.go({ name: "out_of_service", interrupted: null });
    return turn.show({ page: "out_of_service" }, []);
  }
  turn.go({ name: "idle" });
  const faces: Control[] = turn.machine.troubles.includes("camera") ? [] : ["face", "first_use"];
  turn.show({ page: "welcome" }, [
    "language_bo",
    "language_zh",
    "language_en",
    ...faces,
    "other_way",
  ]);
}

function afterGoodbye(turn: Turn, _state: unknown, event: EventOf<"timer">): void {
  if (event.timer === "goodbye") welcome(turn);
}

function nothing(): void {}

export const ending: Handlers<"ending"> = {
  started: nothing,
  touch: nothing,
  device: nothing,
  host: nothing,
  face: nothing,
  timer: afterGoodbye,
};
