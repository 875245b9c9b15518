/**
 * Numbers that name a customer, and the digit in each that catches a slip of the finger.
 */
import { assert } from "../assert.ts";

const ID_PATTERN = /^[0-9]{17}[0-9X]$/;
const PHONE_PATTERN = /^[0-9]{11}$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * The last character of a citizen identity number: ISO 7064 MOD 11-2, with X for ten.
 *
 * Horner's rule keeps every step below 2 · (10 + 9), so no number is ever large.
 *
 * @param body the 17 digits before it (GB 11643-1999)
 */
export function idCheckCharacter(body: string): string {
  assert(/^[0-9]{17}$/.test(body), "the body of an identity number has 17 digits");
  let remainder = 0;
  for (const digit of body) remainder = ((remainder + Number(digit)) * 2) % 11;
  const check = (12 - remainder) % 11;
  return check === 10 ? "X" : String(check);
}

/**
 * Whether this can be an 18-character identity number: shape, date of birth and check character.
 *
 * The area code is not looked up: the list changes, and this twin's people live where nobody does.
 */
export function isIdNumber(text: string): boolean {
  if (!ID_PATTERN.test(text)) return false;
  if (!isDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) {
    return false;
  }
  return idCheckCharacter(text.slice(0, 17)) === text[17];
}

/** Whether this has the shape of a mobile number: 11 digits. Which network owns it is not asked. */
export function isPhoneNumber(text: string): boolean {
  return PHONE_PATTERN.test(text);
}

/**
 * The check digit of an account number: Luhn, ISO/IEC 7812-1 annex B.
 *
 * @param body the digits before it
 */
export function luhnDigit(body: string): string {
  assert(/^[0-9]+$/.test(body), "an account number is made of digits");
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

function isDate(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : DAYS_IN_MONTH[month - 1] ?? 0;
  return day >= 1 && day <= days;
}
