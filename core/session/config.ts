/** What the session core is told about the machine and the bank's policies. Data, never code. */
import type { Channel } from "../face/result.ts";
import type { PinFormat } from "../pin/mod.ts";
import type { Fen, Micros } from "../units.ts";

export interface SessionConfig {
  /** DE 41, eight characters. */
  readonly terminal: string;
  /** Numbers of host messages (DE 11) begin after it: 0 on a machine that never sent any. */
  readonly first_stan: number;
  /** The sensors that the machine has, the one that triggers the others first. */
  readonly cameras: readonly Channel[];
  /** Synchronous exposures judged together. */
  readonly exposures: number;
  /** From the face key to the first exposure, and between two exposures. */
  readonly look_pause: Micros;
  readonly exposure_gap: Micros;
  /** From an unusable look to the next one: time to follow the instruction. */
  readonly look_again: Micros;
  /** Unusable looks before the machine gives up. */
  readonly looks_max: number;
  /** Looks that showed somebody else. */
  readonly face_tries_max: number;
  readonly number_tries_max: number;
  /** The customer does nothing for so long. */
  readonly idle: Micros;
  readonly host_timeout: Micros;
  readonly hurry_after: Micros;
  readonly take_timeout: Micros;
  /** How long the last page stays. */
  readonly goodbye: Micros;
  /** Between two copies of an unacknowledged reversal. */
  readonly reversal_repeat: Micros;
  readonly amounts_yuan: readonly number[];
  readonly per_withdrawal: Fen;
  /** Name of the key in the PIN pad that seals PIN blocks. */
  readonly pin_key: string;
  /** Of those blocks: what the key makes and the host opens. */
  readonly pin_format: PinFormat;
  /** `id_photo_reference`: the bank's identity photo serves until a template is kept. */
  readonly first_use: "id_photo_reference" | "card_present_enrollment";
  /** Whether the dispenser wants a token of the bank's with every Dispense. */
  readonly dispense_tokens: boolean;
  /** Whether the camera seals every exposure, and pictures without a seal are refused. */
  readonly frame_seals: boolean;
  /** The order of a visit's steps. */
  readonly flow: {
    /** What is asked first. */
    readonly first: "face" | "number";
    /** Whether the PIN opens the services, or seals the one withdrawal after its amount. */
    readonly pin: "before_service" | "after_amount";
  };
  /** Whether the bank is told of every face that was not the customer's: it counts them. */
  readonly tell_face_refusals: boolean;
  /** Whether retracted cash is credited at once (default: reconciled by hand). */
  readonly retract_credit: boolean;
}
