/** The formats of PIN blocks: what enciphers each, how long it is, and what a legacy one takes. */
import { FORMAT_4_RANDOM_BYTES } from "./format4.ts";
import { FORMAT_3_RANDOM_BYTES, type LegacyFormat } from "./legacy.ts";
import type { Tdea } from "./tdea.ts";

/** ISO 9564-1 formats 4, 0 and 3, by XFS4IoT's names. */
export const PIN_FORMATS = ["iso4", "iso0", "iso3"] as const;
export type PinFormat = typeof PIN_FORMATS[number];

/** Whether blocks of this format can be made at all: XFS4IoT knows more formats. */
export function isPinFormat(format: string): format is PinFormat {
  return PIN_FORMATS.some((each) => each === format);
}

/** What a machine or a host needs to speak a legacy format; without, it speaks format 4. */
export interface LegacyPins {
  readonly format: LegacyFormat;
  readonly tdea: Tdea;
}

export function pinFormatOf(legacy: LegacyPins | undefined): PinFormat {
  return legacy?.format ?? "iso4";
}

/** The algorithm of the key that seals and opens it, by the letter of key blocks. */
export function pinAlgorithmOf(format: PinFormat): "A" | "T" {
  return format === "iso4" ? "A" : "T";
}

/** A block of the format is one block of its cipher. */
export function pinBlockBytesOf(format: PinFormat): 8 | 16 {
  return format === "iso4" ? 16 : 8;
}

/** How much chance a block takes. */
export function pinRandomBytesOf(format: PinFormat): number {
  switch (format) {
    case "iso4":
      return FORMAT_4_RANDOM_BYTES;
    case "iso3":
      return FORMAT_3_RANDOM_BYTES;
    case "iso0":
      return 0;
  }
}

/**
 * What of an account goes with a wish for a block, as `customerData` of PinPad.GetPinBlock: without the check
 * digit for formats 0 and 3, whole for format 4.
 */
export function customerDataOf(format: PinFormat, pan: string): string {
  return format === "iso4" ? pan : pan.slice(0, -1);
}

/** An account that has this `customerData`: no block of format 0 or 3 depends on the check digit. */
export function panOf(format: PinFormat, customerData: string): string {
  return format === "iso4" ? customerData : `${customerData}0`;
}
