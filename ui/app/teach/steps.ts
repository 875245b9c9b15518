/**
 * A run as a lesson: one step for each thing the customer is shown, in order.
 *
 * ```
 *   screens   welcome  look  wait  number number number  wait …  goodbye │ welcome
 *   steps     └──────┘ └──┘ └──┘ └────────────────────┘ └──┘     └─────┘ │ the lesson is over
 * ```
 *
 * Steps are read from the trace, never scripted: another outcome is another lesson.
 *
 * @module
 */
import type { Screen } from "../../../core/session/mod.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";

/** What is explained; each has a `teach_why-…` and a `teach_say-…`. */
export const STEP_KINDS = [
  "welcome",
  "consent",
  "look",
  "look_again",
  "judging",
  "number",
  "bank",
  "pin",
  "pin_again",
  "service",
  "withdraw_consent",
  "amount",
  "counting",
  "balance",
  "cash",
  "hurry",
  "taking_back",
  "receipt",
  "goodbye",
  "face_deleted",
  "other_way",
  "cancelled",
  "not_seen",
  "not_verified",
  "locked",
  "account_refused",
  "returned",
  "checked",
  "ended",
  "out_of_service",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Step {
  readonly kind: StepKind;
  /** Lines folded to see it: the moment to show. */
  readonly n: number;
}

/** Cash and receipt are gone when the next screen comes: these are shown as they begin. */
const SHOWN_AT_THE_BEGINNING: readonly StepKind[] = ["welcome", "cash", "hurry", "goodbye"];

/** The steps of a run, up to the last page of its first visit. */
export function stepsOf(lines: readonly TraceLine[]): Step[] {
  const steps: Step[] = [];
  let over = false;
  for (const line of lines) {
    if (line.type === "outcome") over = true;
    if (line.type !== "screen") continue;
    const last = steps.at(-1);
    const kind = kindOf(line.screen as unknown as Screen, last?.kind);
    if (last !== undefined && !SHOWN_AT_THE_BEGINNING.includes(last.kind)) {
      steps[steps.length - 1] = { ...last, n: line.n - 1 };
    }
    if (over && kind === "welcome") break;
    if (kind !== last?.kind) steps.push({ kind, n: line.n });
  }
  return steps;
}

/** What a page is explained as. The same page counts notes, and takes back those that nobody took. */
function kindOf(screen: Screen, before: StepKind | undefined): StepKind {
  switch (screen.page) {
    case "welcome":
    case "consent":
    case "withdraw_consent":
    case "goodbye":
    case "face_deleted":
    case "out_of_service":
      return screen.page;
    case "look_at_camera":
      return screen.instruction === null ? "look" : "look_again";
    case "please_wait":
      if (screen.about === "face") return "judging";
      if (screen.about === "bank") return "bank";
      return before === "cash" || before === "hurry" ? "taking_back" : "counting";
    case "enter_number":
      return "number";
    case "enter_pin":
      return screen.tries_left === null ? "pin" : "pin_again";
    case "choose_service":
      return "service";
    case "choose_amount":
    case "enter_amount":
      return "amount";
    case "show_balance":
      return "balance";
    case "take_cash":
      return screen.hurry ? "hurry" : "cash";
    case "take_receipt":
      return "receipt";
    case "sorry":
      return sorryKind(screen);
  }
}

/** Every reason is named: a new one has to say here what a trainer is told about it. */
function sorryKind({ reason, money }: Extract<Screen, { readonly page: "sorry" }>): StepKind {
  if (money === "will_be_returned") return "returned";
  if (money === "will_be_checked") return "checked";
  switch (reason) {
    case "pin_locked":
      return "locked";
    // The bank says no more than that, and it is not always a PIN: consent withdrawn elsewhere, too.
    case "customer_locked":
      return "account_refused";
    case "consent_declined":
    case "other_way":
      return "other_way";
    case "customer_cancelled":
    case "customer_timed_out":
      return "cancelled";
    case "face_unusable":
      return "not_seen";
    // Of these the screen says one and the same.
    case "presentation_attack":
    case "injected_feed":
    case "face_not_matched":
      return "not_verified";
    case "cash_taken":
    case "balance_shown":
    case "consent_withdrawn":
    case "no_reference":
    case "number_unknown":
    case "number_malformed":
    case "limit_exceeded":
    case "insufficient_funds":
    case "declined":
    case "cash_not_taken":
    case "host_unreachable":
    case "dispense_failed":
    case "present_failed":
    case "camera_failed":
    case "keypad_failed":
    case "power_lost":
      return "ended";
  }
}
