/**
 * Where a session can stand, as a discriminated union; and the machine around it.
 *
 *   idle ─ consent ─ capturing ⇄ assessing ─ entering_number ─ looking_up ─ verifying
 *                                                                            │
 *   ending ◄─ printing ◄─ cash_waiting ◄─ presenting ◄─ dispensing     entering_pin ⇄ checking_pin
 *      ▲          retracting · rejecting · asking_present_status ▲           │
 *      └──── (any refusal, cancel, fault)         authorising ◄─ choosing_amount ◄─ choosing_service
 *
 * @module
 */
import type { FrameSet } from "../face/result.ts";
import type { ReversalReason } from "../iso8583/mod.ts";
import type { Fen, Micros } from "../units.ts";
import type { SessionConfig } from "./config.ts";
import type { Outcome } from "./effect.ts";
import type { Control, Language, Page, Reason } from "./screen.ts";

/** What is known of the visit so far. */
export interface Visit {
  readonly started: Micros;
  /** The customer agreed, on the page that says so, that a template is kept. */
  readonly consented: boolean;
  /** The live, usable capture held by the face pipeline. */
  readonly capture: string | null;
  readonly looks: number;
  readonly face_tries: number;
  readonly number_tries: number;
  readonly number: string | null;
  /** DE 2 of the customer the host found. */
  readonly account: string | null;
  readonly reference: "template" | "id_photo" | null;
  readonly face:
    | { readonly score: number; readonly threshold: number; readonly model: string }
    | null;
  readonly pin_accepted: boolean;
  readonly balance: Fen | null;
}

/** A debit the host has made, or may have made. */
export interface Debit {
  readonly stan: string;
  /** DE 7 of the request. */
  readonly sent: string;
  readonly amount: Fen;
  readonly account: string;
  /** The bank's permission to dispense, where the machine wants one. */
  readonly token?: string;
}

export type Session =
  | { readonly name: "out_of_service" }
  | { readonly name: "idle" }
  | { readonly name: "consent"; readonly visit: Visit; readonly then: "look" | "verify" }
  | {
    readonly name: "capturing";
    readonly visit: Visit;
    readonly capture: string;
    readonly taken: readonly FrameSet[];
    /** Requests of the exposure under way, and what has arrived of it. */
    readonly requests:
      | { readonly rgb: number; readonly nir: number; readonly depth: number }
      | null;
    readonly arrived: Partial<FrameSet>;
  }
  | { readonly name: "assessing"; readonly visit: Visit; readonly capture: string }
  | {
    readonly name: "entering_number";
    readonly visit: Visit;
    readonly request: number;
    readonly typed: number;
  }
  | { readonly name: "looking_up"; readonly visit: Visit; readonly stan: string }
  | { readonly name: "verifying"; readonly visit: Visit; readonly capture: string }
  | {
    readonly name: "entering_pin";
    readonly visit: Visit;
    readonly request: number;
    readonly typed: number;
    readonly tries_left: number | null;
  }
  | {
    readonly name: "sealing_pin";
    readonly visit: Visit;
    readonly request: number;
    /** What the PIN block is for: a PIN check, or the withdrawal of this amount. */
    readonly amount: Fen | null;
  }
  | { readonly name: "checking_pin"; readonly visit: Visit; readonly stan: string }
  | { readonly name: "choosing_service"; readonly visit: Visit }
  | { readonly name: "showing_balance"; readonly visit: Visit }
  | { readonly name: "choosing_amount"; readonly visit: Visit }
  | {
    readonly name: "entering_amount";
    readonly visit: Visit;
    readonly request: number;
    readonly typed: string;
  }
  | {
    readonly name: "denominating";
    readonly visit: Visit;
    readonly request: number;
    readonly amount: Fen;
  }
  | {
    readonly name: "asking_nonce";
    readonly visit: Visit;
    readonly request: number;
    readonly amount: Fen;
    readonly pin_block: string;
  }
  | { readonly name: "authorising"; readonly visit: Visit; readonly debit: Debit }
  | {
    readonly name: "dispensing";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | {
    readonly name: "presenting";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | { readonly name: "cash_waiting"; readonly visit: Visit; readonly debit: Debit }
  | {
    readonly name: "retracting";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | {
    readonly name: "rejecting";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
    readonly reason: Reason;
  }
  | {
    readonly name: "asking_present_status";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | {
    readonly name: "printing";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | { readonly name: "ending"; readonly outcome: Outcome; readonly reason: Reason };

export type SessionName = Session["name"];
export type StateOf<N extends SessionName> = Extract<Session, { name: N }>;

/** A reversal the host has not acknowledged: kept, and repeated, until it does. */
export interface PendingReversal {
  /** STAN of the reversal: the same in every copy. */
  readonly stan: string;
  readonly debit: Debit;
  readonly reason: ReversalReason;
  readonly copies_sent: number;
}

/** The whole state of the core: the session at the front and what outlives it. */
export interface Machine {
  readonly config: SessionConfig;
  readonly session: Session;
  readonly language: Language;
  /** The page shown now, kept so that a language key can show it again. */
  readonly page: Page;
  readonly controls: readonly Control[];
  /** Last numbers given out. */
  readonly request: number;
  readonly stan: number;
  readonly capture: number;
  /** Oldest first; the store-and-forward queue. */
  readonly reversals: readonly PendingReversal[];
}

/** A machine that has just been switched on. */
export function switchedOn(config: SessionConfig): Machine {
  return {
    config,
    session: { name: "out_of_service" },
    language: "zh",
    page: { page: "out_of_service" },
    controls: [],
    request: 0,
    stan: 0,
    capture: 0,
    reversals: [],
  };
}
