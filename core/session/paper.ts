/**
 * The paper in the printer: what was printed for one customer is never handed to another.
 *
 *   none ─PrintNative─► unknown ─printed─► in_slot ─taken─► none
 *    ▲                     │ failed            │ still there when the next session begins
 *    │                     ▼                   ▼
 *    └──── done ──── Printer.Reset, into the bin ── refused ──► stuck
 *
 * A machine that has just been switched on resets its printer first. Where that is refused it is tried again
 * whenever a session begins, and when an operator has been there. Nobody waits for the answer: until a reset
 * has said that nothing is left, nothing is printed, and sessions end without a receipt.
 *
 * @module
 */
import { isMessage, payloadOf } from "../xfs4iot/mod.ts";
import { callOperator } from "./answers.ts";
import { completionOf, type EventOf } from "./handler.ts";
import type { Machine } from "./state.ts";
import type { Turn } from "./turn.ts";

/** The bin for paper that nobody is to have. */
const BIN = "unit1";

const RESET_TIMEOUT_MS = 10_000;

/** Whether nothing of an earlier receipt is in the printer, as far as it has said. */
export function mayPrint(turn: Turn): boolean {
  return turn.machine.paper === "none";
}

export function paperIs(turn: Turn, paper: Machine["paper"]): void {
  turn.machine = { ...turn.machine, paper };
}

/** It could not be put away, or nobody says that it is: somebody is called, once. */
export function paperIsStuck(turn: Turn): void {
  if (turn.machine.paper === "stuck") return;
  callOperator(turn, "receipt_stuck");
  paperIs(turn, "stuck");
}

/** Has everything that may lie in the printer put into the bin. */
export function putPaperAway(turn: Turn): void {
  if (mayPrint(turn)) return;
  const clearing = turn.device("printer", "Printer.Reset", { mediaControl: BIN }, RESET_TIMEOUT_MS);
  turn.machine = { ...turn.machine, clearing };
}

/** Hears where paper is, whatever the session does. */
export function hearPaper(turn: Turn, event: EventOf<"device">): void {
  if (event.device !== "printer") return;
  const { message } = event;
  const { clearing, paper } = turn.machine;
  if (completionOf(event, clearing)?.header.completionCode === "success") {
    turn.machine = { ...turn.machine, clearing: null, paper: "none" };
  } else if (completionOf(event, clearing) !== null) {
    turn.machine = { ...turn.machine, clearing: null };
    paperIsStuck(turn);
  } else if (isMessage(message, "Printer.MediaDetectedEvent", "unsolicited")) {
    const { position } = payloadOf(message, "Printer.MediaDetectedEvent", "unsolicited");
    if (clearing !== null && position === BIN) turn.journal({ line: "receipt_retracted" });
  } else if (isMessage(message, "Printer.MediaAutoRetractedEvent", "unsolicited")) {
    if (paper !== "in_slot") return;
    turn.journal({ line: "receipt_retracted" });
    // While a reset is under way nothing is printed before it is over.
    if (clearing === null) paperIs(turn, "none");
  } else if (isMessage(message, "Printer.MediaTakenEvent", "unsolicited")) {
    // The same; and what is stuck is more than what somebody took.
    if (clearing === null && paper !== "stuck") paperIs(turn, "none");
  }
}
