/**
 * AES DUKPT, ANSI X9.24-3:2017: a key for every transaction, from one key that both ends share.
 *
 * ```
 *   base key ──(IKID)──► initial key ──(counter)──► transaction key ──(usage)──► working key
 *   the bank's           the machine's              one transaction        PIN, MAC or data
 * ```
 *
 * Every arrow is one AES block over a text that says what the new key is for, so knowing a key
 * tells nothing of the one before the arrow. A machine that keeps only the keys still ahead of it
 * gives away, when it is taken apart, no transaction that it has done and no other machine; keeping
 * and erasing them is the pad's business, and this module only says which they are.
 *
 * The counter climbs; a transaction key follows it bit by bit, from the highest set bit down, as in
 * a tree. Counters with more than sixteen set bits are left out, so no key is more than sixteen
 * steps from the initial one.
 *
 * AES-128 throughout. The vectors are those of the standard's supplement (in the test).
 */
import { ecb } from "@noble/ciphers/aes.js";
import { assert } from "../assert.ts";

/** What a working key is for: the key usages of X9.24-3. */
export type WorkingKeyUsage =
  | "pin_encryption"
  | "mac_generation"
  | "mac_verification"
  | "mac_both_ways"
  | "data_encryption"
  | "data_decryption"
  | "data_both_ways"
  | "key_encryption";

const USAGES: Readonly<Record<WorkingKeyUsage | "derivation" | "initial", number>> = {
  key_encryption: 0x0002,
  pin_encryption: 0x1000,
  mac_generation: 0x2000,
  mac_verification: 0x2001,
  mac_both_ways: 0x2002,
  data_encryption: 0x3000,
  data_decryption: 0x3001,
  data_both_ways: 0x3002,
  derivation: 0x8000,
  initial: 0x8001,
};

const AES_128 = 0x0002;
const KEY_BITS = 128;
const KEY_BYTES = KEY_BITS / 8;
/** Initial key identifier: which base derivation key, and which machine. */
const IKID_BYTES = 8;
/** Key serial number: IKID and counter. It travels with what is encrypted, in the clear. */
const KSN_BYTES = 12;
const SET_BITS_MAX = 16;
const COUNTER_MAX = 0xffff_ffff;

/** The key that is loaded into one machine. `ikid` is 8 bytes. */
export function initialKey(baseDerivationKey: Uint8Array, ikid: Uint8Array): Uint8Array {
  assert(ikid.length === IKID_BYTES, "an initial key identifier has 8 bytes");
  return derive(baseDerivationKey, "initial", ikid);
}

/**
 * The key of one transaction, from a machine's initial key.
 *
 * @param counter 1 … 2³² − 1, at most sixteen bits set
 */
export function transactionKey(
  initial: Uint8Array,
  ikid: Uint8Array,
  counter: number,
): Uint8Array {
  assert(isCounter(counter), "a transaction counter has one to sixteen bits set");
  let [key, path] = [initial, 0];
  for (let bit = 31; bit >= 0; bit--) {
    const mask = (1 << bit) >>> 0;
    if ((counter & mask) === 0) continue;
    path = (path | mask) >>> 0;
    key = derive(key, "derivation", contextOf(ikid, path));
  }
  return key;
}

/** The key for one purpose within a transaction. */
export function workingKey(
  transaction: Uint8Array,
  usage: WorkingKeyUsage,
  ikid: Uint8Array,
  counter: number,
): Uint8Array {
  assert(isCounter(counter), "a transaction counter has one to sixteen bits set");
  return derive(transaction, usage, contextOf(ikid, counter));
}

/**
 * What the bank does with a key serial number: the working key that the machine used. `null` when
 * no machine can have sent it; anything can arrive over a network.
 */
export function workingKeyOf(
  baseDerivationKey: Uint8Array,
  ksn: Uint8Array,
  usage: WorkingKeyUsage,
): Uint8Array | null {
  if (ksn.length !== KSN_BYTES) return null;
  const ikid = ksn.slice(0, IKID_BYTES);
  const counter = new DataView(ksn.buffer, ksn.byteOffset).getUint32(IKID_BYTES);
  if (!isCounter(counter)) return null;
  const transaction = transactionKey(initialKey(baseDerivationKey, ikid), ikid, counter);
  return workingKey(transaction, usage, ikid, counter);
}

/** IKID and counter as they travel: 12 bytes. */
export function keySerialNumber(ikid: Uint8Array, counter: number): Uint8Array {
  assert(ikid.length === IKID_BYTES, "an initial key identifier has 8 bytes");
  assert(isCounter(counter), "a transaction counter has one to sixteen bits set");
  const ksn = new Uint8Array(KSN_BYTES);
  ksn.set(ikid);
  new DataView(ksn.buffer).setUint32(IKID_BYTES, counter);
  return ksn;
}

/**
 * The counter after this one, 0 being before the first; `null` when the machine's keys are used up.
 *
 * From a counter with sixteen bits the next is found by adding its lowest: all between have more.
 */
export function nextCounter(counter: number): number | null {
  assert(counter === 0 || isCounter(counter), "a transaction counter has one to sixteen bits set");
  const next = counter + (setBits(counter) < SET_BITS_MAX ? 1 : lowestSetBit(counter));
  return next > COUNTER_MAX ? null : next;
}

function isCounter(counter: number): boolean {
  return Number.isInteger(counter) && counter >= 1 && counter <= COUNTER_MAX &&
    setBits(counter) <= SET_BITS_MAX;
}

function setBits(counter: number): number {
  let [left, bits] = [counter, 0];
  for (; left > 0; left = Math.floor(left / 2)) bits += left % 2;
  return bits;
}

function lowestSetBit(counter: number): number {
  return (counter & -counter) >>> 0;
}

/** Of all but initial keys: the machine's half of the IKID, and the counter. */
function contextOf(ikid: Uint8Array, counter: number): Uint8Array {
  assert(ikid.length === IKID_BYTES, "an initial key identifier has 8 bytes");
  const context = new Uint8Array(IKID_BYTES);
  context.set(ikid.subarray(4));
  new DataView(context.buffer).setUint32(4, counter);
  return context;
}

/**
 * One arrow: AES over version 1, block 1 of 1, usage, algorithm, key length in bits, and eight
 * bytes of context. A key of 128 bits is one block, so the weakness of ECB over many does not
 * arise.
 */
function derive(key: Uint8Array, usage: keyof typeof USAGES, context: Uint8Array): Uint8Array {
  assert(key.length === KEY_BYTES, "an AES-128 key has 16 bytes");
  const data = new Uint8Array(KEY_BYTES);
  const view = new DataView(data.buffer);
  data.set([1, 1]);
  view.setUint16(2, USAGES[usage]);
  view.setUint16(4, AES_128);
  view.setUint16(6, KEY_BITS);
  data.set(context, 8);
  return ecb(key, { disablePadding: true }).encrypt(data);
}
