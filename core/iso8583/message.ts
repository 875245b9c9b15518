/**
 * ISO 8583:1987 messages as typed objects, keyed by data element number.
 *
 * The names beside the numbers are the standard's. Amounts are integers in fen. Binary elements are
 * upper-case hexadecimal. Element 52 (PIN data) holds an ISO 9564 format 4 block: 16 bytes, twice what
 * DE 52 has room for in 1987, so this network declares it as 16 bytes (decided once, here).
 *
 * Element 48 (additional data, private use) carries what the 1987 standard has no element for:
 * the number the customer typed, and what the face showed. Never an image, never a template.
 *
 * @module
 */
import type { Fen } from "../units.ts";

/** 0100 authorization (inquiry, PIN check) · 0200 financial (withdrawal) · 0420 reversal advice, 0421 its repeat · x10/x30 the answers. */
export type Mti = "0100" | "0110" | "0200" | "0210" | "0420" | "0421" | "0430";

/** DE 3: 33 customer and account inquiry, 31 balance (and PIN check), 01 cash withdrawal. */
export type ProcessingCode = "330000" | "310000" | "010000";

/**
 * DE 39, 1987: 00 approved · 14 no such customer · 51 not sufficient funds · 55 incorrect PIN ·
 * 61 exceeds amount limit · 62 restricted (locked) · 65 exceeds frequency limit · 75 PIN tries
 * exceeded · 25 unable to locate the original · 12 invalid transaction · 96 system malfunction.
 */
export type ResponseCode =
  | "00"
  | "12"
  | "14"
  | "25"
  | "51"
  | "55"
  | "61"
  | "62"
  | "65"
  | "75"
  | "96";

/** Why a reversal is sent (ISO 8583:2003 DE 25, carried in DE 48 of this network). */
export type ReversalReason =
  /** Timed out taking the money: nothing was taken. */
  | "4018"
  /** Suspected malfunction, no cash dispensed. */
  | "4017"
  /** Timed out waiting for the answer. */
  | "4021"
  /** Customer cancelled. */
  | "4000";

/** Private data of DE 48. */
export interface AdditionalData {
  /** What the customer typed: an 11-digit phone or an 18-character identity number (requests). */
  readonly number?: string;
  /** What the face showed: score and threshold of the 1:1 comparison (requests). */
  readonly face?: { readonly score: number; readonly threshold: number; readonly model: string };
  /** Whether a face reference of this customer exists (0110). */
  readonly reference?: "template" | "id_photo" | "none";
  /** PIN tries left (0110 or 0210 with 55). */
  readonly pin_tries_left?: number;
  /** Why this reversal is sent (0420, 0421). */
  readonly reason?: ReversalReason;
}

/** Data elements of this network. Absent means absent on the wire. */
export interface Fields {
  /** Primary account number: here the account token of the customer found by 0100. */
  readonly 2?: string;
  readonly 3?: ProcessingCode;
  /** Amount, transaction. */
  readonly 4?: Fen;
  /** Transmission date and time, MMDDhhmmss, wall clock of the ATM. */
  readonly 7?: string;
  /** System trace audit number, six digits. */
  readonly 11?: string;
  /** Local transaction time, hhmmss. */
  readonly 12?: string;
  /** Local transaction date, MMDD. */
  readonly 13?: string;
  /** Merchant category: 6011, automated cash disbursement. */
  readonly 18?: "6011";
  /** Point of service entry mode: 012, manual with PIN. */
  readonly 22?: "012";
  /** Retrieval reference number, twelve characters. */
  readonly 37?: string;
  /** Authorization identification response, six characters. */
  readonly 38?: string;
  readonly 39?: ResponseCode;
  /** Terminal, eight characters. */
  readonly 41?: string;
  readonly 48?: AdditionalData;
  /** Currency: 156, yuan renminbi. */
  readonly 49?: "156";
  /** PIN data: encrypted ISO 9564 format 4 block, 32 hexadecimal digits. */
  readonly 52?: string;
  /** Additional amounts: the available balance (0110 to a balance inquiry). */
  readonly 54?: Fen;
  /** Original data elements of a reversal: MTI + STAN + transmission date and time. */
  readonly 90?: string;
}

export interface Iso8583Message {
  readonly mti: Mti;
  readonly fields: Fields;
}
