/**
 * Key blocks, ANSI X9.143 (TR-31:2018) version D: how a key travels with its attributes.
 *
 * ```
 *   D 0112 P0 A E 00 E 00 00 │ AES-CBC( length · key · random ) │ CMAC
 *   └──── header, in clear ──┘ └────── encryption key ─────────┘ └─ authentication key, over header
 *                                     IV = the CMAC                 and what was encrypted, in clear
 * ```
 *
 * Both keys are derived from the protection key (CMAC in counter mode, NIST SP 800-108), so a block
 * whose header was changed, or that was made for another purpose, does not open. No optional blocks.
 * Vector: TR-31:2018 A.7.4 (in the test).
 */
import { cbc, cmac } from "@noble/ciphers/aes.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/ciphers/utils.js";
import { assert } from "../assert.ts";
import {
  EXPORTABILITIES,
  type Key,
  KEY_ALGORITHMS,
  KEY_USAGES,
  type KeyProblem,
  MODES_OF_USE,
  useKey,
} from "./attributes.ts";

const HEADER_LENGTH = 16;
const BLOCK_BYTES = 16;
const LENGTH_BYTES = 2;

/** Longest block that is read: a key of 256 bytes, far more than any here has. */
const BLOCK_LENGTH_MAX = 999;

export type KeyWrapped =
  | { readonly ok: true; readonly block: string }
  | { readonly ok: false; readonly problem: KeyProblem | "exportability" };

export type KeyUnwrapped =
  | { readonly ok: true; readonly key: Key }
  | { readonly ok: false; readonly problem: KeyProblem | "form" | "attributes" | "authentication" };

/** How many random bytes a block takes that holds a key of so many bytes. */
export function keyBlockRandomBytes(keyBytes: number): number {
  return (BLOCK_BYTES - (LENGTH_BYTES + keyBytes) % BLOCK_BYTES) % BLOCK_BYTES;
}

/**
 * The block of a key that may be exported.
 *
 * @param random {@linkcode keyBlockRandomBytes} of it, new for every block
 */
export function wrapKey(key: Key, protection: Key, random: Uint8Array): KeyWrapped {
  const { usage, algorithm, mode, exportability } = key.attributes;
  if (exportability === "N") return { ok: false, problem: "exportability" };
  const under = useKey(protection, { usage: "K1", algorithm: "A", mode: "E" });
  if (!under.ok) return under;
  assert(random.length === keyBlockRandomBytes(key.value.length), "random bytes fill the block");
  const bits = 8 * key.value.length;
  const clear = concatBytes(Uint8Array.of(bits >> 8, bits & 0xff), key.value, random);
  const length = HEADER_LENGTH + 2 * (clear.length + BLOCK_BYTES);
  const header = `D${
    String(length).padStart(4, "0")
  }${usage}${algorithm}${mode}00${exportability}0000`;
  const mac = cmac(concatBytes(ascii(header), clear), derived(under.value, "authentication"));
  const encrypted = cipher(under.value, mac).encrypt(clear);
  return { ok: true, block: header + bytesToHex(concatBytes(encrypted, mac)).toUpperCase() };
}

/** The key of a block and what it may be used for. Whatever arrives is an ordinary outcome. */
export function unwrapKey(block: string, protection: Key): KeyUnwrapped {
  const under = useKey(protection, { usage: "K1", algorithm: "A", mode: "D" });
  if (!under.ok) return under;
  const parts = /^D([0-9]{4})(..)(.)(.)00(.)0000((?:[0-9A-F]{32}){2,})$/.exec(block);
  if (parts === null || block.length > BLOCK_LENGTH_MAX || Number(parts[1]) !== block.length) {
    return { ok: false, problem: "form" };
  }
  const usage = KEY_USAGES.find((one) => one === parts[2]);
  const algorithm = KEY_ALGORITHMS.find((one) => one === parts[3]);
  const mode = MODES_OF_USE.find((one) => one === parts[4]);
  const exportability = EXPORTABILITIES.find((one) => one === parts[5]);
  if (!usage || !algorithm || !mode || !exportability) return { ok: false, problem: "attributes" };
  const body = hexToBytes(parts[6] ?? "");
  const mac = body.subarray(-BLOCK_BYTES);
  const clear = cipher(under.value, mac).decrypt(body.slice(0, -BLOCK_BYTES));
  const expected = cmac(
    concatBytes(ascii(block.slice(0, HEADER_LENGTH)), clear),
    derived(under.value, "authentication"),
  );
  if (!same(mac, expected)) return { ok: false, problem: "authentication" };
  const bits = ((clear[0] ?? 0) << 8) | (clear[1] ?? 0);
  const value = clear.slice(LENGTH_BYTES, LENGTH_BYTES + bits / 8);
  if (bits === 0 || bits % 8 !== 0 || value.length * 8 !== bits) {
    return { ok: false, problem: "form" };
  }
  return { ok: true, key: { attributes: { usage, algorithm, mode, exportability }, value } };
}

/** Whether two MACs are the same, in a time that does not tell where they differ. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
  return difference === 0;
}

function cipher(protection: Uint8Array, mac: Uint8Array): ReturnType<typeof cbc> {
  return cbc(derived(protection, "encryption"), mac, { disablePadding: true });
}

/** AES algorithm indicator of the derivation data, by the length of the protection key. */
const AES_INDICATOR: Readonly<Record<number, number>> = { 16: 2, 24: 3, 32: 4 };

function derived(protection: Uint8Array, purpose: "encryption" | "authentication"): Uint8Array {
  const indicator = AES_INDICATOR[protection.length];
  assert(indicator !== undefined, "an AES key has 16, 24 or 32 bytes");
  const bits = 8 * protection.length;
  const [use, blocks] = [purpose === "encryption" ? 0 : 1, Math.ceil(protection.length / 16)];
  const parts = Array.from({ length: blocks }, (_, i) =>
    cmac(
      Uint8Array.of(i + 1, 0, use, 0, 0, indicator, bits >> 8, bits & 0xff),
      protection,
    ));
  return concatBytes(...parts).slice(0, protection.length);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
