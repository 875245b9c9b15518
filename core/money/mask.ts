/**
 * Masks. A number of the wrong length is hidden whole: it may be most of a right one.
 */
import type { Iso8583Message } from "../iso8583/mod.ts";
import type { Json, JsonObject } from "../json.ts";

/** An account number as 6 + 4, the most PCI DSS 3.4 lets anybody see. */
export function maskPan(pan: string): string {
  return pan.length >= 16 && pan.length <= 19 ? keep(pan, 6, 4) : hide(pan);
}

/** A phone number as 3****4. */
export function maskPhone(phone: string): string {
  return phone.length === 11 ? keep(phone, 3, 4) : hide(phone);
}

/** An identity number as 6********4: the date of birth is what must not be read. */
export function maskIdNumber(idNumber: string): string {
  return idNumber.length === 18 ? keep(idNumber, 6, 4) : hide(idNumber);
}

/** What a customer typed as their number: an identity number by 18 characters, a phone by 11. */
export function maskNumber(typed: string): string {
  return typed.length === 18 ? maskIdNumber(typed) : maskPhone(typed);
}

/** A message as trace and journal may show it: nothing that names a customer or holds a PIN. */
export function maskMessage(message: Iso8583Message): JsonObject {
  const masked: { [element: string]: Json } = {};
  for (const [element, value] of Object.entries(message.fields)) {
    if (value !== undefined) masked[element] = value;
  }
  const { 2: pan, 48: additional, 52: pinData } = message.fields;
  if (pan !== undefined) masked["2"] = maskPan(pan);
  if (additional !== undefined) {
    masked["48"] = additional.number === undefined
      ? { ...additional }
      : { ...additional, number: maskNumber(additional.number) };
  }
  if (pinData !== undefined) masked["52"] = `(${pinData.length / 2} bytes, encrypted)`;
  return { mti: message.mti, fields: masked };
}

function keep(text: string, head: number, tail: number): string {
  return text.slice(0, head) + hide(text.slice(head, -tail)) + text.slice(-tail);
}

function hide(text: string): string {
  return "*".repeat(text.length);
}
