/** Is the face the one of this number? One capture, one reference, never a crowd. */
import { assert } from "../assert.ts";
import { advise, dropTemplate } from "./advice.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
import { startLooking } from "./face.ts";
import { type EventOf, type Handlers, ignore, leaveByTouch } from "./handler.ts";
import { askPin } from "./pin.ts";
import { askService } from "./service.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

/** The name under which the reference of an account is kept on this machine. */
export function referenceName(kind: "template" | "id_photo", account: string): string {
  return `${kind}:${account}`;
}

export function verifyReference(turn: Turn, visit: Visit): void {
  const { capture, account, reference } = visit;
  assert(capture !== null, "a comparison has a live capture");
  assert(account !== null && reference !== null, "a comparison has one account");
  turn.go({ name: "verifying", visit, capture });
  turn.timer("idle", null);
  turn.show({ page: "please_wait", about: "face" }, ["cancel", "other_way"]);
  turn.face({ op: "verify", capture, reference: referenceName(reference, account) });
}

function onVerified(turn: Turn, state: StateOf<"verifying">, event: EventOf<"face">): void {
  const { result } = event;
  if (result.op !== "verify" || result.capture !== state.capture) return;
  turn.journal({ line: "face_verified", detail: result.verdict });
  const { account, reference } = state.visit;
  assert(account !== null, "a comparison has one account");
  if (result.verdict === "no_reference" || result.score === null) {
    // A bank that goes on asking for what is gone would close the way with the face for good.
    if (reference === "template") dropTemplate(turn, account);
    return answer(turn, "reference_lost");
  }
  const { score, threshold, model } = result;
  const face = { score, threshold, model };
  if (result.verdict === "match") {
    const visit = { ...state.visit, face };
    if (turn.config.flow.pin === "after_amount") return askService(turn, visit);
    return askPin(turn, visit, null, null);
  }
  if (turn.config.tell_face_refusals) advise(turn, account, { what: "face_refused", face });
  const face_tries = state.visit.face_tries + 1;
  if (face_tries >= turn.config.face_tries_max) {
    return endSession(turn, "refused", "face_not_matched");
  }
  turn.face({ op: "forget", capture: state.capture });
  startLooking(turn, { ...state.visit, face_tries }, "no_match");
}

export const verifying: Handlers<"verifying"> = {
  started: ignore,
  touch: leaveByTouch,
  device: ignore,
  host: ignore,
  face: onVerified,
  timer: ignore,
};
