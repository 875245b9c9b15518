/**
 * What the customer sees and may touch, without a word of any language: the text is looked up by page
 * and reason in `core/locale`, so a trace reads the same whatever language the session was held in.
 *
 * @module
 */
import type { QualityProblem } from "../face/result.ts";
import type { Fen } from "../units.ts";

export type Language = "bo" | "zh" | "en";

/** What a finger can press on one screen or another, but for amounts. */
export const CONTROLS = [
  "language_bo",
  "language_zh",
  "language_en",
  "face",
  "first_use",
  "other_way",
  "agree",
  "decline",
  "withdraw",
  "balance",
  "withdraw_consent",
  "other_amount",
  "cancel",
] as const;

/** What a finger can press on the screen. `amount_500` means 500 yuan. */
export type Control = (typeof CONTROLS)[number] | `amount_${number}`;

/** Why a session ended as it did; the screen, the journal and the trace use the same word. */
export type Reason =
  | "cash_taken"
  | "balance_shown"
  | "consent_withdrawn"
  | "customer_cancelled"
  | "consent_declined"
  | "other_way"
  | "presentation_attack"
  | "injected_feed"
  | "face_unusable"
  | "face_not_matched"
  | "no_reference"
  | "number_unknown"
  | "number_malformed"
  | "customer_locked"
  | "pin_locked"
  | "limit_exceeded"
  | "insufficient_funds"
  | "declined"
  | "customer_timed_out"
  | "cash_not_taken"
  | "host_unreachable"
  | "dispense_failed"
  | "present_failed"
  | "camera_failed"
  | "keypad_failed"
  | "power_lost";

/** What becomes of the customer's money: always said when something went wrong after a debit. */
export type MoneyPromise = "not_debited" | "will_be_returned" | "will_be_checked";

/** How many tries are left after a wrong PIN, or that nobody said; null: none was wrong. */
export type TriesLeft = number | "untold" | null;

export type Page =
  | { readonly page: "welcome" }
  | { readonly page: "consent" }
  | { readonly page: "look_at_camera"; readonly instruction: QualityProblem | "no_match" | null }
  | { readonly page: "please_wait"; readonly about: "face" | "bank" | "cash" }
  | {
    readonly page: "enter_number";
    /** As shown: a dot for each character. */
    readonly shown: string;
    readonly problem: "malformed" | "unknown" | null;
  }
  | {
    readonly page: "enter_pin";
    readonly entered: number;
    readonly tries_left: TriesLeft;
  }
  | { readonly page: "choose_service" }
  | { readonly page: "withdraw_consent" }
  | { readonly page: "show_balance"; readonly balance: Fen }
  | {
    readonly page: "choose_amount";
    readonly problem: "limit_exceeded" | "insufficient_funds" | "not_dispensable" | null;
  }
  | { readonly page: "enter_amount"; readonly entered: string }
  | { readonly page: "take_cash"; readonly amount: Fen; readonly hurry: boolean }
  | { readonly page: "take_receipt" }
  | { readonly page: "goodbye"; readonly amount: Fen | null }
  | { readonly page: "face_deleted" }
  | { readonly page: "sorry"; readonly reason: Reason; readonly money: MoneyPromise | null }
  | { readonly page: "out_of_service" };

export type Screen = Page & {
  readonly language: Language;
  /** What can be touched now, in the order shown. A non-face way is there until money moves. */
  readonly controls: readonly Control[];
};
