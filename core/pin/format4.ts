/**
 * ISO 9564-1 format 4: the PIN block for AES.
 *
 * ```
 *   PIN field   4 L P P P P P/A … A A | 8 random bytes    L = length of the PIN, filled with A
 *   PAN field   M A A A A A A A … 0 0 0 0 0 0 0 0 0 0 0   M = length of the PAN − 12, filled with 0
 *
 *   block = AES( AES(PIN field) ⊕ PAN field )
 * ```
 *
 * The random half makes two blocks of one PIN differ; the PAN field makes a block worthless for any
 * other account. Formula: ISO 9564-1:2017 §9.4.2; vector: ANSI X9.24-3 supplement (in the test).
 *
 * Messages of errors here never quote their input: it would be a PIN.
 */
import { ecb } from "@noble/ciphers/aes.js";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import { assert } from "../assert.ts";

/** How much randomness one block takes. */
export const FORMAT_4_RANDOM_BYTES = 8;

const BLOCK_BYTES = 16;
const KEY_BYTES = 16;
const PIN_PATTERN = /^[0-9]{4,12}$/;
const PAN_PATTERN = /^[0-9]{1,19}$/;

/** Why a block does not open. All but the first may mean: another key, or another account's. */
export type Format4Problem =
  /** Not 16 bytes. */
  | "block_length"
  /** The first digit of the PIN field is not 4. */
  | "control_field"
  /** Not 4 to 12 digits long. */
  | "pin_length"
  /** A digit of the PIN is not decimal. */
  | "pin_digits"
  /** What follows the PIN is not A. */
  | "fill_digits";

/** What {@linkcode decryptFormat4} found. */
export type Format4Opened =
  | { readonly ok: true; readonly pin: string }
  | { readonly ok: false; readonly problem: Format4Problem };

/**
 * The encrypted block of a PIN.
 *
 * @param options.pin 4 to 12 digits
 * @param options.pan the account it belongs to, check digit included, 1 to 19 digits
 * @param options.key AES-128, 16 bytes
 * @param options.random 8 bytes, new for every block
 * @returns 16 bytes
 * @throws {InvariantError} when an argument has not this shape: who encrypts has checked it before
 */
export function encryptFormat4(options: {
  readonly pin: string;
  readonly pan: string;
  readonly key: Uint8Array;
  readonly random: Uint8Array;
}): Uint8Array {
  const { pin, pan, key, random } = options;
  assert(PIN_PATTERN.test(pin), "a PIN has 4 to 12 digits");
  assert(random.length === FORMAT_4_RANDOM_BYTES, "a format 4 block takes 8 random bytes");
  const head = `4${pin.length.toString(16)}${pin}`.padEnd(16, "a");
  const field = new Uint8Array(BLOCK_BYTES);
  field.set(hexToBytes(head));
  field.set(random, BLOCK_BYTES - FORMAT_4_RANDOM_BYTES);
  return aes(key).encrypt(xor(aes(key).encrypt(field), panField(pan)));
}

/**
 * Opens a block. A malformed one is an ordinary outcome: anything can arrive over a network.
 *
 * @throws {InvariantError} when key or PAN is malformed: the host's own records are broken then
 */
export function decryptFormat4(options: {
  readonly block: Uint8Array;
  readonly pan: string;
  readonly key: Uint8Array;
}): Format4Opened {
  const { block, pan, key } = options;
  const account = panField(pan);
  const decipher = aes(key);
  if (block.length !== BLOCK_BYTES) return { ok: false, problem: "block_length" };
  const field = bytesToHex(decipher.decrypt(xor(decipher.decrypt(block), account)));
  if (field[0] !== "4") return { ok: false, problem: "control_field" };
  const length = parseInt(field[1] ?? "", 16);
  if (length < 4 || length > 12) return { ok: false, problem: "pin_length" };
  const pin = field.slice(2, 2 + length);
  if (!PIN_PATTERN.test(pin)) return { ok: false, problem: "pin_digits" };
  if (!/^a*$/.test(field.slice(2 + length, 16))) return { ok: false, problem: "fill_digits" };
  return { ok: true, pin };
}

/** A PAN shorter than 12 digits stands right of leading zeros, and M is 0. */
function panField(pan: string): Uint8Array {
  assert(PAN_PATTERN.test(pan), "a primary account number has 1 to 19 digits");
  const digits = pan.padStart(12, "0");
  return hexToBytes(`${digits.length - 12}${digits}`.padEnd(2 * BLOCK_BYTES, "0"));
}

/**
 * One block of AES. Single blocks only, so the weakness of ECB over many blocks does not arise; the
 * library lets an instance encrypt once, so each use makes its own.
 */
function aes(key: Uint8Array): ReturnType<typeof ecb> {
  assert(key.length === KEY_BYTES, "a PIN key has 16 bytes");
  return ecb(key, { disablePadding: true });
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}
