/** Is the face the one of this number? One capture, one reference, never a crowd. */
import { assert } from "../assert.ts";
import { endSession } from "./ending.ts";
import { startLooking } from "./face.ts";
import { type EventOf, type Handlers, ignore, leaveByTouch } from "./handler.ts";
import { askPin } from "./pin.ts";
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
  if (result.verdict === "no_reference" || result.score === null) {
    return endSession(turn, "refused", "no_reference");
  }
  if (result.verdict === "match") {
    const { score, threshold, model } = result;
    return askPin(turn, { ...state.visit, face: { score, threshold, model } }, null);
  }
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
