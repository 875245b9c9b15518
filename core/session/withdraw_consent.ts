/**
 * Consent can be taken back where it was given, at any time: the template is deleted here and now, its
 * key with it, and the bank is told. The journal keeps that it happened; nothing keeps the face.
 */
import { assert } from "../assert.ts";
import { dropTemplate } from "./advice.ts";
import { endSession } from "./ending.ts";
import { type EventOf, type Handlers, ignore, leaveByTouch, leaveWhenIdle } from "./handler.ts";
import { askService } from "./service.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Asks once more: whoever withdraws uses a card, or consents anew, from then on. */
export function askWithdrawal(turn: Turn, visit: Visit): void {
  turn.go({ name: "withdrawing_consent", visit });
  turn.show({ page: "withdraw_consent" }, ["agree", "decline", "cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

function onTouch(
  turn: Turn,
  { visit }: StateOf<"withdrawing_consent">,
  event: EventOf<"touch">,
): void {
  if (event.control === "decline") return askService(turn, visit);
  if (event.control !== "agree") return leaveByTouch(turn, visit, event);
  const { account } = visit;
  assert(account !== null, "consent is one customer's");
  turn.journal({ line: "consent_withdrawn" });
  dropTemplate(turn, account);
  endSession(turn, "served", "consent_withdrawn");
}

export const withdrawingConsent: Handlers<"withdrawing_consent"> = {
  started: ignore,
  touch: onTouch,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};
