/**
 * What tells one request from another, and what an answer repeats of it.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  type Fields,
  type Iso8583Message,
  type Mti,
  TRACE_NUMBER,
  TRANSMISSION_TIME,
} from "../../core/iso8583/mod.ts";
import { canonicalJson } from "../../core/json.ts";

/** One request for ever: MTI, STAN, transmission date and time, terminal. */
export type Key = string & { readonly unit: "request key" };

const ORIGINAL_PATTERN = /^0[12]00[0-9]{16}$/;

/** What an answer repeats so that the machine knows which request it answers. */
const REPEATED = [2, 3, 4, 7, 11, 12, 13, 37, 41, 49, 90] as const;

/** The key of a request, or `null` when it does not carry what makes one. */
export function keyOf(mti: "0100" | "0120" | "0200", fields: Fields): Key | null {
  const { 7: transmitted = "", 11: stan = "", 41: terminal } = fields;
  if (!TRACE_NUMBER.test(stan) || !TRANSMISSION_TIME.test(transmitted)) return null;
  return terminal === undefined ? null : key(mti + stan + transmitted, terminal);
}

/** The key of the request a reversal is about: DE 90, of the same terminal. */
export function originalKeyOf(fields: Fields): Key | null {
  const { 41: terminal, 90: original = "" } = fields;
  if (!ORIGINAL_PATTERN.test(original) || terminal === undefined) return null;
  return key(original, terminal);
}

/** What two copies of one request must agree on. The PIN block is not in it: it holds chance. */
export function detailsOf(fields: Fields): string {
  const { 2: pan, 3: processing, 4: amount, 48: additional } = fields;
  const { number, reference } = additional ?? {};
  return canonicalJson({ pan, processing, amount, number, reference });
}

/** Key of {@linkcode sealedDetails}: it keeps a store from telling a number to whoever guesses. */
const DETAILS_KEY = sha256(utf8ToBytes("atm-twin/bank/request-details"));

/** The same for a store: equal where the details are, telling nothing of them. */
export function sealedDetails(details: string): string {
  return bytesToHex(hmac(sha256, DETAILS_KEY, utf8ToBytes(details)));
}

/** An answer: what is repeated of the request, and what the host adds. */
export function answerTo(mti: Mti, request: Fields, verdict: Fields): Iso8583Message {
  const repeated: { -readonly [E in keyof Fields]?: unknown } = {};
  for (const element of REPEATED) {
    if (request[element] !== undefined) repeated[element] = request[element];
  }
  return { mti, fields: { ...repeated as Fields, ...verdict } };
}

function key(original: string, terminal: string): Key {
  return `${original}@${terminal}` as Key;
}
