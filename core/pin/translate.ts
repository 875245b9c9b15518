/**
 * From one key and format to another, as a switch between two networks does. The PIN is in the clear
 * only inside this call.
 *
 * | from \ to | 0, 3     | 4        | 1         |
 * |-----------|----------|----------|-----------|
 * | 0, 3, 4   | same PAN | same PAN | forbidden |
 *
 * Format 1 is bound to no account: a block turned into it could be tried on any, and whoever may ask for
 * translations could search for somebody's PIN. Another PAN is forbidden for the same reason. Source:
 * PCI PIN Security v3.1, requirement 3-3; ANSI X9.8-1.
 */
import { type Key, useKey } from "../keys/mod.ts";
import { decryptFormat4, encryptFormat4, FORMAT_4_RANDOM_BYTES } from "./format4.ts";
import { decryptLegacy, encryptLegacy, FORMAT_3_RANDOM_BYTES } from "./legacy.ts";
import { pinAlgorithmOf, type PinFormat } from "./format.ts";
import type { Tdea } from "./tdea.ts";

export interface PinBlock {
  readonly format: PinFormat;
  readonly block: Uint8Array;
}

export type PinOpened =
  | { readonly ok: true; readonly pin: string }
  | { readonly ok: false; readonly problem: "block" | "key_usage" };

export type PinTranslated =
  | { readonly ok: true; readonly translated: PinBlock }
  | {
    readonly ok: false;
    readonly problem: "block" | "key_usage" | "forbidden_format" | "forbidden_account";
  };

/** Opens a block of any format with a key that may: P0, of the format's algorithm. */
export function openPinBlock(
  { format, block }: PinBlock,
  pan: string,
  key: Key,
  tdea: Tdea | null,
): PinOpened {
  const used = useKey(key, { usage: "P0", algorithm: pinAlgorithmOf(format), mode: "D" });
  if (!used.ok) return { ok: false, problem: "key_usage" };
  if (format === "iso4") {
    const opened = decryptFormat4({ block, pan, key: used.value });
    return opened.ok ? opened : { ok: false, problem: "block" };
  }
  if (tdea === null) return { ok: false, problem: "key_usage" };
  const opened = decryptLegacy({ format, block, pan, key: used.value, tdea });
  return opened.ok ? opened : { ok: false, problem: "block" };
}

/** Seals a PIN; `random`: ten bytes, new for every block, of which a format takes what it needs. */
export function sealPinBlock(
  format: PinFormat,
  pin: string,
  pan: string,
  key: Key,
  tdea: Tdea | null,
  random: Uint8Array,
): { readonly ok: true; readonly sealed: PinBlock } | {
  readonly ok: false;
  readonly problem: "key_usage";
} {
  const used = useKey(key, { usage: "P0", algorithm: pinAlgorithmOf(format), mode: "E" });
  if (!used.ok) return { ok: false, problem: "key_usage" };
  if (format === "iso4") {
    const salt = random.slice(0, FORMAT_4_RANDOM_BYTES);
    const block = encryptFormat4({ pin, pan, key: used.value, random: salt });
    return { ok: true, sealed: { format, block } };
  }
  if (tdea === null) return { ok: false, problem: "key_usage" };
  const salt = random.slice(0, FORMAT_3_RANDOM_BYTES);
  const block = encryptLegacy({ format, pin, pan, key: used.value, tdea, random: salt });
  return { ok: true, sealed: { format, block } };
}

/** `to.format` may be what a request asks for; only what the table allows is made. */
export function translatePinBlock(options: {
  readonly from: PinBlock & { readonly pan: string; readonly key: Key };
  readonly to: { readonly format: PinFormat | "iso1"; readonly pan: string; readonly key: Key };
  readonly tdea: Tdea | null;
  readonly random: Uint8Array;
}): PinTranslated {
  const { from, to, tdea, random } = options;
  if (to.format === "iso1") return { ok: false, problem: "forbidden_format" };
  if (to.pan !== from.pan) return { ok: false, problem: "forbidden_account" };
  const opened = openPinBlock(from, from.pan, from.key, tdea);
  if (!opened.ok) return opened;
  const made = sealPinBlock(to.format, opened.pin, to.pan, to.key, tdea, random);
  return made.ok ? { ok: true, translated: made.sealed } : made;
}
