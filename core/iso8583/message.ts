/**
 * ISO 8583:1987 messages as typed objects, keyed by data element number.
 *
 * The names beside the numbers are the standard's. Amounts are integers in fen. Binary elements are
 * upper-case hexadecimal. Element 52 (PIN data) holds an ISO 9564 format 4 block: 16 bytes, twice
 * what DE 52 has room for in 1987. On a wire that keeps those 8 bytes it holds one of format 0 or 3.
 *
 * Element 48 (additional data, private use) carries what the 1987 standard has no element for:
 * the number the customer typed, and what the face showed. Never an image, never a template.
 *
 * @module
 */
import type { Fen } from "../units.ts";

/**
 * 0100 authorization (inquiry, PIN check) · 0120 authorization advice, 0121 its repeat · 0200 financial
 * (withdrawal) · 0420 reversal advice, 0421 its repeat · 0110, 0130, 0210, 0430 the answers.
 */
export const MTIS = [
  "0100",
  "0110",
  "0120",
  "0121",
  "0130",
  "0200",
  "0210",
  "0420",
  "0421",
  "0430",
] as const;
export type Mti = typeof MTIS[number];

/**
 * DE 3: 33 customer and account inquiry, 31 balance (and PIN check), 01 cash withdrawal. Of the range for
 * private use: 91 the face reference kept of a customer has changed, 92 a face was not the customer's.
 */
export const PROCESSING_CODES = ["330000", "310000", "010000", "910000", "920000"] as const;
export type ProcessingCode = typeof PROCESSING_CODES[number];

/**
 * DE 39, 1987: 00 approved · 14 no such customer · 51 not sufficient funds · 55 incorrect PIN ·
 * 61 exceeds amount limit · 62 restricted (locked) · 65 exceeds frequency limit · 75 PIN tries
 * exceeded · 25 unable to locate the original · 12 invalid transaction · 96 system malfunction.
 * A0, of the range left to networks: the message authentication code is wrong (China UnionPay's code).
 */
export const RESPONSE_CODES = [
  "00",
  "12",
  "14",
  "25",
  "51",
  "55",
  "61",
  "62",
  "65",
  "75",
  "96",
  "A0",
] as const;
export type ResponseCode = typeof RESPONSE_CODES[number];

/**
 * DE 39 of a 0430 after which nothing is left to undo. 00: done. 25: the host never saw the debit. 94: the
 * host has undone it before.
 */
export const REVERSAL_ACKNOWLEDGED: readonly string[] = ["00", "25", "94"];

/**
 * DE 39 of a 0130 after which an advice is not sent again. 00: taken. 94: taken before. The others are of
 * a host that understood it and never takes it: 05, 12, 57 and 58 not this, 14 not of this customer, 40 it
 * has no such function, 62 not any more, since consent was withdrawn.
 */
export const ADVICE_ACKNOWLEDGED: readonly string[] = [
  "00",
  "05",
  "12",
  "14",
  "40",
  "57",
  "58",
  "62",
  "94",
];

/**
 * Why a reversal is sent (ISO 8583:2003 DE 25, carried in DE 48 of this network): 4018 timed out
 * taking the money, nothing was taken · 4017 suspected malfunction, no cash dispensed · 4021 timed
 * out waiting for the answer · 4000 customer cancelled.
 */
export const REVERSAL_REASONS = ["4018", "4017", "4021", "4000"] as const;
export type ReversalReason = typeof REVERSAL_REASONS[number];

const DAYS = [
  "(0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])",
  "(0[469]|11)(0[1-9]|[12][0-9]|30)",
  "02(0[1-9]|[12][0-9])",
].join("|");

/** DE 7, MMDDhhmmss: a day that some year has, and a time that it has. */
export const TRANSMISSION_TIME = new RegExp(`^(${DAYS})([01][0-9]|2[0-3])([0-5][0-9]){2}$`);

/** DE 11: machines number from 000001 to 999999 and begin again; 000000 is the number of nothing. */
export const TRACE_NUMBER = /^(?!0{6})[0-9]{6}$/;

/** DE 22 of this network. */
export const ENTRY_MODES = ["011", "012"] as const;

/** What a face can be compared with. */
export const FACE_REFERENCES = ["template", "id_photo", "none"] as const;

/** Private data of DE 48. */
export interface AdditionalData {
  /** What the customer typed: an 11-digit phone or an 18-character identity number (requests). */
  readonly number?: string;
  /** What the face showed: score and threshold of the 1:1 comparison (requests and advices). */
  readonly face?: { readonly score: number; readonly threshold: number; readonly model: string };
  /** Whether a face reference of this customer exists (0110), or from now on (0120). */
  readonly reference?: typeof FACE_REFERENCES[number];
  /** PIN tries left (0110 or 0210 with 55). */
  readonly pin_tries_left?: number;
  /** The dispenser's nonce (0200), and the permission to dispense made with it (0210). */
  readonly nonce?: string;
  readonly token?: string;
  /** Why this reversal is sent (0420, 0421). */
  readonly reason?: ReversalReason;
  /** A new key in an X9.143 key block (0810). */
  readonly key_block?: string;
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
  /** System trace audit number, 000001 to 999999. */
  readonly 11?: string;
  /** Local transaction time, hhmmss. */
  readonly 12?: string;
  /** Local transaction date, MMDD. */
  readonly 13?: string;
  /** Merchant category: 6011, automated cash disbursement. */
  readonly 18?: "6011";
  /**
   * Point of service entry mode: typed by hand (01), at a terminal where a PIN can be entered (1). Hosts
   * differ in what they write in the third place where there is a PIN, so 012 is read too.
   */
  readonly 22?: typeof ENTRY_MODES[number];
  /** Retrieval reference number, twelve characters. */
  readonly 37?: string;
  /** Authorization identification response, six characters. */
  readonly 38?: string;
  /** This network's own are {@linkcode RESPONSE_CODES}; a host of somebody else's may give any other. */
  readonly 39?: string;
  /** Terminal, eight characters. */
  readonly 41?: string;
  readonly 48?: AdditionalData;
  /** Currency: 156, yuan renminbi. */
  readonly 49?: "156";
  /** PIN data: encrypted ISO 9564 block, 32 hexadecimal digits of format 4, 16 of format 0 or 3. */
  readonly 52?: string;
  /** Message authentication code, 16 hexadecimal digits, where nothing above 64 follows. */
  readonly 64?: string;
  /** Additional amounts: the available balance (0110 to a balance inquiry). */
  readonly 54?: Fen;
  /** Original data elements of a reversal: MTI + STAN + transmission date and time. */
  readonly 90?: string;
  /** Message authentication code of a message with elements above 64. */
  readonly 128?: string;
}

export interface Iso8583Message {
  readonly mti: Mti;
  readonly fields: Fields;
}

/** DE 70: 001 sign-on · 002 sign-off · 101 key change · 301 echo test. */
export const NETWORK_CODES = ["001", "002", "101", "301"] as const;

/** 0800 network management, 0810 its answer: about the line, never about a customer. */
export const NETWORK_MTIS = ["0800", "0810"] as const;

/** What network management carries. Element 70 is announced by the second bitmap. */
export interface NetworkFields extends Pick<Fields, 7 | 11 | 12 | 13 | 39 | 41 | 48> {
  readonly 70?: typeof NETWORK_CODES[number];
}

/**
 * Network management has a type of its own, so that neither the session core nor the ledger can be
 * handed any: the ends of a line answer it themselves.
 */
export interface NetworkMessage {
  readonly mti: typeof NETWORK_MTIS[number];
  readonly fields: NetworkFields;
}

/** Anything this network carries. */
export type WireMessage = Iso8583Message | NetworkMessage;
