/**
 * A key and what it may be used for: the attributes of ANSI X9.143 (TR-31) key blocks.
 *
 * They stand beside the value for as long as the key exists, and nobody gets the value without saying
 * what for. A key that seals PINs and could also decipher data would give the PINs away.
 */

/**
 * P0 PIN encryption · M6 MAC by CMAC · D0 data encryption · B0 base derivation key of DUKPT ·
 * K1 key block protection · V0 PIN verification.
 */
export const KEY_USAGES = ["P0", "M6", "D0", "B0", "K1", "V0"] as const;
export type KeyUsage = typeof KEY_USAGES[number];

/** A is AES, T is TDEA, H is HMAC. */
export const KEY_ALGORITHMS = ["A", "T", "H"] as const;
export type KeyAlgorithm = typeof KEY_ALGORITHMS[number];

/**
 * B both encrypt and decrypt · E encrypt only · D decrypt only · C both make and verify a MAC ·
 * G make only · V verify only · X derive other keys · N no restriction.
 */
export const MODES_OF_USE = ["B", "E", "D", "C", "G", "V", "X", "N"] as const;
export type ModeOfUse = typeof MODES_OF_USE[number];

/** E may leave in a key block · S may leave under what its owner trusts · N never leaves. */
export const EXPORTABILITIES = ["E", "S", "N"] as const;
export type Exportability = typeof EXPORTABILITIES[number];

export interface KeyAttributes {
  readonly usage: KeyUsage;
  readonly algorithm: KeyAlgorithm;
  readonly mode: ModeOfUse;
  readonly exportability: Exportability;
}

export interface Key {
  readonly attributes: KeyAttributes;
  readonly value: Uint8Array;
}

/** One deed with a key. */
export interface KeyDeed {
  readonly usage: KeyUsage;
  readonly algorithm: KeyAlgorithm;
  readonly mode: "E" | "D" | "G" | "V" | "X";
}

/** The attribute that forbids a deed. */
export type KeyProblem = "usage" | "algorithm" | "mode";

export type KeyUsed =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly problem: KeyProblem };

/** What each mode allows. */
const ALLOWS: Readonly<Record<ModeOfUse, readonly KeyDeed["mode"][]>> = {
  B: ["E", "D"],
  E: ["E"],
  D: ["D"],
  C: ["G", "V"],
  G: ["G"],
  V: ["V"],
  X: ["X"],
  N: ["E", "D", "G", "V", "X"],
};

/** The value of a key for one deed, or the attribute that forbids it. */
export function useKey({ attributes, value }: Key, deed: KeyDeed): KeyUsed {
  if (attributes.usage !== deed.usage) return { ok: false, problem: "usage" };
  if (attributes.algorithm !== deed.algorithm) return { ok: false, problem: "algorithm" };
  if (!ALLOWS[attributes.mode].includes(deed.mode)) return { ok: false, problem: "mode" };
  return { ok: true, value };
}

/** A key that opens PIN blocks and does nothing else: the host's. `T` is for formats 0 and 3. */
export function pinOpeningKey(value: Uint8Array, algorithm: "A" | "T" = "A"): Key {
  return { attributes: { usage: "P0", algorithm, mode: "D", exportability: "N" }, value };
}

/** A key that makes and verifies MACs: one direction is the other end's other direction. */
export function macKey(value: Uint8Array, exportability: Exportability = "N"): Key {
  return { attributes: { usage: "M6", algorithm: "A", mode: "C", exportability }, value };
}

/** A key that protects other keys on their way. */
export function protectionKey(value: Uint8Array): Key {
  return { attributes: { usage: "K1", algorithm: "A", mode: "B", exportability: "N" }, value };
}
