/**
 * After a loss of power: what became of the cash, and what of the debit. The dispenser remembers the last
 * Dispense, and that decides; the journal says for every amount what was found.
 *
 *   started ─► GetPresentStatus ─► Status ─► Reset, where notes lie about ─► welcome, or out of service
 *                    │
 *      notPresented ─┴─► the debit is reversed
 *      presented, nothing at the shutter ─► the customer has the cash
 *      presented, notes at the shutter · unknown ─► SUSPECT with the amount
 *
 * No debit is dispensed after this: what was authorised and not paid out is undone.
 *
 * @module
 */
import { payloadOf } from "../xfs4iot/mod.ts";
import { sendOldestAdvice } from "./advice.ts";
import { yuanBack } from "./came_back.ts";
import { welcome } from "./ending.ts";
import { completionOf, type EventOf, type Handlers, ignore } from "./handler.ts";
import { askStatus } from "./fitness.ts";
import { queueReversal, sendOldest } from "./reversal.ts";
import type { Debit, Interrupted, SessionName, StateOf } from "./state.ts";
import type { Turn } from "./turn.ts";
import { referenceName } from "./verify.ts";

/** A mechanism that was just switched on looks for notes first. */
const RECOVERY_TIMEOUT_MS = 120_000;

/** Nobody was at the machine, so nobody's session ended. */
const NO_SESSION: readonly SessionName[] = [
  "out_of_service",
  "recovering",
  "maintenance",
  "idle",
  "ending",
];

/**
 * Nothing of this debit was presented: Present had not been commanded, or had said so. Whatever the
 * dispenser says was presented is of an earlier debit.
 */
const NOT_PRESENTED: readonly SessionName[] = ["dispensing", "rejecting"];

export function startRecovery(turn: Turn, interrupted: Interrupted): void {
  const { during, debit } = interrupted;
  turn.show({ page: "out_of_service" }, []);
  if (!interrupted.told) tell(turn, interrupted);
  // A face is not kept longer than the session it was shown in.
  turn.face({ op: "forget", capture: `capture-${turn.machine.capture}` });
  deleteWithdrawn(turn);
  sendOldest(turn);
  sendOldestAdvice(turn);
  askStatus(turn);
  const known = { ...interrupted, told: true };
  if (debit === null) return ask(turn, known, "Common.Status");
  if (during !== "authorising") return ask(turn, known, "CashDispenser.GetPresentStatus");
  // The host may have debited and may not; its answer, if there was one, is lost.
  queueReversal(turn, debit, "4021");
  ask(turn, { ...known, debit: null }, "Common.Status");
}

/** What the bank is still to be told is deleted may not have been, when power went: it is once more. */
function deleteWithdrawn(turn: Turn): void {
  for (const { account, about } of turn.machine.advices) {
    if (about.what !== "reference" || about.reference !== "none") continue;
    turn.face({ op: "delete", reference: referenceName("template", account) });
  }
}

function tell(turn: Turn, { during, debit }: Interrupted): void {
  const of = debit === null ? {} : { stan: debit.stan, amount: debit.amount };
  turn.journal({ line: "power_returned", detail: during, ...of });
  if (NO_SESSION.includes(during)) return;
  turn.journal({ line: "session_ended", detail: "failed: power_lost" });
  turn.effects.push({ type: "ended", outcome: "failed", reason: "power_lost" });
}

/** All that is known is kept with the question: power may go again before it is answered. */
function ask(
  turn: Turn,
  interrupted: Interrupted,
  name: "CashDispenser.GetPresentStatus" | "Common.Status" | "CashManagement.Reset",
): void {
  const request = turn.device("cashdispenser", name, {}, RECOVERY_TIMEOUT_MS);
  turn.go({ name: "recovering", interrupted, request });
}

/** Commands are answered one after another, so what is known tells which one this answers. */
function onAnswer(turn: Turn, state: StateOf<"recovering">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  switch (completion.header.name) {
    case "CashDispenser.GetPresentStatus":
      return onPresentStatus(turn, state, completion);
    case "Common.Status":
      return onStatus(turn, state, completion);
    case "CashManagement.Reset":
      return onReset(turn, state, completion);
  }
}

type Completion = NonNullable<ReturnType<typeof completionOf>>;

function onPresentStatus(turn: Turn, state: StateOf<"recovering">, completion: Completion): void {
  const told = completion.header.completionCode === "success"
    ? payloadOf(completion, "CashDispenser.GetPresentStatus", "completion").presentState
    : undefined;
  const { interrupted } = state;
  ask(turn, { ...interrupted, present_state: told ?? "unknown" }, "Common.Status");
}

function onStatus(turn: Turn, { interrupted }: StateOf<"recovering">, told: Completion): void {
  if (told.header.completionCode !== "success") return decide(turn, interrupted, null, false);
  const { cashDispenser = {} } = payloadOf(told, "Common.Status", "completion");
  const [position = {}] = cashDispenser.positions ?? [];
  const touched = (position.positionStatus ?? "empty") !== "empty" ||
    position.transportStatus === "notEmptyCustomer";
  const inside = (position.transportStatus ?? "empty") !== "empty" ||
    (cashDispenser.intermediateStacker ?? "empty") !== "empty";
  // An earlier look, before power went once more, may have found what this one finds in a bin.
  const within_reach = interrupted.within_reach === true || touched;
  const known = { ...interrupted, within_reach };
  if (touched || inside || position.shutter === "open") {
    return ask(turn, known, "CashManagement.Reset");
  }
  decide(turn, known, null, true);
}

function onReset(turn: Turn, state: StateOf<"recovering">, completion: Completion): void {
  const { storage } = payloadOf(completion, "CashManagement.Reset", "completion");
  const success = completion.header.completionCode === "success";
  decide(turn, state.interrupted, yuanBack(storage), success);
}

/** Says what became of the debit; `clear`: no notes lie about any more, so the machine may serve. */
function decide(
  turn: Turn,
  interrupted: Interrupted,
  back_yuan: number | null,
  clear: boolean,
): void {
  if (interrupted.debit !== null) settle(turn, interrupted, interrupted.debit, back_yuan);
  turn.machine = { ...turn.machine, blocked: !clear };
  welcome(turn);
}

function settle(
  turn: Turn,
  { during, present_state, within_reach }: Interrupted,
  debit: Debit,
  back_yuan: number | null,
): void {
  const { stan, amount } = debit;
  if (present_state === "notPresented" || NOT_PRESENTED.includes(during)) {
    turn.journal({ line: "cash_rejected", stan, amount, detail: "power lost before presented" });
    return queueReversal(turn, debit, "4017");
  }
  if (present_state === "presented" && within_reach === false && during !== "retracting") {
    // Power may have gone before the core heard that the notes were presented: the dispenser knows.
    if (during !== "cash_waiting") {
      turn.journal({ line: "cash_presented", stan, amount, detail: "as the dispenser remembers" });
    }
    turn.journal({ line: "cash_taken", stan, amount, detail: "taken while power was lost" });
    return;
  }
  const why = present_state === "presented" ? "not taken" : "present state unknown";
  const back = back_yuan === null ? "" : `, ${back_yuan} yuan came back`;
  const detail = `SUSPECT: power lost, ${why}${back}`;
  turn.journal({ line: "cash_retracted_suspect", stan, amount, detail });
}

export const recovering: Handlers<"recovering"> = {
  started: ignore,
  touch: ignore,
  device: onAnswer,
  host: ignore,
  face: ignore,
  timer: ignore,
};
