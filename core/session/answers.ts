/**
 * What the machine does about everything that can go wrong, in one place.
 *
 *   fault ──► what the core notices of it (a symptom) ──► the answer, which the core acts by
 *
 * The core never learns a fault's id: a service tells completions, events and how it is. So there are
 * two tables. {@linkcode ANSWERS} is what the core acts by: {@linkcode answer} ends the session as it
 * says. {@linkcode SYMPTOM_OF} says for every fault of the catalogue which of the answers it comes to; a
 * run with each fault, told to the end, is held to it by a test.
 *
 * What is said about the money is said in three languages: `page-sorry-*` and `money-*` of the locale.
 *
 * @module
 */
import type { Outcome } from "./effect.ts";
import { endSession } from "./ending.ts";
import type { MoneyPromise, Reason } from "./screen.ts";
import type { Turn } from "./turn.ts";

/** What is done: the session goes on, is tried again, or ends; and the machine with it, or not. */
export type Then =
  | "carry_on"
  | "try_again"
  /** The session ends, and the way without what failed is pointed to. */
  | "another_way"
  /** The session ends, and the customer is told why and what becomes of the money. */
  | "tell_customer"
  /** The session ends, or is let go to its end, and no other begins until it is mended. */
  | "out_of_service";

export interface Answer {
  readonly then: Then;
  /** How the session ends; null: it is let go on. */
  readonly ends: readonly [Outcome, Reason] | null;
  readonly money: MoneyPromise | null;
  /** Whether somebody has to come to the machine. */
  readonly operator: boolean;
}

/** What the core notices when something is wrong. */
export type Symptom =
  | "nothing"
  | "receipt_lost"
  | "receipt_stuck"
  | "pictures_useless"
  | "camera_dead"
  | "camera_silent"
  | "not_living"
  | "another_face"
  | "reference_lost"
  | "keypad_dead"
  | "seal_broken"
  | "typing_wrong"
  | "number_wrong"
  | "customer_slow"
  | "customer_cancels"
  | "bank_silent"
  | "bank_silent_after_debit"
  | "bank_declines"
  | "cash_not_asked"
  | "cash_not_dispensed"
  | "cash_not_presented"
  | "present_unknown"
  | "cash_left"
  | "power_lost"
  | "machine_unfit"
  | "operator_there";

function ends(
  then: Then,
  outcome: Outcome,
  reason: Reason,
  money: MoneyPromise | null = null,
  operator = false,
): Answer {
  return { then, ends: [outcome, reason], money, operator };
}

export const ANSWERS: { readonly [S in Symptom]: Answer } = {
  nothing: { then: "carry_on", ends: null, money: null, operator: false },
  // Paper never keeps cash from a customer.
  receipt_lost: { then: "carry_on", ends: null, money: null, operator: true },
  // No receipt is printed until it is out of the way.
  receipt_stuck: { then: "carry_on", ends: null, money: null, operator: true },
  pictures_useless: ends("try_again", "refused", "face_unusable"),
  camera_dead: ends("another_way", "failed", "camera_failed", null, true),
  camera_silent: ends("another_way", "failed", "camera_failed", null, true),
  not_living: ends("tell_customer", "refused", "presentation_attack"),
  another_face: ends("try_again", "refused", "face_not_matched"),
  reference_lost: ends("another_way", "refused", "no_reference"),
  keypad_dead: ends("out_of_service", "failed", "keypad_failed", null, true),
  seal_broken: ends("out_of_service", "failed", "keypad_failed", null, true),
  // The machine asks again; who does not see what went wrong gives up, and loses nothing.
  typing_wrong: ends("try_again", "timed_out", "customer_timed_out"),
  number_wrong: ends("try_again", "refused", "number_malformed"),
  customer_slow: ends("tell_customer", "timed_out", "customer_timed_out"),
  customer_cancels: ends("tell_customer", "cancelled", "customer_cancelled"),
  bank_silent: ends("tell_customer", "failed", "host_unreachable", "not_debited"),
  bank_silent_after_debit: ends("tell_customer", "failed", "host_unreachable", "will_be_returned"),
  bank_declines: ends("tell_customer", "failed", "declined"),
  cash_not_asked: ends("tell_customer", "failed", "dispense_failed", "not_debited"),
  cash_not_dispensed: ends("tell_customer", "failed", "dispense_failed", "will_be_returned", true),
  cash_not_presented: ends("tell_customer", "failed", "present_failed", "will_be_returned", true),
  present_unknown: ends("tell_customer", "failed", "present_failed", "will_be_checked", true),
  cash_left: ends("tell_customer", "timed_out", "cash_not_taken", "will_be_checked"),
  power_lost: ends("tell_customer", "failed", "power_lost"),
  // Whoever is being served is served; nobody after them.
  machine_unfit: { then: "out_of_service", ends: null, money: null, operator: true },
  operator_there: { then: "out_of_service", ends: null, money: null, operator: false },
};

/** Ends the session as the table says, and calls somebody where it says so. */
export function answer(turn: Turn, symptom: Symptom): void {
  const { ends, money, operator, then } = ANSWERS[symptom];
  if (operator) callOperator(turn, symptom);
  if (then === "out_of_service") turn.trouble(symptom, true);
  if (ends !== null) endSession(turn, ...ends, money);
}

export function callOperator(turn: Turn, symptom: Symptom): void {
  turn.journal({ line: "operator_called", detail: symptom });
}

type Numbers<Letter extends string, Digits extends string> = `${Letter}${Digits}`;
type To9 = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type To19 = To9 | "10" | `1${To9}`;
type To29 = To19 | "20" | `2${To9}`;

/** Every id of the catalogue, written as a type: one without an answer does not compile. */
export type FaultId =
  | Numbers<"C", Exclude<To29, "25" | "26" | "27" | "28" | "29">>
  | Numbers<"K", To19 | "20" | "21">
  | Numbers<"D", To29 | "30" | "31" | "32" | "33" | "34" | "35" | "36">
  | Numbers<"P", Exclude<To19, "16" | "17" | "18" | "19">>
  | Numbers<"N", Exclude<To19, "19">>
  | Numbers<"E", To9 | "10" | "11">
  | Numbers<"G", Exclude<To19, "17" | "18" | "19">>
  | "L1";

/** A fault that any device can have comes to what that device's failing comes to. */
export type FaultAnswer = Symptom | "as_its_device";

/** Struck when what it breaks is about to be used, and not mended while the session lasts. */
export const SYMPTOM_OF: { readonly [Id in FaultId]: FaultAnswer } = {
  C1: "camera_dead",
  C2: "camera_dead",
  C3: "camera_dead",
  // Bytes that do not change are no picture of anything that stands there.
  C4: "camera_dead",
  C5: "camera_dead",
  C6: "pictures_useless",
  C7: "camera_dead",
  C8: "camera_dead",
  C9: "pictures_useless",
  C10: "nothing",
  C11: "nothing",
  C12: "nothing",
  C13: "pictures_useless",
  C14: "pictures_useless",
  C15: "pictures_useless",
  C16: "pictures_useless",
  C17: "pictures_useless",
  C18: "pictures_useless",
  C19: "another_face",
  C20: "not_living",
  C21: "nothing",
  C22: "reference_lost",
  C23: "nothing",
  C24: "reference_lost",
  K1: "typing_wrong",
  K2: "typing_wrong",
  K3: "typing_wrong",
  K4: "typing_wrong",
  K5: "nothing",
  K6: "keypad_dead",
  K7: "customer_slow",
  K8: "customer_slow",
  K9: "customer_cancels",
  K10: "number_wrong",
  K11: "keypad_dead",
  K12: "seal_broken",
  K13: "seal_broken",
  K14: "seal_broken",
  K15: "seal_broken",
  K16: "seal_broken",
  K17: "nothing",
  K18: "seal_broken",
  K19: "keypad_dead",
  K20: "bank_declines",
  K21: "seal_broken",
  D1: "nothing",
  D2: "nothing",
  D3: "nothing",
  D4: "nothing",
  D5: "nothing",
  D6: "nothing",
  D7: "nothing",
  D8: "cash_not_dispensed",
  D9: "nothing",
  D10: "cash_not_dispensed",
  D11: "cash_not_dispensed",
  D12: "cash_not_dispensed",
  D13: "cash_not_presented",
  D14: "cash_not_dispensed",
  D15: "nothing",
  D16: "nothing",
  D17: "cash_not_presented",
  D18: "cash_not_dispensed",
  D19: "present_unknown",
  D20: "nothing",
  D21: "cash_not_presented",
  D22: "cash_left",
  D23: "cash_left",
  D24: "cash_left",
  D25: "cash_left",
  D26: "cash_left",
  D27: "cash_not_dispensed",
  D28: "cash_not_dispensed",
  D29: "cash_not_dispensed",
  D30: "nothing",
  D31: "nothing",
  D32: "cash_left",
  D33: "cash_not_dispensed",
  // Where the profile wants tokens it comes to what D36 comes to.
  D34: "nothing",
  D35: "nothing",
  D36: "cash_not_dispensed",
  P1: "nothing",
  P2: "receipt_lost",
  P3: "receipt_lost",
  P4: "receipt_lost",
  P5: "receipt_lost",
  P6: "receipt_lost",
  P7: "nothing",
  P8: "nothing",
  P9: "receipt_lost",
  P10: "receipt_lost",
  P11: "nothing",
  P12: "nothing",
  P13: "nothing",
  P14: "receipt_lost",
  P15: "receipt_lost",
  N1: "bank_silent",
  N2: "bank_silent",
  N3: "bank_silent",
  N4: "bank_silent_after_debit",
  N5: "bank_silent",
  N6: "nothing",
  N7: "bank_silent",
  N8: "bank_silent",
  N9: "bank_silent_after_debit",
  N10: "bank_declines",
  N11: "bank_silent",
  N12: "nothing",
  N13: "nothing",
  N14: "nothing",
  N15: "nothing",
  N16: "camera_silent",
  N17: "typing_wrong",
  N18: "nothing",
  E1: "nothing",
  E2: "machine_unfit",
  E3: "power_lost",
  E4: "nothing",
  E5: "machine_unfit",
  E6: "machine_unfit",
  E7: "operator_there",
  E8: "machine_unfit",
  E9: "nothing",
  E10: "power_lost",
  E11: "nothing",
  G1: "as_its_device",
  G2: "as_its_device",
  G3: "as_its_device",
  G4: "as_its_device",
  G5: "as_its_device",
  G6: "as_its_device",
  G7: "as_its_device",
  G8: "as_its_device",
  G9: "as_its_device",
  G10: "machine_unfit",
  G11: "as_its_device",
  G12: "nothing",
  G13: "nothing",
  G14: "as_its_device",
  G15: "as_its_device",
  G16: "as_its_device",
  L1: "nothing",
};
