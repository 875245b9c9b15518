/** What would you like? The services, and how much. */
import { type Fen, yuan } from "../units.ts";
import { payloadOf } from "../xfs4iot/mod.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
import {
  completionOf,
  type EventOf,
  type Handlers,
  ignore,
  keyPressedIn,
  leaveByTouch,
  leaveWhenIdle,
} from "./handler.ts";
import { characterOfKey, NUMBER_KEYS } from "./keys.ts";
import { askPin, isFirstUse, sealPin } from "./pin.ts";
import type { Control, Page } from "./screen.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";
import { askWithdrawal } from "./withdraw_consent.ts";

type AmountProblem = Extract<Page, { page: "choose_amount" }>["problem"];

/** Digits of an amount in yuan: more than any limit needs. */
const AMOUNT_LENGTH_MAX = 5;

export function askService(turn: Turn, visit: Visit): void {
  turn.go({ name: "choosing_service", visit });
  const kept = keepsTemplate(visit) ? ["withdraw_consent"] as const : [];
  // A bank that took the PIN and told no balance has none to show.
  const told = visit.balance !== null || !visit.pin_accepted ? ["balance"] as const : [];
  const controls = ["withdraw", ...told, ...kept, "cancel", "other_way"] as const;
  turn.show({ page: "choose_service" }, controls);
  turn.timer("idle", turn.config.idle);
}

/**
 * Whoever's template is kept may have it deleted, wherever the face serves; who has just agreed to one and
 * gave the PIN may so too: it is as easy to take consent back as it was to give it.
 */
function keepsTemplate(visit: Visit): boolean {
  return visit.reference === "template" || (visit.pin_accepted && isFirstUse(visit));
}

function onService(
  turn: Turn,
  state: StateOf<"choosing_service" | "showing_balance">,
  event: EventOf<"touch">,
): void {
  if (event.control === "withdraw") return askAmount(turn, state.visit, null);
  if (event.control === "cancel" && state.name === "showing_balance") {
    return endSession(turn, "served", "balance_shown");
  }
  if (event.control === "withdraw_consent" && keepsTemplate(state.visit)) {
    return askWithdrawal(turn, state.visit);
  }
  if (event.control !== "balance") return leaveByTouch(turn, state, event);
  if (state.visit.pin_accepted) showBalance(turn, state.visit);
  else askPin(turn, state.visit, null, null);
}

/** Shows what the bank told, and nothing else. */
export function showBalance(turn: Turn, visit: Visit): void {
  const { balance } = visit;
  if (balance === null) return answer(turn, "bank_declines");
  turn.go({ name: "showing_balance", visit });
  turn.show({ page: "show_balance", balance }, [
    "withdraw",
    "cancel",
    "other_way",
  ]);
  turn.timer("idle", turn.config.idle);
}

export function askAmount(turn: Turn, visit: Visit, problem: AmountProblem): void {
  const amounts = turn.config.amounts_yuan.map((amount): Control => `amount_${amount}`);
  turn.go({ name: "choosing_amount", visit });
  turn.show({ page: "choose_amount", problem }, [
    ...amounts,
    "other_amount",
    "cancel",
    "other_way",
  ]);
  turn.timer("idle", turn.config.idle);
}

function onAmountTouch(
  turn: Turn,
  state: StateOf<"choosing_amount">,
  event: EventOf<"touch">,
): void {
  const chosen = /^amount_([0-9]+)$/.exec(event.control)?.[1];
  if (chosen !== undefined) return denominate(turn, state.visit, yuan(Number(chosen)));
  if (event.control === "other_amount") return askOtherAmount(turn, state.visit);
  leaveByTouch(turn, state, event);
}

function askOtherAmount(turn: Turn, visit: Visit): void {
  const request = turn.device("pinpad", "Keyboard.DataEntry", {
    maxLen: AMOUNT_LENGTH_MAX,
    autoEnd: false,
    activeKeys: NUMBER_KEYS,
  });
  turn.go({ name: "entering_amount", visit, request, typed: "" });
  turn.show({ page: "enter_amount", entered: "" }, ["cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

function onAmountKey(
  turn: Turn,
  state: StateOf<"entering_amount">,
  event: EventOf<"device">,
): void {
  const completion = completionOf(event, state.request);
  if (completion !== null) {
    if (completion.header.completionCode !== "success") {
      return answer(turn, "keypad_dead");
    }
    const entry = payloadOf(completion, "Keyboard.DataEntry", "completion");
    if (entry.completion === "cancel") return endSession(turn, "cancelled", "customer_cancelled");
    const typed = (entry.pinKeys ?? []).map((key) => characterOfKey(key.digit)).join("");
    return denominate(turn, state.visit, yuan(Number(typed)));
  }
  const pressed = keyPressedIn(event, state.request);
  if (pressed === null) return;
  const typed = amountAfter(state.typed, pressed.key);
  turn.go({ ...state, typed });
  turn.show({ page: "enter_amount", entered: typed }, ["cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
}

function amountAfter(typed: string, key: string | undefined): string {
  if (key === "clear") return "";
  if (key === "backspace") return typed.slice(0, -1);
  return (typed + characterOfKey(key)).slice(0, AMOUNT_LENGTH_MAX);
}

/** Can this machine pay it at all? Asked before the bank is, so that nothing is debited in vain. */
function denominate(turn: Turn, visit: Visit, amount: Fen): void {
  if (amount === 0) return askAmount(turn, visit, "not_dispensable");
  if (amount > turn.config.per_withdrawal) return askAmount(turn, visit, "limit_exceeded");
  const request = turn.device("cashdispenser", "CashDispenser.Denominate", {
    request: { denomination: { service: { currencies: { CNY: amount / 100 }, mix: "mix1" } } },
  }, 5_000);
  turn.go({ name: "denominating", visit, request, amount });
  turn.timer("idle", null);
}

function onDenominated(turn: Turn, state: StateOf<"denominating">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  if (completion.header.completionCode !== "success") {
    return askAmount(turn, state.visit, "not_dispensable");
  }
  if (state.visit.pin_accepted) sealPin(turn, state.visit, state.amount);
  else askPin(turn, state.visit, null, state.amount);
}

export const choosingService: Handlers<"choosing_service"> = {
  started: ignore,
  touch: onService,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const showingBalance: Handlers<"showing_balance"> = {
  started: ignore,
  touch: onService,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const choosingAmount: Handlers<"choosing_amount"> = {
  started: ignore,
  touch: onAmountTouch,
  device: ignore,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const enteringAmount: Handlers<"entering_amount"> = {
  started: ignore,
  touch: leaveByTouch,
  device: onAmountKey,
  host: ignore,
  face: ignore,
  timer: leaveWhenIdle,
};

export const denominating: Handlers<"denominating"> = {
  started: ignore,
  touch: leaveByTouch,
  device: onDenominated,
  host: ignore,
  face: ignore,
  timer: ignore,
};
