/** Blocks of ISO 9564 formats 0 and 3, made and opened by nothing of ours but `node:crypto`. */
import { createCipheriv, createDecipheriv } from "node:crypto";

/** Of two keys the first is used again. */
function three(keyHex: string): Uint8Array {
  return Uint8Array.fromHex(keyHex.length === 48 ? keyHex : keyHex + keyHex.slice(0, 16));
}

/** CBC of one block from zero is the block cipher itself. */
const FROM_ZERO = new Uint8Array(8);

export function encipher(keyHex: string, clearHex: string): string {
  const cipher = createCipheriv("des-ede3-cbc", three(keyHex), FROM_ZERO).setAutoPadding(false);
  return (cipher.update(clearHex, "hex", "hex") + cipher.final("hex")).toUpperCase();
}

export function decipher(keyHex: string, blockHex: string): string {
  const cipher = createDecipheriv("des-ede3-cbc", three(keyHex), FROM_ZERO).setAutoPadding(false);
  return (cipher.update(blockHex, "hex", "hex") + cipher.final("hex")).toUpperCase();
}

/** A clear block without its PAN field, or a PIN field with it: hexadecimal. */
export function withPan(fieldHex: string, pan: string): string {
  const panField = `0000${pan.slice(-13, -1)}`;
  return (BigInt(`0x${fieldHex}`) ^ BigInt(`0x${panField}`)).toString(16).padStart(16, "0")
    .toUpperCase();
}

/** A PIN field as format 0 has it. */
export function iso0Field(pin: string): string {
  return `0${pin.length.toString(16)}${pin}`.padEnd(16, "F").toUpperCase();
}
