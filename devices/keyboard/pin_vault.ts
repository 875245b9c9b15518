/**
 * The sealed part of the PIN pad: the PIN between its entry and its block, and the keys.
 *
 * Nothing leaves here but an encrypted block.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import { encryptFormat4, FORMAT_4_RANDOM_BYTES } from "../../core/pin/mod.ts";
import { digitOf } from "./entry.ts";
import { checkValueOf, type KeyStore } from "./key_store.ts";

/** ISO 9564-1: a PIN has four to twelve digits. */
export const PIN_DIGITS_MIN = 4;
export const PIN_DIGITS_MAX = 12;

type Sealed =
  | { readonly ok: true; readonly block: Uint8Array }
  | { readonly ok: false; readonly problem: "keyNotFound" | "useViolation" | "noPin" };

export class PinVault {
  /** Whether the PIN outlives the block made from it. */
  maintained = false;
  readonly #keys: KeyStore;
  readonly #random: RandomStream;
  #pin: string | null = null;
  /** Key material that was typed and has no name yet. */
  #typed: Uint8Array | null = null;

  constructor(keys: KeyStore, random: RandomStream) {
    this.#keys = keys;
    this.#random = random;
  }

  get hasPin(): boolean {
    return this.#pin !== null;
  }

  get hasKeys(): boolean {
    return this.#keys.size > 0;
  }

  /** Keeps the PIN typed with these keys. */
  keep(keys: readonly string[]): void {
    assert(
      keys.length >= PIN_DIGITS_MIN && keys.length <= PIN_DIGITS_MAX,
      "a PIN has four to twelve digits",
    );
    const digits = keys.map(digitOf);
    assert(digits.every((digit) => digit !== undefined), "a PIN is typed with number keys");
    this.#pin = digits.join("");
  }

  erasePin(): void {
    this.#pin = null;
  }

  eraseKeys(): void {
    this.#keys.clear();
    this.#typed = null;
  }

  /** Whatever was typed is gone, and so is the wish to keep a PIN longer than for one block. */
  clear(): void {
    this.#pin = null;
    this.#typed = null;
    this.maintained = false;
  }

  /** Keeps a key typed in hexadecimal, and tells its check value. */
  keepKey(digits: string): string {
    this.#typed = Uint8Array.from(
      { length: digits.length / 2 },
      (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
    );
    return toBase64(checkValueOf(this.#typed));
  }

  /** The key that was typed and has no name yet; null when there is none. */
  get typedKey(): Uint8Array | null {
    return this.#typed;
  }

  forgetTypedKey(): void {
    this.#typed = null;
  }

  /**
   * The ISO format 4 block of the held PIN for this account; erases the PIN unless maintained.
   * `astray`: with a key that is not the bank's any more.
   */
  seal(keyName: string, pan: string, astray = false): Sealed {
    const use = this.#keys.useOf(keyName);
    if (use === undefined) return { ok: false, problem: "keyNotFound" };
    const key = this.#keys.value(keyName, "P0");
    if (key === undefined) return { ok: false, problem: "useViolation" };
    const pin = this.#pin;
    if (pin === null) return { ok: false, problem: "noPin" };
    const random = Uint8Array.from(
      { length: FORMAT_4_RANDOM_BYTES },
      () => this.#random.integer(0, 255),
    );
    if (!this.maintained) this.#pin = null;
    const used = astray ? key.map((byte) => byte ^ 0xff) : key;
    return { ok: true, block: encryptFormat4({ pin, pan, key: used, random }) };
  }
}
