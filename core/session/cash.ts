/**
 * The cash: dispensed to the stacker, presented, taken, or swallowed again.
 *
 *   dispensing ──ok──► presenting ──ok──► cash_waiting ──taken──► printing
 *       │ failed           │ failed            │ 30 s
 *       ▼                  ▼                   ▼
 *   rejecting ◄── not presented ── asking   retracting ──► SUSPECT
 *       └──► reversal
 *
 * @module
 */
import type { Fen } from "../units.ts";
import { type Denomination, payloadOf } from "../xfs4iot/mod.ts";
import { yuanBack } from "./came_back.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
import { completionOf, type EventOf, type Handlers, ignore } from "./handler.ts";
import { printReceipt } from "./receipt.ts";
import { queueReversal } from "./reversal.ts";
import type { Reason } from "./screen.ts";
import type { Debit, StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A mechanism that has not answered by then will not; the answer is treated as a failure. */
const MECHANISM_TIMEOUT_MS = 60_000;

export function startDispensing(turn: Turn, visit: Visit, debit: Debit): void {
  const request = turn.device("cashdispenser", "CashDispenser.Dispense", {
    denomination: {
      denomination: { service: { currencies: { CNY: debit.amount / 100 }, mix: "mix1" } },
    },
    position: "outDefault",
    ...(debit.token === undefined ? {} : { token: debit.token }),
  }, MECHANISM_TIMEOUT_MS);
  turn.go({ name: "dispensing", visit, request, debit });
  turn.show({ page: "please_wait", about: "cash" }, []);
}

function onDispensed(turn: Turn, state: StateOf<"dispensing">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { visit, debit } = state;
  const { denomination } = payloadOf(completion, "CashDispenser.Dispense", "completion");
  // Nobody is presented less, or more, than was debited.
  if (completion.header.completionCode !== "success" || !comesTo(denomination, debit.amount)) {
    return reject(turn, visit, debit, "dispense_failed");
  }
  turn.journal({ line: "cash_dispensed", stan: debit.stan, amount: debit.amount });
  const request = turn.device("cashdispenser", "CashDispenser.Present", {
    position: "outDefault",
  }, MECHANISM_TIMEOUT_MS);
  turn.go({ name: "presenting", visit, request, debit, taken: false });
}

/** Whether these notes come to so much in yuan, as far as the dispenser says what they are. */
function comesTo({ currencies = {} }: Denomination = {}, amount: Fen): boolean {
  return Object.entries(currencies).every(([currency, value]) =>
    value * 100 === (currency === "CNY" ? amount : 0)
  );
}

function onPresented(turn: Turn, state: StateOf<"presenting">, event: EventOf<"device">): void {
  // A quick hand: a dispenser may complete Present after the notes have gone.
  if (isTaken(event)) return turn.go({ ...state, taken: true });
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { visit, debit, taken } = state;
  if (completion.header.completionCode === "success") return waitForCustomer(turn, state);
  const { errorCode } = payloadOf(completion, "CashDispenser.Present", "completion");
  if (!taken && (errorCode === "shutterNotOpen" || errorCode === "presentErrorNoItems")) {
    return reject(turn, visit, debit, "present_failed");
  }
  // Whether the customer can reach the notes is not known here; the dispenser remembers.
  const request = turn.device("cashdispenser", "CashDispenser.GetPresentStatus", {
    position: "outDefault",
  }, MECHANISM_TIMEOUT_MS);
  turn.go({ name: "asking_present_status", visit, request, debit, taken });
}

function onPresentStatus(
  turn: Turn,
  state: StateOf<"asking_present_status">,
  event: EventOf<"device">,
): void {
  if (isTaken(event)) return turn.go({ ...state, taken: true });
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { visit, debit, taken } = state;
  const known = completion.header.completionCode === "success"
    ? payloadOf(completion, "CashDispenser.GetPresentStatus", "completion").presentState
    : "unknown";
  if (known === "presented") return waitForCustomer(turn, state);
  // Notes that were taken and never presented: no debit is undone on the word of that dispenser.
  if (known === "notPresented" && !taken) return reject(turn, visit, debit, "present_failed");
  const { stan, amount } = debit;
  turn.journal({ line: "cash_retracted_suspect", stan, amount, detail: "present state unknown" });
  // The notes go to a bin; where they do not, the next Dispense finds them and the machine stops.
  turn.device("cashdispenser", "CashManagement.Reset", {}, MECHANISM_TIMEOUT_MS);
  answer(turn, "present_unknown");
}

function waitForCustomer(
  turn: Turn,
  { visit, debit, taken }: StateOf<"presenting" | "asking_present_status">,
): void {
  turn.journal({ line: "cash_presented", stan: debit.stan, amount: debit.amount });
  if (taken) return customerHasIt(turn, visit, debit);
  turn.go({ name: "cash_waiting", visit, debit });
  turn.show({ page: "take_cash", amount: debit.amount, hurry: false }, []);
  turn.timer("hurry", turn.config.hurry_after);
  turn.timer("retract", turn.config.take_timeout);
}

function isTaken(event: EventOf<"device">): boolean {
  const { header } = event.message;
  return header.type === "unsolicited" && header.name === "CashManagement.ItemsTakenEvent";
}

function onTaken(turn: Turn, state: StateOf<"cash_waiting">, event: EventOf<"device">): void {
  if (!isTaken(event)) return;
  turn.timer("hurry", null);
  turn.timer("retract", null);
  customerHasIt(turn, state.visit, state.debit);
}

function customerHasIt(turn: Turn, visit: Visit, debit: Debit): void {
  turn.journal({ line: "cash_taken", stan: debit.stan, amount: debit.amount });
  printReceipt(turn, visit, debit);
}

function onWaiting(turn: Turn, state: StateOf<"cash_waiting">, event: EventOf<"timer">): void {
  if (event.timer === "hurry") {
    turn.show({ page: "take_cash", amount: state.debit.amount, hurry: true }, []);
  }
  if (event.timer !== "retract") return;
  const request = turn.device("cashdispenser", "CashManagement.Retract", {
    location: { retractArea: "retract", index: 1 },
  }, MECHANISM_TIMEOUT_MS);
  turn.go({ name: "retracting", visit: state.visit, request, debit: state.debit });
  turn.show({ page: "please_wait", about: "cash" }, []);
}

/**
 * Nobody can prove that the customer took none of the notes, so retracted cash is SUSPECT and credited
 * by reconciliation; a bank may have it reversed at once (`retract_credit`).
 */
function onRetracted(turn: Turn, state: StateOf<"retracting">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { debit } = state;
  const success = completion.header.completionCode === "success";
  const { errorCode, storage } = payloadOf(completion, "CashManagement.Retract", "completion");
  const back_yuan = yuanBack(storage);
  turn.journal({
    line: "cash_retracted_suspect",
    stan: debit.stan,
    amount: debit.amount,
    detail: success
      ? `SUSPECT: ${back_yuan} yuan came back`
      : `SUSPECT: ${errorCode ?? completion.header.completionCode}`,
  });
  // Credited only when every note that was presented came back.
  const all = success && back_yuan * 100 === debit.amount;
  // Notes may still lie at the shutter or behind it, for anybody to reach; unless somebody took them.
  const gone = errorCode === "itemsTaken" || errorCode === "noItems";
  if (!success && !gone) turn.machine = { ...turn.machine, blocked: true };
  const credited = all && turn.config.retract_credit;
  if (credited) queueReversal(turn, debit, "4018");
  const money = credited ? "will_be_returned" : "will_be_checked";
  endSession(turn, "timed_out", "cash_not_taken", money);
}

/** Takes back what may lie on the stacker; nothing reached the customer, so the debit is undone. */
function reject(turn: Turn, visit: Visit, debit: Debit, reason: Reason): void {
  const request = turn.device("cashdispenser", "CashDispenser.Reject", {}, MECHANISM_TIMEOUT_MS);
  turn.go({ name: "rejecting", visit, request, debit, reason });
}

function onRejected(turn: Turn, state: StateOf<"rejecting">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const { debit, reason } = state;
  const { errorCode } = payloadOf(completion, "CashDispenser.Reject", "completion");
  turn.journal({
    line: "cash_rejected",
    stan: debit.stan,
    amount: debit.amount,
    detail: errorCode ?? completion.header.completionCode,
  });
  const { completionCode } = completion.header;
  const clear = completionCode === "success" || errorCode === "noItems";
  if (!clear) turn.machine = { ...turn.machine, blocked: true };
  queueReversal(turn, debit, "4017");
  answer(turn, reason === "present_failed" ? "cash_not_presented" : "cash_not_dispensed");
}

function deviceOnly<
  N extends "dispensing" | "presenting" | "retracting" | "rejecting" | "asking_present_status",
>(device: Handlers<N>["device"]): Handlers<N> {
  return { started: ignore, touch: ignore, device, host: ignore, face: ignore, timer: ignore };
}

export const dispensing: Handlers<"dispensing"> = deviceOnly(onDispensed);
export const presenting: Handlers<"presenting"> = deviceOnly(onPresented);
export const retracting: Handlers<"retracting"> = deviceOnly(onRetracted);
export const rejecting: Handlers<"rejecting"> = deviceOnly(onRejected);
export const askingPresentStatus: Handlers<"asking_present_status"> = deviceOnly(onPresentStatus);

export const cashWaiting: Handlers<"cash_waiting"> = {
  started: ignore,
  touch: ignore,
  device: onTaken,
  host: ignore,
  face: ignore,
  timer: onWaiting,
};
