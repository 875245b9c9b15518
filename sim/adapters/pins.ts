/** `--pin-format` and `--pin-key`: the legacy formats come with the cipher that Node has for them. */
import { hexToBytes } from "@noble/hashes/utils.js";
import type { WireFormat } from "../../core/iso8583/mod.ts";
import { type LegacyPins, pinBlockBytesOf, type PinFormat } from "../../core/pin/mod.ts";
import { InputError } from "../plan/mod.ts";
import { nodeTdea } from "./tdea.ts";

export interface PinOptions {
  /** How PINs travel; format 4 unless told. */
  readonly pinFormat?: PinFormat;
  /** Hexadecimal: 32 digits of AES-128; of TDEA, for a legacy format, 32 or 48. */
  readonly pinKey: string;
}

/** What both ends of a line, or a pad and its bank, have in common. */
export interface Pins {
  readonly key: Uint8Array;
  /** Absent: format 4. */
  readonly legacy?: LegacyPins;
}

/** Throws {@linkcode InputError} when the key is none of the format's. */
export function pinsOf({ pinFormat = "iso4", pinKey }: PinOptions, verb: string): Pins {
  const hexadecimal = /^[0-9A-Fa-f]*$/.test(pinKey);
  if (pinFormat === "iso4") {
    if (hexadecimal && pinKey.length === 32) return { key: hexToBytes(pinKey) };
    throw wrong(verb, "an AES-128 key has 32 hexadecimal digits; for TDEA give --pin-format too");
  }
  if (hexadecimal && (pinKey.length === 32 || pinKey.length === 48)) {
    return { key: hexToBytes(pinKey), legacy: { format: pinFormat, tdea: nodeTdea } };
  }
  throw wrong(verb, `a TDEA key, for ${pinFormat}, has 32 or 48 hexadecimal digits`);
}

/** A wire as it is where PINs travel in this format. */
export function wireFor(
  { bitmap, encoding }: WireFormat,
  pinFormat: PinFormat = "iso4",
): WireFormat {
  return { bitmap, encoding, pinBytes: pinBlockBytesOf(pinFormat) };
}

function wrong(verb: string, message: string): InputError {
  return new InputError({ file: verb, field: "--pin-key", message });
}
