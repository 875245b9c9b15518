/** Which one person is it? The phone or identity number, and the host's answer to it. */
import { isIdNumber, isPhoneNumber, maskNumber } from "../money/mod.ts";
import { customerDataOf } from "../pin/mod.ts";
import { payloadOf } from "../xfs4iot/mod.ts";
import { deleteUnknown } from "./advice.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
import { startLooking } from "./face.ts";
import {
  answerTo,
  completionOf,
  type EventOf,
  type Handlers,
  ignore,
  keyPressedIn,
  leaveByTouch,
  leaveWhenIdle,
} from "./handler.ts";
import { characterOfKey, countAfter, TEXT_KEYS } from "./keys.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";
import { verifyReference } from "./verify.ts";
import { askConsent } from "./welcome.ts";

/** Longest number: the identity number's 18 characters. */
const NUMBER_LENGTH_MAX = 18;

/** What a PIN pad can bind a PIN to: PinPad.GetPinBlock takes no `customerData` of one digit. */
const CUSTOMER_DATA_LENGTH_MIN = 2;

export function askNumber(turn: Turn, visit: Visit, problem: "malformed" | "unknown" | null): void {
  const request = turn.device("pinpad", "Keyboard.DataEntry", {
    maxLen: NUMBER_LENGTH_MAX,
    autoEnd: false,
    activeKeys: TEXT_KEYS,
  });
  turn.go({ name: "entering_number", visit, request, typed: 0 });
  turn.show({ page: "enter_number", shown: "", problem }, ["cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

function onNumberKey(
  turn: Turn,
  state: StateOf<"entering_number">,
  event: EventOf<"device">,
): void {
  const completion = completionOf(event, state.request);
  if (completion !== null) return onNumber(turn, state, completion);
  const pressed = keyPressedIn(event, state.request);
  if (pressed === null) return;
  const typed = countAfter(state.typed, pressed.key, NUMBER_LENGTH_MAX);
  turn.go({ ...state, typed });
  turn.show({ page: "enter_number", shown: "•".repeat(typed), problem: null }, [
    "cancel",
    "other_way",
  ]);
  turn.timer("idle", turn.config.idle);
}

type Completion = NonNullable<ReturnType<typeof completionOf>>;

function onNumber(turn: Turn, state: StateOf<"entering_number">, completion: Completion): void {
  if (completion.header.completionCode !== "success") {
    return answer(turn, "keypad_dead");
  }
  const entry = payloadOf(completion, "Keyboard.DataEntry", "completion");
  if (entry.completion === "cancel") return endSession(turn, "cancelled", "customer_cancelled");
  const number = (entry.pinKeys ?? []).map((key) => characterOfKey(key.digit)).join("");
  const visit = { ...state.visit, number_tries: state.visit.number_tries + 1 };
  if (!isPhoneNumber(number) && !isIdNumber(number)) {
    if (visit.number_tries >= turn.config.number_tries_max) {
      return endSession(turn, "refused", "number_malformed");
    }
    return askNumber(turn, visit, "malformed");
  }
  turn.journal({ line: "number_entered", customer: maskNumber(number) });
  lookUp(turn, { ...visit, number }, number);
}

function lookUp(turn: Turn, visit: Visit, number: string): void {
  const stan = turn.nextStan();
  turn.timer("idle", null);
  turn.go({ name: "looking_up", visit, stan });
  turn.show({ page: "please_wait", about: "bank" }, ["cancel", "other_way"]);
  turn.host("0100", stan, { 3: "330000", 48: { number } });
  turn.timer("host", turn.config.host_timeout);
}

function onFound(turn: Turn, state: StateOf<"looking_up">, event: EventOf<"host">): void {
  const fields = answerTo(turn, event, "0110", { 3: "330000", 11: state.stan });
  if (fields === null) return;
  turn.timer("host", null);
  switch (fields[39]) {
    case "00":
      return onCustomer(turn, state.visit, fields[2], fields[48]?.reference);
    case "14":
      if (state.visit.number_tries >= turn.config.number_tries_max) {
        return endSession(turn, "refused", "number_unknown");
      }
      return askNumber(turn, state.visit, "unknown");
    case "62":
      return endSession(turn, "refused", "customer_locked");
    default:
      return answer(turn, "bank_declines");
  }
}

function onCustomer(
  turn: Turn,
  visit: Visit,
  account: string | undefined,
  reference: "template" | "id_photo" | "none" | undefined,
): void {
  if (account === undefined) return answer(turn, "bank_declines");
  const told = customerDataOf(turn.config.pin_format, account);
  if (told.length < CUSTOMER_DATA_LENGTH_MIN) return answer(turn, "bank_declines");
  if (reference === "template") return verifyOrLook(turn, { ...visit, account, reference });
  // Where the bank knows of no template, none may lie here: consent may have been withdrawn elsewhere.
  deleteUnknown(turn, account);
  // Without a template the identity photo serves, if the bank's policy lets it, and the first use
  // keeps a template: that needs its own consent.
  if (reference !== "id_photo" || turn.config.first_use !== "id_photo_reference") {
    return endSession(turn, "refused", "no_reference");
  }
  const known = { ...visit, account, reference };
  if (visit.consented) verifyOrLook(turn, known);
  else askConsent(turn, known, known.capture === null ? "look" : "verify");
}

/** The face is compared at once where it was shown before the number. */
function verifyOrLook(turn: Turn, visit: Visit): void {
  if (visit.capture === null) startLooking(turn, visit, null);
  else verifyReference(turn, visit);
}

/** The host did not answer an inquiry: nothing was debited. */
export function onHostSilence(turn: Turn, _state: unknown, event: EventOf<"timer">): void {
  if (event.timer === "host") answer(turn, "bank_silent");
}

export const enteringNumber: Handlers<"entering_number"> = {
  started: ignore,
  touch: leaveByTouch,
  device: onNumberKey,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const lookingUp: Handlers<"looking_up"> = {
  started: ignore,
  touch: leaveByTouch,
  device: ignore,
  host: onFound,
  face: ignore,
  timer: onHostSilence,
};
