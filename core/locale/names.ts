/**
 * Lists of the names that texts are made for, each proved complete by the compiler: the tests walk
 * them, and the dashboard offers them.
 *
 * @module
 */
import type { FaceResult, QualityProblem } from "../face/mod.ts";
import type {
  Control,
  JournalEntry,
  MoneyPromise,
  Outcome,
  Reason,
  SessionName,
} from "../session/mod.ts";

/** The keys of a record the compiler requires to be complete. A page takes only the lists it uses. */
// @__NO_SIDE_EFFECTS__
function all<Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] {
  return Object.keys(names) as Name[];
}

export const OUTCOMES = all<Outcome>({
  served: true,
  refused: true,
  cancelled: true,
  timed_out: true,
  failed: true,
});

export const MONEY_PROMISES = all<MoneyPromise>({
  not_debited: true,
  will_be_returned: true,
  will_be_checked: true,
});

export const REASONS = all<Reason>({
  cash_taken: true,
  balance_shown: true,
  consent_withdrawn: true,
  customer_cancelled: true,
  consent_declined: true,
  other_way: true,
  presentation_attack: true,
  injected_feed: true,
  face_unusable: true,
  face_not_matched: true,
  no_reference: true,
  number_unknown: true,
  number_malformed: true,
  customer_locked: true,
  pin_locked: true,
  limit_exceeded: true,
  insufficient_funds: true,
  declined: true,
  customer_timed_out: true,
  cash_not_taken: true,
  host_unreachable: true,
  dispense_failed: true,
  present_failed: true,
  camera_failed: true,
  keypad_failed: true,
  power_lost: true,
});

export const QUALITY_PROBLEMS = all<QualityProblem>({
  no_face: true,
  several_faces: true,
  too_far: true,
  too_close: true,
  off_centre: true,
  turned_away: true,
  too_dark: true,
  too_bright: true,
  blurred: true,
  eyes_closed: true,
  covered: true,
});

/** What the face engine answers, whatever it was asked for. */
export const VERDICTS = all<FaceResult["verdict"]>({
  live: true,
  presentation_attack: true,
  injected: true,
  unusable: true,
  match: true,
  no_match: true,
  no_reference: true,
  enrolled: true,
  not_kept: true,
  deleted: true,
  forgotten: true,
});

export const JOURNAL_LINES = all<JournalEntry["line"]>({
  session_started: true,
  consent_given: true,
  consent_withdrawn: true,
  face_deleted: true,
  face_assessed: true,
  face_verified: true,
  face_enrolled: true,
  face_not_kept: true,
  number_entered: true,
  pin_accepted: true,
  pin_refused: true,
  debit_authorised: true,
  debit_refused: true,
  cash_dispensed: true,
  cash_presented: true,
  cash_taken: true,
  cash_retracted_suspect: true,
  cash_rejected: true,
  reversal_queued: true,
  reversal_sent: true,
  reversal_acknowledged: true,
  receipt_printed: true,
  receipt_failed: true,
  receipt_retracted: true,
  operator_called: true,
  session_ended: true,
  power_returned: true,
  maintenance_started: true,
  maintenance_ended: true,
  out_of_service: true,
});

/** Controls with a text of their own; `amount_N` are built from the number. */
export const NAMED_CONTROLS = all<Exclude<Control, `amount_${number}`>>({
  language_bo: true,
  language_zh: true,
  language_en: true,
  face: true,
  first_use: true,
  other_way: true,
  agree: true,
  decline: true,
  withdraw: true,
  balance: true,
  withdraw_consent: true,
  other_amount: true,
  cancel: true,
});

// Their file and not their room: a page that says their names needs no codec.
export { MTIS, RESPONSE_CODES } from "../iso8583/message.ts";

/** The states of a session by the stage of the visit they belong to, in the order of a withdrawal. */
export const STAGES = {
  welcome: ["idle", "consent"],
  face: ["capturing", "assessing", "verifying"],
  number: ["entering_number", "looking_up"],
  pin: ["entering_pin", "sealing_pin", "checking_pin"],
  service: [
    "choosing_service",
    "showing_balance",
    "withdrawing_consent",
    "choosing_amount",
    "entering_amount",
    "denominating",
  ],
  money: [
    "asking_nonce",
    "authorising",
    "dispensing",
    "presenting",
    "cash_waiting",
    "retracting",
    "rejecting",
    "asking_present_status",
  ],
  end: ["printing", "ending", "recovering", "maintenance", "out_of_service"],
} as const satisfies Readonly<Record<string, readonly SessionName[]>>;
export type Stage = keyof typeof STAGES;
