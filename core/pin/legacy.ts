/**
 * ISO 9564-1 formats 0 and 3: PIN blocks for TDEA. Legacy: format 4 is the one to use.
 *
 * ```
 *   PIN field   F L P P P P P/f … f     F = format, L = length of the PIN
 *   PAN field   0 0 0 0 A A … A         the 12 right-most digits of the PAN, less its check digit;
 *                                       a shorter one stands right of leading zeros
 *
 *   block = TDEA( PIN field ⊕ PAN field )
 * ```
 *
 * The fill `f` is F in format 0, and random from A to F in format 3: two blocks of format 0 with one PIN
 * and one account are the same, so an eavesdropper sees who used a PIN again. Vectors: in the test.
 *
 * Messages of errors here never quote their input: it would be a PIN.
 */
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import { assert } from "../assert.ts";
import type { Tdea } from "./tdea.ts";

/** XFS4IoT's names. */
export type LegacyFormat = "iso0" | "iso3";

const FIELD_DIGITS = 16;
const BLOCK_BYTES = 8;
const PAN_DIGITS = 12;
const PIN_PATTERN = /^[0-9]{4,12}$/;
const PAN_PATTERN = /^[0-9]{1,19}$/;

/** Random bytes that a block of format 3 takes: more than it has digits to fill. */
export const FORMAT_3_RANDOM_BYTES = 10;

export type LegacyProblem =
  | "block_length"
  | "control_field"
  | "pin_length"
  | "pin_digits"
  | "fill_digits";

export type LegacyOpened =
  | { readonly ok: true; readonly pin: string }
  | { readonly ok: false; readonly problem: LegacyProblem };

/**
 * The block before it is encrypted, 16 hexadecimal digits.
 *
 * @param options.pin 4 to 12 digits
 * @param options.pan check digit included, 1 to 19 digits
 * @param options.random {@linkcode FORMAT_3_RANDOM_BYTES}; format 0 takes none
 * @throws {InvariantError} when an argument has not this shape
 */
export function legacyBlock(options: {
  readonly format: LegacyFormat;
  readonly pin: string;
  readonly pan: string;
  readonly random?: Uint8Array;
}): string {
  const { format, pin, pan, random } = options;
  assert(PIN_PATTERN.test(pin), "a PIN has 4 to 12 digits");
  const head = `${format === "iso0" ? "0" : "3"}${pin.length.toString(16)}${pin}`;
  return bytesToHex(xor(hexToBytes(head + fill(format, head, random)), panField(pan)))
    .toUpperCase();
}

function fill(format: LegacyFormat, head: string, random: Uint8Array | undefined): string {
  const length = FIELD_DIGITS - head.length;
  if (format === "iso0") return "f".repeat(length);
  assert(random?.length === FORMAT_3_RANDOM_BYTES, "a format 3 block takes 10 random bytes");
  // 252 is the largest multiple of 6 in a byte; the four above fall on A to D a little more often,
  // which tells nothing of the PIN.
  return Array.from(random.subarray(0, length), (byte) => (10 + byte % 6).toString(16)).join("");
}

/** The encrypted block, 8 bytes. `key`: TDEA, 16 or 24 bytes. */
export function encryptLegacy(
  options: Parameters<typeof legacyBlock>[0] & { readonly key: Uint8Array; readonly tdea: Tdea },
): Uint8Array {
  return options.tdea.encrypt(options.key, hexToBytes(legacyBlock(options)));
}

/** Opens a block. A malformed one is an ordinary outcome: anything can arrive over a network. */
export function decryptLegacy(options: {
  readonly format: LegacyFormat;
  readonly block: Uint8Array;
  readonly pan: string;
  readonly key: Uint8Array;
  readonly tdea: Tdea;
}): LegacyOpened {
  const { format, block, pan, key, tdea } = options;
  const account = panField(pan);
  if (block.length !== BLOCK_BYTES) return { ok: false, problem: "block_length" };
  const field = bytesToHex(xor(tdea.decrypt(key, block), account));
  if (field[0] !== (format === "iso0" ? "0" : "3")) return { ok: false, problem: "control_field" };
  const length = parseInt(field[1] ?? "", 16);
  if (length < 4 || length > 12) return { ok: false, problem: "pin_length" };
  const pin = field.slice(2, 2 + length);
  if (!PIN_PATTERN.test(pin)) return { ok: false, problem: "pin_digits" };
  const rest = format === "iso0" ? /^f*$/ : /^[a-f]*$/;
  if (!rest.test(field.slice(2 + length))) return { ok: false, problem: "fill_digits" };
  return { ok: true, pin };
}

function panField(pan: string): Uint8Array {
  assert(PAN_PATTERN.test(pan), "a primary account number has 1 to 19 digits");
  return hexToBytes(pan.slice(-PAN_DIGITS - 1, -1).padStart(FIELD_DIGITS, "0"));
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}
