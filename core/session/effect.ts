/**
 * Everything the session core can wish for. It performs nothing itself: whoever runs it does.
 *
 * @module
 */
import type { FaceRequest } from "../face/result.ts";
import type { Iso8583Message } from "../iso8583/mod.ts";
import type { Fen, Micros } from "../units.ts";
import type { CommandMessage } from "../xfs4iot/mod.ts";
import type { Reason, Screen } from "./screen.ts";

/** XFS4IoT services the core commands, by the last part of their URI. */
export type DeviceName = "camera" | "pinpad" | "cashdispenser" | "printer" | "auxiliaries";

export type TimerName =
  /** The customer does nothing. */
  | "idle"
  /** Between two exposures, and after a failed look. */
  | "look"
  /** The host does not answer. */
  | "host"
  /** A device does not answer. */
  | "device"
  /** Say again that the cash waits; then swallow it. */
  | "hurry"
  | "retract"
  /** How long the last page stays. */
  | "goodbye"
  /** Repeat an unacknowledged reversal. */
  | "reversal"
  /** Repeat an unacknowledged advice. */
  | "advice";

export type Outcome = "served" | "refused" | "cancelled" | "timed_out" | "failed";

/** One line of the electronic journal; masked by construction, one line per movement of money. */
export interface JournalEntry {
  readonly line:
    | "session_started"
    | "consent_given"
    | "consent_withdrawn"
    | "face_deleted"
    | "face_assessed"
    | "face_verified"
    | "face_enrolled"
    | "face_not_kept"
    | "number_entered"
    | "pin_accepted"
    | "pin_refused"
    | "debit_authorised"
    | "debit_refused"
    | "cash_dispensed"
    | "cash_presented"
    | "cash_taken"
    | "cash_retracted_suspect"
    | "cash_rejected"
    | "reversal_queued"
    | "reversal_sent"
    | "reversal_acknowledged"
    | "receipt_printed"
    | "receipt_failed"
    /** Paper that nobody took, or that could not come out, is in the printer's bin. */
    | "receipt_retracted"
    | "operator_called"
    | "session_ended"
    /** The machine is on again; `detail`: the state that it was cut off in. */
    | "power_returned"
    | "maintenance_started"
    | "maintenance_ended"
    /** Nobody is served until an operator has come. */
    | "out_of_service";
  readonly amount?: Fen;
  /** System trace audit number of the host message it belongs to. */
  readonly stan?: string;
  /** Phone 3****4 or identity number 6********4. */
  readonly customer?: string;
  readonly detail?: string;
}

export type Effect =
  | { readonly type: "device"; readonly device: DeviceName; readonly message: CommandMessage }
  | { readonly type: "host"; readonly message: Iso8583Message }
  | { readonly type: "face"; readonly request: FaceRequest }
  | { readonly type: "screen"; readonly screen: Screen }
  /** Sets the timer of this name, replacing a running one; `null` stops it. */
  | { readonly type: "timer"; readonly timer: TimerName; readonly after: Micros | null }
  | { readonly type: "journal"; readonly entry: JournalEntry }
  | { readonly type: "ended"; readonly outcome: Outcome; readonly reason: Reason };

/**
 * Whether an effect is written down rather than done. A turn's writings are done as one act, together with
 * what the machine keeps without power, before anything else of the turn.
 */
export function isWriting({ type }: Effect): boolean {
  return type === "journal" || type === "ended";
}
