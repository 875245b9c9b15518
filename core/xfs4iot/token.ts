/**
 * End-to-end security: the permission to dispense, made by whoever holds the key (the bank), spent at
 * the dispenser, and of no use to anybody in between.
 *
 *   dispenser ──GetCommandNonce──► nonce ──► bank ──token──► Dispense ──► dispenser
 *
 *   NONCE=9A…,TOKENFORMAT=1,TOKENLENGTH=0164,DISPENSE1=500.00CNY,HMACSHA256=64 hexadecimal digits
 *
 * `TOKENLENGTH` counts the whole token in decimal; the HMAC covers everything up to and including
 * `HMACSHA256=`. (Some implementations out there write the length in hexadecimal; the standard's own
 * example is decimal.)
 *
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../assert.ts";
import type { Fen } from "../units.ts";

/** Characters a token may have. */
const LENGTH_MAX = 1024;

const TOKEN =
  /^NONCE=([0-9A-F]+),TOKENFORMAT=1,TOKENLENGTH=([0-9]{4}),((?:[A-Z0-9]+=[^,=]+,)+)HMACSHA256=([0-9A-F]{64})$/;
const AMOUNT = /^([0-9]{1,12})(?:\.([0-9]{2}))?([A-Z]{3})$/;

/** What a dispense token says; `genuine`: its HMAC was made with this key. */
export interface DispenseToken {
  readonly nonce: string;
  readonly genuine: boolean;
  /** What may be dispensed with it; null when it does not say, or not once. */
  readonly amount: { readonly fen: Fen; readonly currency: string } | null;
}

/** A token for one Dispense of at most this amount of yuan. */
export function makeDispenseToken(nonce: string, amount: Fen, key: Uint8Array): string {
  return makeToken(nonce, `DISPENSE1=${yuanText(amount)}`, key);
}

/** What became of a Dispense, for whoever made its token. */
export interface PresentReport {
  /** The HMAC of that token. */
  readonly dispense: string;
  readonly dispensed: Fen;
  readonly presented: boolean;
  /** Whether notes of it came back into the machine. */
  readonly retracted: boolean;
}

/**
 * The dispenser's signed word about its last Dispense (`GetPresentStatus` with a nonce): nobody between
 * it and the bank can make presented cash look as if it never left.
 */
export function makePresentToken(nonce: string, report: PresentReport, key: Uint8Array): string {
  const { dispense, dispensed, presented, retracted } = report;
  const members = [
    `DISPENSEID=${dispense}`,
    `DISPENSED1=${yuanText(dispensed)}`,
    `PRESENTED1=${presented ? "YES" : "NO"}`,
    `PRESENTEDAMOUNT1=${yuanText((presented ? dispensed : 0) as Fen)}`,
    `RETRACTED1=${retracted ? "YES" : "NO"}`,
  ];
  return makeToken(nonce, members.join(","), key);
}

function yuanText(amount: Fen): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}CNY`;
}

function makeToken(nonce: string, members: string, key: Uint8Array): string {
  assert(/^[0-9A-F]+$/.test(nonce), "a nonce is in hexadecimal");
  const text = (length: number) =>
    `NONCE=${nonce},TOKENFORMAT=1,TOKENLENGTH=${String(length).padStart(4, "0")},` +
    `${members},HMACSHA256=`;
  const whole = text(text(0).length + 64);
  const token = whole + macOf(whole, key);
  assert(token.length <= LENGTH_MAX, "a token is short");
  return token;
}

/** Reads a token; null when it is none: another format, or another length than it says. */
export function readDispenseToken(token: string, key: Uint8Array): DispenseToken | null {
  if (token.length > LENGTH_MAX) return null;
  const [, nonce, length, members, mac] = TOKEN.exec(token) ?? [];
  if (nonce === undefined || members === undefined || mac === undefined) return null;
  if (Number(length) !== token.length) return null;
  const expected = macOf(token.slice(0, -64), key);
  const named = members.split(",").filter((member) => member.startsWith("DISPENSE1="));
  const [, yuan, cents = "00", currency] =
    AMOUNT.exec(named.length === 1 ? named[0]?.slice("DISPENSE1=".length) ?? "" : "") ?? [];
  const amount = yuan === undefined || currency === undefined
    ? null
    : { fen: (Number(yuan) * 100 + Number(cents)) as Fen, currency };
  return { nonce, genuine: same(mac, expected), amount };
}

function macOf(text: string, key: Uint8Array): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes(text))).toUpperCase();
}

/** Compares every character, so that the time taken tells nothing of where two texts part. */
function same(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}
