/** The machine waits for somebody; consent comes before the camera, always by a touch. */
import { startLooking } from "./face.ts";
import { askStatus } from "./fitness.ts";
import { endSession, welcome } from "./ending.ts";
import { type EventOf, type Handlers, ignore, leaveByTouch, leaveWhenIdle } from "./handler.ts";
import { askNumber } from "./number.ts";
import { putPaperAway } from "./paper.ts";
import { startRecovery } from "./recovery.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";
import { verifyReference } from "./verify.ts";

function newVisit(turn: Turn): Visit {
  return {
    started: turn.event.at,
    consented: false,
    capture: null,
    looks: 0,
    face_tries: 0,
    number_tries: 0,
    number: null,
    account: null,
    reference: null,
    face: null,
    pin_accepted: false,
    balance: null,
  };
}

/** Asks whether a face template may be kept; `then` says where an agreement leads. */
export function askConsent(turn: Turn, visit: Visit, then: "look" | "verify"): void {
  turn.go({ name: "consent", visit, then });
  turn.show({ page: "consent" }, ["agree", "decline", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

function onWelcomeTouch(turn: Turn, _state: unknown, event: EventOf<"touch">): void {
  const { control } = event;
  if (control !== "face" && control !== "first_use" && control !== "other_way") return;
  turn.journal({ line: "session_started", detail: turn.machine.language });
  // What the one before left in the printer is not this one's.
  putPaperAway(turn);
  const visit = newVisit(turn);
  // The face key says what it does (a picture is taken and compared); touching it is the consent to
  // that. Keeping a template needs the page of its own.
  if (control === "face") begin(turn, visit);
  else if (control === "first_use") askConsent(turn, visit, "look");
  else endSession(turn, "cancelled", "other_way");
}

function onConsentTouch(turn: Turn, state: StateOf<"consent">, event: EventOf<"touch">): void {
  if (event.control === "decline") return endSession(turn, "cancelled", "consent_declined");
  if (event.control !== "agree") return leaveByTouch(turn, state, event);
  turn.journal({ line: "consent_given" });
  const visit = { ...state.visit, consented: true };
  if (state.then === "verify") verifyReference(turn, visit);
  else if (visit.account === null) begin(turn, visit);
  else startLooking(turn, visit, null);
}

/** The first step, in the order this machine has them. */
function begin(turn: Turn, visit: Visit): void {
  if (turn.config.flow.first === "number") askNumber(turn, visit, null);
  else startLooking(turn, visit, null);
}

function onStarted(turn: Turn, { interrupted }: StateOf<"out_of_service">): void {
  if (interrupted === null) {
    welcome(turn);
    askStatus(turn);
  } else startRecovery(turn, interrupted);
  putPaperAway(turn);
}

export const outOfService: Handlers<"out_of_service"> = {
  started: onStarted,
  touch: ignore,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: ignore,
};

export const idle: Handlers<"idle"> = {
  started: ignore,
  touch: onWelcomeTouch,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: ignore,
};

export const consent: Handlers<"consent"> = {
  started: ignore,
  touch: onConsentTouch,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};
