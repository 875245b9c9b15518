/**
 * The session core: `step(state, event) → { state, effects }`.
 *
 * A pure function: the same state and event give the same answer, here, in a browser and in the
 * auditor's verifier. What concerns the whole machine (languages, reversals, the enrolment's answer) is
 * decided first; everything else belongs to the state the session stands in, through a table that is
 * total by its type.
 *
 * @module
 */
import { type Effect, isWriting } from "./effect.ts";
import type { SessionEvent, SessionEventBody } from "./event.ts";
import { onAdviceAnswer, sendOldestAdvice } from "./advice.ts";
import { answer } from "./answers.ts";
import { authorising } from "./authorise.ts";
import { askingNonce } from "./nonce.ts";
import {
  askingPresentStatus,
  cashWaiting,
  dispensing,
  presenting,
  rejecting,
  retracting,
} from "./cash.ts";
import { ending } from "./ending.ts";
import { assessing, capturing } from "./face.ts";
import type { EventOf, Handlers } from "./handler.ts";
import { hearStatus } from "./fitness.ts";
import { enteringNumber, lookingUp } from "./number.ts";
import { checkingPin, enteringPin, onEnrolled, sealingPin } from "./pin.ts";
import { maintenance, onOperatorSwitch } from "./maintenance.ts";
import { hearPaper } from "./paper.ts";
import { printing } from "./receipt.ts";
import { recovering } from "./recovery.ts";
import { onReversalAnswer, onReversalTimer } from "./reversal.ts";
import type { Control, Language } from "./screen.ts";
import {
  choosingAmount,
  choosingService,
  denominating,
  enteringAmount,
  showingBalance,
} from "./service.ts";
import type { Machine, SessionName } from "./state.ts";
import { Turn } from "./turn.ts";
import { verifying } from "./verify.ts";
import { saidNothing, watch } from "./watchdog.ts";
import { consent, idle, outOfService } from "./welcome.ts";
import { withdrawingConsent } from "./withdraw_consent.ts";

const TABLE: { readonly [N in SessionName]: Handlers<N> } = {
  out_of_service: outOfService,
  recovering,
  maintenance,
  idle,
  consent,
  capturing,
  assessing,
  entering_number: enteringNumber,
  looking_up: lookingUp,
  verifying,
  entering_pin: enteringPin,
  sealing_pin: sealingPin,
  checking_pin: checkingPin,
  choosing_service: choosingService,
  withdrawing_consent: withdrawingConsent,
  showing_balance: showingBalance,
  choosing_amount: choosingAmount,
  entering_amount: enteringAmount,
  denominating,
  asking_nonce: askingNonce,
  authorising,
  dispensing,
  presenting,
  cash_waiting: cashWaiting,
  retracting,
  rejecting,
  asking_present_status: askingPresentStatus,
  printing,
  ending,
};

const LANGUAGE_OF: Partial<Record<Control, Language>> = {
  language_bo: "bo",
  language_zh: "zh",
  language_en: "en",
};

/** One turn of the core. Never mutates `state`. Messages fit their schemas: whoever
 * takes them off a wire has checked that (`problemOf`). */
export function step(
  state: Machine,
  event: SessionEvent,
): { readonly state: Machine; readonly effects: readonly Effect[] } {
  const turn = new Turn(state, event);
  if (!forMachine(turn, event)) forSession(turn, event);
  watch(turn, state.session);
  // Writing comes first: whenever power goes, what was commanded and what is written down agree.
  return { state: turn.machine, effects: writingFirst(turn.effects) };
}

function writingFirst(effects: readonly Effect[]): readonly Effect[] {
  if (!effects.some(isWriting)) return effects;
  return [...effects.filter(isWriting), ...effects.filter((effect) => !isWriting(effect))];
}

/** What the machine answers whatever the session does; `true` when that was all. */
function forMachine(turn: Turn, event: SessionEvent): boolean {
  switch (event.type) {
    case "touch": {
      const language = LANGUAGE_OF[event.control];
      // A finger on its way lands where a key has just gone: nothing is touched then.
      if (language === undefined) return !turn.machine.controls.includes(event.control);
      turn.machine = { ...turn.machine, language };
      turn.show(turn.machine.page, turn.machine.controls);
      return true;
    }
    case "timer":
      return onMachineTimer(turn, event);
    case "host":
      if (event.message.mti === "0430") onReversalAnswer(turn, event);
      else if (event.message.mti === "0130") onAdviceAnswer(turn, event);
      else return false;
      return true;
    case "face":
      if (event.result.op === "enrol") onEnrolled(turn, event.result);
      else if (event.result.op !== "delete") return false;
      else if (event.result.verdict === "deleted") turn.journal({ line: "face_deleted" });
      return true;
    case "device":
      hearStatus(turn, event.device, event.message);
      hearPaper(turn, event);
      return onOperatorSwitch(turn, event);
    case "started":
      return false;
  }
}

/** Timers that are not the session's own. */
function onMachineTimer(turn: Turn, { timer }: EventOf<"timer">): boolean {
  if (timer === "reversal") onReversalTimer(turn);
  else if (timer === "advice") sendOldestAdvice(turn);
  else if (timer === "device") {
    const said = saidNothing(turn.machine.session);
    const { name } = turn.machine.session;
    if (said !== null) forSession(turn, { ...turn.event, type: "device", ...said });
    else if (name === "assessing" || name === "verifying") answer(turn, "camera_silent");
  } else return false;
  return true;
}

function forSession(turn: Turn, event: SessionEvent): void {
  // The table's row fits the session by construction; the compiler cannot follow the union through it.
  const { session } = turn.machine;
  const row = TABLE[session.name] as unknown as {
    [T in SessionEventBody["type"]]: (turn: Turn, state: unknown, event: EventOf<T>) => void;
  };
  switch (event.type) {
    case "started":
      return row.started(turn, session, event);
    case "touch":
      return row.touch(turn, session, event);
    case "device":
      return row.device(turn, session, event);
    case "host":
      return row.host(turn, session, event);
    case "face":
      return row.face(turn, session, event);
    case "timer":
      return row.timer(turn, session, event);
  }
}
