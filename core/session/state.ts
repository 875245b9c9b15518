/**
 * Where a session can stand, as a discriminated union; and the machine around it.
 *
 *   idle ─ consent ─ capturing ⇄ assessing ─ entering_number ─ looking_up ─ verifying
 *                                                                            │
 *   ending ◄─ printing ◄─ cash_waiting ◄─ presenting ◄─ dispensing     entering_pin ⇄ checking_pin
 *      ▲          retracting · rejecting · asking_present_status ▲           │
 *      └──── (any refusal, cancel, fault)         authorising ◄─ choosing_amount ◄─ choosing_service
 *
 * That is the first of the orders a machine profile can ask for (`config.flow`); in the others the number
 * comes before the face, or the PIN after the amount.
 *
 * @module
 */
import type { Channel, FrameSet } from "../face/result.ts";
import type { ReversalReason } from "../iso8583/mod.ts";
import type { Fen, Micros } from "../units.ts";
import type { SessionConfig } from "./config.ts";
import type { Outcome } from "./effect.ts";
import type { Control, Language, Page, Reason, TriesLeft } from "./screen.ts";

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

/** What a loss of power cut off, and what is known of it since power came back. */
export interface Interrupted {
  readonly during: SessionName;
  /** The debit that was neither paid out nor undone yet. */
  readonly debit: Debit | null;
  /** The journal says already that power came back and the session ended. */
  readonly told: boolean;
  /** Of the last Dispense, as the dispenser tells it; null: not asked yet, or nothing was dispensed. */
  readonly present_state: "presented" | "notPresented" | "unknown" | null;
  /** Notes lay where a customer could reach them; null: not asked yet. */
  readonly within_reach: boolean | null;
}

export type Session =
  /** `interrupted`: power came back, and what it cut off is still to be looked into. */
  | { readonly name: "out_of_service"; readonly interrupted: Interrupted | null }
  | {
    readonly name: "maintenance";
    readonly request: number;
    readonly step: "starting" | "open" | "ending" | "clearing";
  }
  | {
    readonly name: "recovering";
    readonly interrupted: Interrupted;
    readonly request: number;
  }
  | { readonly name: "idle" }
  | { readonly name: "consent"; readonly visit: Visit; readonly then: "look" | "verify" }
  | {
    readonly name: "capturing";
    readonly visit: Visit;
    readonly capture: string;
    readonly taken: readonly FrameSet[];
    /** Requests of the exposure under way, and what has arrived of it. */
    readonly requests: Partial<Readonly<Record<Channel, number>>> | null;
    readonly arrived: Partial<FrameSet>;
    /** What the exposure under way is sealed with; null where no seals are wanted. */
    readonly nonce: string | null;
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
    readonly tries_left: TriesLeft;
    /** What the PIN is for: a check (null), or the withdrawal of this amount. */
    readonly amount: Fen | null;
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
  | { readonly name: "withdrawing_consent"; readonly visit: Visit }
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
    /** The dispenser says that the notes were taken, and not yet that they are presented. */
    readonly taken: boolean;
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
    readonly taken: boolean;
  }
  | {
    readonly name: "printing";
    readonly visit: Visit;
    readonly request: number;
    readonly debit: Debit;
  }
  | { readonly name: "ending"; readonly outcome: Outcome; readonly reason: Reason };

export type SessionName = Session["name"];
const EVERY: Readonly<Record<SessionName, true>> = {
  out_of_service: true,
  recovering: true,
  maintenance: true,
  idle: true,
  consent: true,
  capturing: true,
  assessing: true,
  entering_number: true,
  looking_up: true,
  verifying: true,
  entering_pin: true,
  sealing_pin: true,
  checking_pin: true,
  choosing_service: true,
  withdrawing_consent: true,
  showing_balance: true,
  choosing_amount: true,
  entering_amount: true,
  denominating: true,
  asking_nonce: true,
  authorising: true,
  dispensing: true,
  presenting: true,
  cash_waiting: true,
  retracting: true,
  rejecting: true,
  asking_present_status: true,
  printing: true,
  ending: true,
};
/** Every state a session can be in: complete by its type, and without what the states do. */
export const SESSION_NAMES = Object.keys(EVERY) as readonly SessionName[];
export type StateOf<N extends SessionName> = Extract<Session, { name: N }>;

/** A reversal the host has not acknowledged: kept, and repeated, until it does. */
export interface PendingReversal {
  /** STAN of the reversal: the same in every copy. */
  readonly stan: string;
  readonly debit: Debit;
  readonly reason: ReversalReason;
  readonly copies_sent: number;
}

/** What the bank must know and has not acknowledged: kept, and repeated, until it does. */
export interface PendingAdvice {
  /** STAN and DE 7 of the advice: the same in every copy. */
  readonly stan: string;
  readonly sent: string;
  readonly account: string;
  readonly about:
    | { readonly what: "reference"; readonly reference: "template" | "none" }
    | { readonly what: "face_refused"; readonly face: NonNullable<Visit["face"]> };
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
  /** How often it was switched on again. */
  readonly lives: number;
  /** Last numbers given out. */
  readonly request: number;
  readonly stan: number;
  readonly capture: number;
  /** Oldest first; the store-and-forward queue. */
  readonly reversals: readonly PendingReversal[];
  readonly advices: readonly PendingAdvice[];
  /** An operator's switch says that nobody is to be served. */
  readonly operator: boolean;
  /** Notes lie where they must not, and the dispenser could not clear them: an operator must. */
  readonly blocked: boolean;
  /** Where the last receipt is, as far as the printer has said; `stuck`: it could not be put away. */
  readonly paper: "none" | "in_slot" | "unknown" | "stuck";
  /** The reset that is to put it away, while it is not answered. */
  readonly clearing: number | null;
  /** What keeps the machine from serving, sorted: parts that fail, doors that stand open. */
  readonly troubles: readonly string[];
}

/**
 * What the machine keeps without power. Whoever runs the core writes it down together with a turn's
 * journal lines, before anything else that the turn wishes is done: so no command and no message is ever
 * under way that is not known of afterwards.
 */
export interface Kept {
  readonly stan: number;
  /** How often it was switched on again: see {@linkcode REQUESTS_OF_A_LIFE}. */
  readonly lives: number;
  readonly capture: number;
  readonly reversals: readonly PendingReversal[];
  readonly advices: readonly PendingAdvice[];
  readonly interrupted: Interrupted;
}

export function keptOf(machine: Machine): Kept {
  const { stan, lives, capture, reversals, advices, session } = machine;
  return { stan, lives, capture, reversals, advices, interrupted: interruptedOf(session) };
}

function interruptedOf(session: Session): Interrupted {
  if (session.name === "recovering") return session.interrupted;
  if (session.name === "out_of_service" && session.interrupted !== null) return session.interrupted;
  // While the receipt is printed the cash is in the customer's hand, and the journal says so.
  const debit = "debit" in session && session.name !== "printing" ? session.debit : null;
  return { during: session.name, debit, told: false, present_state: null, within_reach: null };
}

/**
 * Each life numbers its requests from a round number of its own: a device that ran on may answer what was
 * asked before, and that answers nothing else. The last number alone would not do: a request whose power
 * is cut before it leaves was counted and never made.
 */
const REQUESTS_OF_A_LIFE = 10_000;

/** A machine that has just been switched on; `kept`: what it knew when its power was cut. */
export function switchedOn(config: SessionConfig, kept?: Kept): Machine {
  const lives = kept === undefined ? 0 : kept.lives + 1;
  return {
    config,
    session: { name: "out_of_service", interrupted: kept?.interrupted ?? null },
    language: "zh",
    page: { page: "out_of_service" },
    controls: [],
    request: REQUESTS_OF_A_LIFE * lives,
    lives,
    stan: kept?.stan ?? config.first_stan,
    capture: kept?.capture ?? 0,
    reversals: kept?.reversals ?? [],
    advices: kept?.advices ?? [],
    operator: false,
    blocked: false,
    paper: "unknown",
    clearing: null,
    troubles: [],
  };
}
