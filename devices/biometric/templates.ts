/**
 * Templates by the names a client knows them under. The templates themselves stay in `core/face`.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";

/** Templates that can be brought at a time. */
export const TEMPLATES_MAX = 8;

const SEAL_BYTES = 16;

export class Templates {
  readonly #random: RandomStream;
  /** The capture behind a sealed name, of the latest scan only. */
  #scanned: { readonly seal: string; readonly capture: string } | null = null;
  /** The reference behind an identifier. */
  readonly #imported = new Map<string, string>();
  #count = 0;

  constructor(random: RandomStream) {
    this.#random = random;
  }

  get identifiers(): string[] {
    return [...this.#imported.keys()];
  }

  get free(): number {
    return TEMPLATES_MAX - this.#imported.size;
  }

  /** A sealed name for a capture: random, so that it can be guessed from nothing. */
  seal(capture: string): string {
    const bytes = Uint8Array.from({ length: SEAL_BYTES }, () => this.#random.integer(0, 255));
    this.#scanned = { seal: toBase64(bytes), capture };
    return this.#scanned.seal;
  }

  /** The capture this sealed name is of; null when it is none of ours, or cleared. */
  open(sealed: string): string | null {
    if (fromBase64(sealed).length !== SEAL_BYTES) return null;
    return this.#scanned?.seal === sealed ? this.#scanned.capture : null;
  }

  /** Keeps a reference under a new identifier. */
  keep(reference: string): string {
    assert(this.free > 0, "a full store was asked before");
    const identifier = `id${++this.#count}`;
    this.#imported.set(identifier, reference);
    return identifier;
  }

  referenceOf(identifier: string): string | undefined {
    return this.#imported.get(identifier);
  }

  clearScanned(): void {
    this.#scanned = null;
  }

  /** Forgets every identifier; the references behind them are the caller's to delete. */
  clearImported(): string[] {
    const references = [...this.#imported.values()];
    this.#imported.clear();
    return references;
  }
}
