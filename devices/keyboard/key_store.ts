/**
 * The keys of the pad: each with a name, a value that never leaves, and the one use it has.
 *
 * Uses are letters of TR-31 key blocks: `P0` seals PIN blocks, `D0` enciphers data, `M6` makes CMACs. So are
 * algorithms: `A` is AES, `T` is TDEA, which only a pad with a cipher for it has, and only for PIN blocks.
 *
 * @module
 */
import { cmac, ecb } from "@noble/ciphers/aes.js";
import { assert } from "../../core/assert.ts";
import type { Key as CryptoKey } from "../../core/keys/mod.ts";
import type { Tdea } from "../../core/pin/mod.ts";

export const KEY_USES = ["P0", "D0", "M6"] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** AES-128, like the PIN blocks of format 4 here. */
export const KEY_BYTES = 16;

export type KeyAlgorithm = "A" | "T";

/** How long keys are: AES-128; TDEA of two keys, or of three. */
const LENGTHS: Readonly<Record<KeyAlgorithm, readonly number[]>> = { A: [KEY_BYTES], T: [16, 24] };

export function isKeyLength(algorithm: KeyAlgorithm, bytes: number): boolean {
  return LENGTHS[algorithm].includes(bytes);
}

/** What fits into the pad. */
export const KEYS_MAX = 32;

/** A key check value: the first bytes of a CMAC over a block of zeros (ANSI X9.24-1, AES). */
const CHECK_BYTES = 5;
/** Of TDEA: the first of a block of zeros, enciphered. */
const TDEA_CHECK_BYTES = 3;
const TDEA_BLOCK_BYTES = 8;

interface Key {
  readonly value: Uint8Array;
  readonly use: KeyUse;
  readonly algorithm: KeyAlgorithm;
}

export class KeyStore {
  readonly #keys = new Map<string, Key>();
  /** Null in a pad that has AES alone. */
  readonly tdea: Tdea | null;
  /** Whether check values come out wrong. */
  readonly #miscounts: () => boolean;

  /** `tdea`: the pad has that too, and these keys are of it. */
  constructor(
    pinKeys: Readonly<Record<string, Uint8Array>>,
    miscounts: () => boolean = () => false,
    tdea: Tdea | null = null,
  ) {
    this.#miscounts = miscounts;
    this.tdea = tdea;
    const algorithm = tdea === null ? "A" : "T";
    for (const [name, value] of Object.entries(pinKeys)) this.load(name, value, "P0", algorithm);
  }

  get size(): number {
    return this.#keys.size;
  }

  /** What may be told of the keys, in the order they came. */
  list(): (Pick<Key, "use" | "algorithm"> & { readonly name: string; readonly bytes: number })[] {
    return [...this.#keys].map(([name, { use, algorithm, value }]) => {
      return { name, use, algorithm, bytes: value.length };
    });
  }

  useOf(name: string): KeyUse | undefined {
    return this.#keys.get(name)?.use;
  }

  /** The value of a key that has this use, for a computation inside the pad. */
  value(name: string, use: KeyUse): Uint8Array | undefined {
    const key = this.#keys.get(name);
    return key?.use === use ? key.value : undefined;
  }

  /** The key of this name with what it may do: seal PINs. Undefined for one of another use. */
  pinKey(name: string): CryptoKey | undefined {
    const key = this.#keys.get(name);
    if (key?.use !== "P0") return undefined;
    const { value, algorithm } = key;
    return { value, attributes: { usage: "P0", algorithm, mode: "E", exportability: "N" } };
  }

  load(name: string, value: Uint8Array, use: KeyUse, algorithm: KeyAlgorithm = "A"): void {
    assert(
      isKeyLength(algorithm, value.length),
      `a key has ${LENGTHS[algorithm].join(" or ")} bytes`,
    );
    assert(algorithm === "A" || use === "P0", "TDEA is for PIN blocks");
    assert(this.#keys.size < KEYS_MAX, `a pad holds at most ${KEYS_MAX} keys`);
    this.#keys.set(name, { value: Uint8Array.from(value), use, algorithm });
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
    return key === undefined ? null : this.computed(key.value, key.algorithm);
  }

  /** The check value of a key that is not kept yet, as the pad computes it. */
  computed(value: Uint8Array, algorithm: KeyAlgorithm): Uint8Array {
    const right = algorithm === "A" ? checkValueOf(value) : this.#tdeaCheckValueOf(value);
    return this.#miscounts() ? right.map((byte) => byte ^ 1) : right;
  }

  #tdeaCheckValueOf(value: Uint8Array): Uint8Array {
    assert(this.tdea !== null, "a pad with a TDEA key has a cipher for it");
    return this.tdea.encrypt(value, new Uint8Array(TDEA_BLOCK_BYTES)).slice(0, TDEA_CHECK_BYTES);
  }

  /** A key's value that came enciphered under another key of the pad (AES-ECB). */
  unwrap(wrapped: Uint8Array, under: Uint8Array): Uint8Array {
    return ecb(under, { disablePadding: true }).decrypt(wrapped);
  }
}

/** What tells two AES keys apart without telling either. */
export function checkValueOf(value: Uint8Array): Uint8Array {
  return cmac(new Uint8Array(KEY_BYTES), value).slice(0, CHECK_BYTES);
}
