/**
 * The receipt. A printer fault never keeps cash from a customer: it only costs the paper. What could not
 * come out is nobody else's: see `paper.ts`.
 *
 * @module
 */
import { maskPan } from "../money/mod.ts";
import { receiptPicture } from "../receipt/mod.ts";
import { toBase64 } from "../xfs4iot/mod.ts";
import { callOperator } from "./answers.ts";
import { endSession } from "./ending.ts";
import { completionOf, type EventOf, type Handlers, ignore } from "./handler.ts";
import { mayPrint, paperIs, paperIsStuck, putPaperAway } from "./paper.ts";
import type { Debit, StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Prints it and brings it out; or says goodbye without, where another's may be in the printer. */
export function printReceipt(turn: Turn, visit: Visit, debit: Debit): void {
  if (!mayPrint(turn)) {
    turn.journal({ line: "receipt_failed", detail: `not printed: paper ${turn.machine.paper}` });
    paperIsStuck(turn);
    return endSession(turn, "served", "cash_taken", null, debit.amount);
  }
  const picture = receiptPicture({
    language: turn.machine.language,
    terminal: turn.config.terminal,
    stan: debit.stan,
    wall_ms: turn.event.wall_ms,
    amount: debit.amount,
    account: maskPan(debit.account),
  });
  const request = turn.device("printer", "Printer.PrintNative", {
    data: toBase64(picture),
    mediaControl: { move: "eject", cut: true },
  }, 15_000);
  paperIs(turn, "unknown");
  turn.go({ name: "printing", visit, request, debit });
  turn.show({ page: "take_receipt" }, []);
}

function onPrinted(turn: Turn, state: StateOf<"printing">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { completionCode } = completion.header;
  if (completionCode === "success") {
    turn.journal({ line: "receipt_printed" });
    // A quick hand may have it already.
    if (!mayPrint(turn)) paperIs(turn, "in_slot");
  } else {
    callOperator(turn, "receipt_lost");
    turn.journal({ line: "receipt_failed", detail: completionCode });
    paperIs(turn, "unknown");
    putPaperAway(turn);
  }
  endSession(turn, "served", "cash_taken", null, state.debit.amount);
}

export const printing: Handlers<"printing"> = {
  started: ignore,
  touch: ignore,
  device: onPrinted,
  host: ignore,
  face: ignore,
  timer: ignore,
};
