/**
 * The debit. From here on somebody's money has moved, or may have: every way out either pays the cash,
 * reverses the debit, or says SUSPECT in the journal with the amount.
 */
import { assert } from "../assert.ts";
import type { Fen } from "../units.ts";
import { answer } from "./answers.ts";
import { startDispensing } from "./cash.ts";
import { endSession } from "./ending.ts";
import { answerTo, type EventOf, type Handlers, ignore } from "./handler.ts";
import { queueReversal } from "./reversal.ts";
import { acceptPin, askPinAgain } from "./pin.ts";
import { askAmount } from "./service.ts";
import type { Debit, StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";
import { localTime, transmissionTime } from "./wall_time.ts";

/**
 * DE 39, 1987, of hosts that have debited or yet may, but not what was asked for: 08 if the customer is who
 * they say · 09 still at it · 10, 32 a part · 11 somebody important · 16 once track 3 is written anew.
 */
const DEBITED_OTHERWISE: readonly string[] = ["08", "09", "10", "11", "16", "32"];

/**
 * DE 39 that is no word about this debit. A0 and 30: the bank could not believe or read a message; that may
 * have been a copy which somebody changed on the way, and ours came after it and was debited. 94: this one
 * has come before. 20, 22, 68, 91, and 98 of China UnionPay: a switch did not hear the bank out. A reversal
 * that was not needed is answered 25. 96 is a refusal: a host that fails once it has debited does not get
 * to answer.
 */
const TELLS_NOTHING: readonly string[] = ["20", "22", "30", "68", "91", "94", "98", "A0"];
const UNCLEAR: readonly string[] = [...DEBITED_OTHERWISE, ...TELLS_NOTHING];

/** `nonce`: the dispenser's, where it wants a token of the bank's; else null. */
export function authorise(
  turn: Turn,
  visit: Visit,
  amount: Fen,
  pinBlock: string,
  nonce: string | null,
): void {
  const { account, face } = visit;
  // The PIN is in the block: where it comes after the amount, the bank judges it with the debit.
  assert(
    account !== null && face !== null && pinBlock.length > 0,
    "a debit has all three factors",
  );
  const stan = turn.nextStan();
  const sent = transmissionTime(turn.event.wall_ms);
  turn.go({ name: "authorising", visit, debit: { stan, sent, amount, account } });
  turn.show({ page: "please_wait", about: "bank" }, []);
  turn.host("0200", stan, {
    2: account,
    3: "010000",
    4: amount,
    7: sent,
    ...localTime(turn.event.wall_ms),
    18: "6011",
    22: "011",
    48: { face, ...(nonce === null ? {} : { nonce }) },
    49: "156",
    52: pinBlock,
  });
  turn.timer("host", turn.config.host_timeout);
}

function onAnswer(turn: Turn, state: StateOf<"authorising">, event: EventOf<"host">): void {
  const { debit, visit } = state;
  const { stan, amount, account } = debit;
  const fields = answerTo(turn, event, "0210", { 2: account, 3: "010000", 11: stan });
  if (fields === null) return;
  turn.timer("host", null);
  const code = fields[39];
  // An answer that does not say whether the customer was debited says as much as none.
  if (code === undefined || UNCLEAR.includes(code)) return undo(turn, debit);
  if (code === "00") {
    // Notes are paid for what was debited, and for nothing else.
    if ((fields[4] ?? amount) !== amount) return undo(turn, debit);
    turn.journal({ line: "debit_authorised", stan, amount });
    const token = fields[48]?.token;
    const accepted = acceptPin(turn, visit);
    return startDispensing(turn, accepted, token === undefined ? debit : { ...debit, token });
  }
  turn.journal({ line: "debit_refused", stan, amount, detail: code });
  switch (code) {
    case "61":
      return askAmount(turn, visit, "limit_exceeded");
    case "51":
      return askAmount(turn, visit, "insufficient_funds");
    case "65":
      return endSession(turn, "refused", "limit_exceeded", "not_debited");
    case "55":
      return askPinAgain(turn, visit, stan, fields, amount);
    case "75":
      turn.journal({ line: "pin_refused", stan, detail: "locked" });
      return endSession(turn, "refused", "pin_locked", "not_debited");
    case "62":
      return endSession(turn, "refused", "customer_locked", "not_debited");
    default:
      return endSession(turn, "failed", "declined", "not_debited");
  }
}

function onSilence(turn: Turn, state: StateOf<"authorising">, event: EventOf<"timer">): void {
  if (event.timer === "host") undo(turn, state.debit);
}

/** No answer: the host may have debited. The reversal undoes it; a late approval changes nothing. */
function undo(turn: Turn, debit: Debit): void {
  queueReversal(turn, debit, "4021");
  answer(turn, "bank_silent_after_debit");
}

export const authorising: Handlers<"authorising"> = {
  started: ignore,
  touch: ignore,
  device: ignore,
  host: onAnswer,
  face: ignore,
  timer: onSilence,
};
