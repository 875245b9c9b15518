/**
 * The keys of the pad: each with a name, a value that never leaves, and the one use it has.
 *
 * Uses are letters of TR-31 key blocks: `P0` seals PIN blocks, `D0` enciphers data, `M6` makes CMACs.
 *
 * @module
 */
import { cmac, ecb } from "@noble/ciphers/aes.js";
import { assert } from "../../core/assert.ts";

export const KEY_USES = ["P0", "D0", "M6"] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** AES-128, like the PIN blocks of format 4 here. */
export const KEY_BYTES = 16;

/** What fits into the pad. */
export const KEYS_MAX = 32;

/** A key check value: the first bytes of a CMAC over a block of zeros (ANSI X9.24-1, AES). */
const CHECK_BYTES = 5;

interface Key {
  readonly value: Uint8Array;
  readonly use: KeyUse;
}

export class KeyStore {
  readonly #keys = new Map<string, Key>();

  /** Whether check values come out wrong. */
  readonly #miscounts: () => boolean;

  constructor(
    pinKeys: Readonly<Record<string, Uint8Array>>,
    miscounts: () => boolean = () => false,
  ) {
    this.#miscounts = miscounts;
    for (const [name, value] of Object.entries(pinKeys)) this.load(name, value, "P0");
  }

  get size(): number {
    return this.#keys.size;
  }

  /** Names and uses, in the order the keys came. */
  list(): { readonly name: string; readonly use: KeyUse }[] {
    return [...this.#keys].map(([name, { use }]) => ({ name, use }));
  }

  useOf(name: string): KeyUse | undefined {
    return this.#keys.get(name)?.use;
  }

  /** The value of a key that has this use, for a computation inside the pad. */
  value(name: string, use: KeyUse): Uint8Array | undefined {
    const key = this.#keys.get(name);
    return key?.use === use ? key.value : undefined;
  }

  load(name: string, value: Uint8Array, use: KeyUse): void {
    assert(value.length === KEY_BYTES, `a key has ${KEY_BYTES} bytes`);
    assert(this.#keys.size < KEYS_MAX, `a pad holds at most ${KEYS_MAX} keys`);
    this.#keys.set(name, { value: Uint8Array.from(value), use });
  }

  delete(name: string): boolean {
    return this.#keys.delete(name);
  }

  clear(): void {
    this.#keys.clear();
  }

  /** Tells two keys apart without telling either; null for a name that is none. */
  checkValue(name: string): Uint8Array | null {
    const key = this.#keys.get(name);
    return key === undefined ? null : this.computed(key.value);
  }

  /** The check value of a key that is not kept yet, as the pad computes it. */
  computed(value: Uint8Array): Uint8Array {
    const right = checkValueOf(value);
    return this.#miscounts() ? right.map((byte) => byte ^ 1) : right;
  }

  /** A key's value that came enciphered under another key of the pad (AES-ECB). */
  unwrap(wrapped: Uint8Array, under: Uint8Array): Uint8Array {
    return ecb(under, { disablePadding: true }).decrypt(wrapped);
  }
}

/** What tells two keys apart without telling either. */
export function checkValueOf(value: Uint8Array): Uint8Array {
  return cmac(new Uint8Array(KEY_BYTES), value).slice(0, CHECK_BYTES);
}
