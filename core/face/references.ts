/**
 * The references of enrolled people: one is set, read or deleted by its name, and by nothing else.
 *
 * There is deliberately no way to go through them: verification is 1:1.
 *
 * ```
 *   template ──AES-256-GCM under a key of its own──► what lies at rest
 *                  bound to: the reference's name (one person), the embedder's SHA-256
 * ```
 *
 * A template lies here encrypted, each under a fresh key that seals nothing else. What was put under
 * another name, or was made by another model, does not open: it is as if there were none. Deleting
 * destroys the key, so a copy of what lay at rest is useless from then on (NIST SP 800-88,
 * cryptographic erase).
 *
 * @module
 */
import { gcm } from "@noble/ciphers/aes.js";
import { utf8ToBytes } from "@noble/ciphers/utils.js";
import { assert } from "../assert.ts";
import type { Template } from "./verify.ts";

/** Fresh random bytes, from whoever opens the models: the core has no chance of its own. */
export type RandomBytes = (bytes: number) => Uint8Array;

const KEY_BYTES = 32;
const NONCE_BYTES = 12;

export class ReferenceStore {
  readonly #model: string;
  readonly #random: RandomBytes;
  readonly #keys = new Map<string, Uint8Array>();
  readonly #sealed = new Map<string, Uint8Array>();

  /** `model`: SHA-256 of the embedder whose templates these are. */
  constructor(model: string, random: RandomBytes) {
    this.#model = model;
    this.#random = random;
  }

  get(reference: string): Template | undefined {
    const sealed = this.#sealed.get(reference);
    return sealed === undefined ? undefined : this.open(reference, sealed);
  }

  /** The template in what lay at rest under this name; `undefined` where its key does not open it. */
  open(reference: string, sealed: Uint8Array): Template | undefined {
    const key = this.#keys.get(reference);
    if (key === undefined) return undefined;
    const cipher = gcm(key, sealed.subarray(0, NONCE_BYTES), this.#bound(reference));
    try {
      const bytes = cipher.decrypt(sealed.subarray(NONCE_BYTES));
      return new Float32Array(bytes.slice().buffer);
    } catch {
      // A tag that does not fit is an answer, not a failure: this is not that person's, or that model's.
      return undefined;
    }
  }

  set(reference: string, template: Template): void {
    this.delete(reference);
    const key = this.#random(KEY_BYTES);
    const nonce = this.#random(NONCE_BYTES);
    assert(key.length === KEY_BYTES && nonce.length === NONCE_BYTES, "chance gives what is asked");
    const bytes = new Uint8Array(template.slice().buffer);
    const body = gcm(key, nonce, this.#bound(reference)).encrypt(bytes);
    bytes.fill(0);
    const sealed = new Uint8Array(NONCE_BYTES + body.length);
    sealed.set(nonce);
    sealed.set(body, NONCE_BYTES);
    this.#keys.set(reference, key);
    this.#sealed.set(reference, sealed);
  }

  /** What lies at rest under this name: nonce, cipher text and tag. */
  atRest(reference: string): Uint8Array | undefined {
    return this.#sealed.get(reference)?.slice();
  }

  /** Destroys the key, and what it sealed; whether there was one. */
  delete(reference: string): boolean {
    this.#keys.get(reference)?.fill(0);
    this.#sealed.delete(reference);
    return this.#keys.delete(reference);
  }

  #bound(reference: string): Uint8Array {
    return utf8ToBytes(`${reference}\n${this.#model}`);
  }
}
