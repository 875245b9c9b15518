/** The PIN: typed into the pad, sealed by the pad, judged by the host. The core never sees a digit. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { assert } from "../assert.ts";
import type { FaceResult } from "../face/result.ts";
import type { Fields } from "../iso8583/mod.ts";
import { customerDataOf, pinBlockBytesOf } from "../pin/mod.ts";
import type { Fen } from "../units.ts";
import { fromBase64, payloadOf } from "../xfs4iot/mod.ts";
import { advise } from "./advice.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
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
import { countAfter, NUMBER_KEYS } from "./keys.ts";
import { withdraw } from "./nonce.ts";
import { onHostSilence } from "./number.ts";
import { askService, showBalance } from "./service.ts";
import type { StateOf, Visit } from "./state.ts";
import type { TriesLeft } from "./screen.ts";
import type { Turn } from "./turn.ts";
import { referenceName } from "./verify.ts";

/** Chinese cards have six digits. */
const PIN_LENGTH = 6;

/** Sealing is the pad's own computation: one that takes longer than this is broken. */
const SEAL_TIMEOUT_MS = 5_000;

/** Asks for the PIN: for a check (`amount` null), or for the withdrawal of this amount. */
export function askPin(
  turn: Turn,
  visit: Visit,
  tries_left: TriesLeft,
  amount: Fen | null,
): void {
  // One PIN serves the check and the withdrawal; it is erased with PinPad.Reset when the session ends.
  turn.device("pinpad", "PinPad.MaintainPin", { maintainPIN: true });
  const request = turn.device("pinpad", "Keyboard.PinEntry", {
    minLen: PIN_LENGTH,
    maxLen: PIN_LENGTH,
    autoEnd: false,
    activeKeys: NUMBER_KEYS,
  });
  turn.go({ name: "entering_pin", visit, request, typed: 0, tries_left, amount });
  turn.show({ page: "enter_pin", entered: 0, tries_left }, ["cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

/** After a wrong PIN; how many tries are left is said where the host says it. */
export function askPinAgain(
  turn: Turn,
  visit: Visit,
  stan: string,
  { 48: additional }: Fields,
  amount: Fen | null,
): void {
  const tries = additional?.pin_tries_left ?? "untold";
  const detail = tries === "untold" ? "tries left not told" : `${tries} tries left`;
  turn.journal({ line: "pin_refused", stan, detail });
  askPin(turn, visit, tries, amount);
}

function onPinKey(turn: Turn, state: StateOf<"entering_pin">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion !== null) return onPin(turn, state, completion);
  const pressed = keyPressedIn(event, state.request);
  if (pressed === null) return;
  const typed = countAfter(state.typed, pressed.key, PIN_LENGTH);
  turn.go({ ...state, typed });
  turn.show({ page: "enter_pin", entered: typed, tries_left: state.tries_left }, [
    "cancel",
    "other_way",
  ]);
  turn.timer("idle", turn.config.idle);
}

type Completion = NonNullable<ReturnType<typeof completionOf>>;

function onPin(turn: Turn, state: StateOf<"entering_pin">, completion: Completion): void {
  const { completionCode } = completion.header;
  const entry = payloadOf(completion, "Keyboard.PinEntry", "completion");
  if (completionCode === "commandErrorCode" && entry.errorCode === "minimumLength") {
    return askPin(turn, state.visit, state.tries_left, state.amount);
  }
  if (completionCode === "timeOut" || entry.errorCode === "entryTimeout") {
    return endSession(turn, "timed_out", "customer_timed_out");
  }
  if (completionCode !== "success") return answer(turn, "keypad_dead");
  if (entry.completion === "cancel") return endSession(turn, "cancelled", "customer_cancelled");
  sealPin(turn, state.visit, state.amount);
}

/** Asks the pad for a PIN block: for a check, or for the withdrawal of `amount`. */
export function sealPin(turn: Turn, visit: Visit, amount: Fen | null): void {
  assert(visit.account !== null, "a PIN block is bound to one account");
  const { pin_format: format, pin_key: key } = turn.config;
  const request = turn.device("pinpad", "PinPad.GetPinBlock", {
    customerData: customerDataOf(format, visit.account),
    padding: 10,
    format,
    key,
    cryptoMethod: "ecb",
  }, SEAL_TIMEOUT_MS);
  turn.go({ name: "sealing_pin", visit, request, amount });
  turn.timer("idle", null);
  turn.show({ page: "please_wait", about: "bank" }, []);
}

function onSealed(turn: Turn, state: StateOf<"sealing_pin">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const block = completion.header.completionCode === "success"
    ? payloadOf(completion, "PinPad.GetPinBlock", "completion").pinBlock
    : undefined;
  const bytes = block === undefined ? null : fromBase64(block);
  // A block of another length is of another format, and there is no place for it in a message.
  if (bytes?.length !== pinBlockBytesOf(turn.config.pin_format)) return answer(turn, "seal_broken");
  const sealed = bytesToHex(bytes).toUpperCase();
  if (state.amount === null) checkPin(turn, state.visit, sealed);
  else withdraw(turn, state.visit, state.amount, sealed);
}

function checkPin(turn: Turn, visit: Visit, block: string): void {
  assert(visit.account !== null, "a PIN check has one account");
  const stan = turn.nextStan();
  turn.go({ name: "checking_pin", visit, stan });
  turn.host("0100", stan, { 2: visit.account, 3: "310000", 22: "011", 49: "156", 52: block });
  turn.timer("host", turn.config.host_timeout);
}

function onChecked(turn: Turn, state: StateOf<"checking_pin">, event: EventOf<"host">): void {
  const { visit: { account }, stan } = state;
  assert(account !== null, "a PIN check has one account");
  const fields = answerTo(turn, event, "0110", { 2: account, 3: "310000", 11: stan });
  if (fields === null) return;
  turn.timer("host", null);
  switch (fields[39]) {
    case "00":
      return onAccepted(turn, { ...state.visit, balance: fields[54] ?? null });
    case "55":
      return askPinAgain(turn, state.visit, state.stan, fields, null);
    case "75":
      turn.journal({ line: "pin_refused", stan: state.stan, detail: "locked" });
      return endSession(turn, "refused", "pin_locked");
    case "62":
      return endSession(turn, "refused", "customer_locked");
    default:
      return answer(turn, "bank_declines");
  }
}

function onAccepted(turn: Turn, visit: Visit): void {
  const accepted = acceptPin(turn, visit);
  if (turn.config.flow.pin === "before_service") askService(turn, accepted);
  else showBalance(turn, accepted);
}

/** Whether a template is to be kept of this visit: consent was given, and there was none before. */
export function isFirstUse({ consented, reference }: Visit): boolean {
  return consented && reference === "id_photo";
}

/** The bank knows the PIN: with consent, and face and number before it, the template may be kept. */
export function acceptPin(turn: Turn, visit: Visit): Visit {
  if (visit.pin_accepted) return visit;
  turn.journal({ line: "pin_accepted" });
  if (isFirstUse(visit) && visit.capture && visit.account) {
    const reference = referenceName("template", visit.account);
    turn.face({ op: "enrol", capture: visit.capture, reference });
  }
  return { ...visit, pin_accepted: true };
}

/**
 * The template is kept, or is not. The bank is told of one that is: of one whose session is over by then it
 * is not, and the customer's next visit deletes it.
 */
export function onEnrolled(turn: Turn, result: Extract<FaceResult, { op: "enrol" }>): void {
  const kept = result.verdict === "enrolled";
  turn.journal({ line: kept ? "face_enrolled" : "face_not_kept" });
  const { session } = turn.machine;
  const visit = "visit" in session ? session.visit : null;
  if (!kept || visit === null || visit.account === null || visit.capture !== result.capture) return;
  advise(turn, visit.account, { what: "reference", reference: "template" });
}

export const enteringPin: Handlers<"entering_pin"> = {
  started: ignore,
  touch: leaveByTouch,
  device: onPinKey,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const sealingPin: Handlers<"sealing_pin"> = {
  started: ignore,
  touch: ignore,
  device: onSealed,
  host: ignore,
  face: ignore,
  timer: ignore,
};

export const checkingPin: Handlers<"checking_pin"> = {
  started: ignore,
  touch: ignore,
  device: ignore,
  host: onChecked,
  face: ignore,
  timer: onHostSilence,
};
