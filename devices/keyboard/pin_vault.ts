/**
 * The sealed part of the PIN pad: the PIN between its entry and its block, and the keys.
 *
 * Nothing leaves here but an encrypted block. What was typed is kept for the client that asked for it, and
 * goes with it: a PIN that waits for a block which nobody will ask for waits for the next one who does.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { toBase64 } from "../../core/xfs4iot/mod.ts";
import {
  pinAlgorithmOf,
  type PinFormat,
  pinRandomBytesOf,
  sealPinBlock,
} from "../../core/pin/mod.ts";
import { digitOf } from "./entry.ts";
import { checkValueOf, type KeyStore } from "./key_store.ts";

/** ISO 9564-1: a PIN has four to twelve digits. */
export const PIN_DIGITS_MIN = 4;
export const PIN_DIGITS_MAX = 12;

type Sealed =
  | { readonly ok: true; readonly block: Uint8Array }
  | {
    readonly ok: false;
    readonly problem: "keyNotFound" | "useViolation" | "algorithmNotSupported" | "noPin";
  };

/** What was typed, and for which client. */
interface Kept<T> {
  readonly value: T;
  readonly client: number;
}

export class PinVault {
  readonly #keys: KeyStore;
  readonly #random: RandomStream;
  #pin: Kept<string> | null = null;
  /** Key material that was typed and has no name yet. */
  #typed: Kept<Uint8Array> | null = null;
  /** The client at whose wish the PIN outlives the block made from it. */
  #maintainedFor: number | null = null;

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
  keep(keys: readonly string[], client: number): void {
    assert(
      keys.length >= PIN_DIGITS_MIN && keys.length <= PIN_DIGITS_MAX,
      "a PIN has four to twelve digits",
    );
    const digits = keys.map(digitOf);
    assert(digits.every((digit) => digit !== undefined), "a PIN is typed with number keys");
    this.#pin = { value: digits.join(""), client };
  }

  /** Whether the PIN outlives the block made from it. */
  maintain(on: boolean, client: number): void {
    this.#maintainedFor = on ? client : null;
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
    this.#maintainedFor = null;
  }

  /** This client is connected no more: neither is what was typed for it, or wished by it. */
  left(client: number): void {
    if (this.#pin?.client === client) this.#pin = null;
    if (this.#typed?.client === client) this.#typed = null;
    if (this.#maintainedFor === client) this.#maintainedFor = null;
  }

  /** Keeps a key typed in hexadecimal, and tells its check value. */
  keepKey(digits: string, client: number): string {
    const value = Uint8Array.from(
      { length: digits.length / 2 },
      (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
    );
    this.#typed = { value, client };
    return toBase64(checkValueOf(value));
  }

  /** The key that was typed and has no name yet; null when there is none. */
  get typedKey(): Uint8Array | null {
    return this.#typed?.value ?? null;
  }

  forgetTypedKey(): void {
    this.#typed = null;
  }

  /**
   * The block of the held PIN for this account; erases the PIN unless maintained. A key makes the formats of
   * its own algorithm and no other. `astray`: with a key that is not the bank's any more.
   */
  seal(keyName: string, format: PinFormat, pan: string, astray = false): Sealed {
    const use = this.#keys.useOf(keyName);
    if (use === undefined) return { ok: false, problem: "keyNotFound" };
    const key = this.#keys.pinKey(keyName);
    if (key === undefined) return { ok: false, problem: "useViolation" };
    if (key.attributes.algorithm !== pinAlgorithmOf(format)) {
      return { ok: false, problem: "algorithmNotSupported" };
    }
    const pin = this.#pin?.value;
    if (pin === undefined) return { ok: false, problem: "noPin" };
    const random = Uint8Array.from(
      { length: pinRandomBytesOf(format) },
      () => this.#random.integer(0, 255),
    );
    if (this.#maintainedFor === null) this.#pin = null;
    const used = astray ? { ...key, value: key.value.map((byte) => byte ^ 0xff) } : key;
    const made = sealPinBlock(format, pin, pan, used, this.#keys.tdea, random);
    assert(made.ok, "a key of the format's algorithm makes it");
    return { ok: true, block: made.sealed.block };
  }
}
