/**
 * End-to-end security at the dispenser: one nonce at a time, and the judgement of a token.
 *
 *   GetCommandNonce ─► nonce ──Dispense with its token──► spent
 *                        └── ClearCommandNonce · time-out · power cut · another GetCommandNonce ─► gone
 *
 * A token is good for one `Dispense`: whatever becomes of that, its nonce is spent when notes begin to
 * move. A `Dispense` that is refused before that spends nothing.
 *
 * @module
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Fen } from "../../core/units.ts";
import { seconds } from "../../core/units.ts";
import { makePresentToken, readDispenseToken } from "../../core/xfs4iot/mod.ts";
import type { Surroundings, Timer } from "../device.ts";
import type { BareCode } from "../request.ts";

/** A nonce nobody used is forgotten after this. */
export const NONCE_TIMEOUT_S = 300;

const NONCE_BYTES = 16;

export interface PermissionOptions {
  /** Whether the profile wants a token with every Dispense. */
  readonly required: boolean;
  /** The key shared with the bank; null: none was ever loaded. */
  readonly key: Uint8Array | null;
  /** Whether no nonce is kept, whoever asks for one (fault D34). */
  forgets(): boolean;
  /** The nonce is gone without anybody having asked for it. */
  cleared(reason: string): void;
}

export class Permission {
  readonly #surroundings: Surroundings;
  readonly #options: PermissionOptions;
  #nonce: string | null = null;
  #timer: Timer | null = null;
  /** The HMAC of the token that the last Dispense was made with; outlives a power cut. */
  #spent: string | null = null;

  constructor(surroundings: Surroundings, options: PermissionOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
  }

  get status(): "enforced" | "notConfigured" | "notEnforced" {
    if (!this.#options.required) return "notEnforced";
    return this.#options.key === null ? "notConfigured" : "enforced";
  }

  /** A fresh nonce: 32 hexadecimal digits. The one before it is worth nothing any more. */
  newNonce(): string {
    this.clear();
    const random = this.#surroundings.random;
    const bytes = Uint8Array.from({ length: NONCE_BYTES }, () => random.integer(0, 255));
    const nonce = bytesToHex(bytes).toUpperCase();
    if (this.#options.forgets()) {
      this.#options.cleared("no nonce is kept");
      return nonce;
    }
    this.#nonce = nonce;
    this.#timer = this.#surroundings.after(seconds(NONCE_TIMEOUT_S), () => {
      this.#nonce = null;
      this.#options.cleared("the nonce was not used in time");
    });
    return nonce;
  }

  /** Forgets the nonce: asked for, spent, or the power is gone. */
  clear(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#nonce = null;
  }

  /** The nonce is lost, and its owner is told. */
  lose(): void {
    if (this.#nonce === null) return;
    this.clear();
    this.#options.cleared("the nonce was lost");
  }

  /** A Dispense begins: with this token, whose nonce is spent, or without one. */
  spend(token: string | undefined): void {
    this.#spent = token?.slice(-64) ?? null;
    if (token !== undefined) this.clear();
  }

  /** The signed word about that Dispense; undefined where there is nothing to sign, or no key. */
  report(
    nonce: string | undefined,
    state: { readonly dispensed: Fen; readonly presented: boolean; readonly retracted: boolean },
  ): string | undefined {
    const { key } = this.#options;
    if (nonce === undefined || key === null || this.#spent === null) return undefined;
    return makePresentToken(nonce, { dispense: this.#spent, ...state }, key);
  }

  /** Why this much may not be dispensed with this token; null when it may. */
  problem(token: string | undefined, amount: Fen): { code: BareCode; why: string } | null {
    const { required, key } = this.#options;
    if (token === undefined) {
      return required ? { code: "authorisationRequired", why: "a Dispense needs a token" } : null;
    }
    if (key === null) return { code: "invalidTokenKeyNoValue", why: "no token key is loaded" };
    const read = readDispenseToken(token, key);
    if (read === null) return { code: "invalidTokenFormat", why: "this is not a dispense token" };
    if (this.#nonce === null) return { code: "noCommandNonce", why: "there is no nonce" };
    if (read.nonce !== this.#nonce) {
      return { code: "invalidTokenNonce", why: "the token is for another nonce" };
    }
    if (!read.genuine) return { code: "invalidTokenHMAC", why: "the token was altered" };
    if (read.amount === null || read.amount.currency !== "CNY" || read.amount.fen < amount) {
      return { code: "invalidToken", why: "the token does not allow this amount" };
    }
    return null;
  }
}
