/**
 * The numbers of person N, each from a range its issuer leaves empty:
 *
 * | number   | range        | why nobody has it                                                  |
 * |----------|--------------|--------------------------------------------------------------------|
 * | phone    | 26…          | mobile numbers begin 13–19; 26 is the one area code from 20 to 29  |
 * |          |              | never given out, and two-digit area codes make ten digits, not 11  |
 * | identity | 69…          | GB/T 2260 has no region 66 to 70, so no county 69xxxx              |
 * | account  | 000000…      | ISO/IEC 7812-1: identifiers 00… are not for card issuers, and      |
 * |          |              | 00000 is the one set aside for tests                               |
 *
 * Each is a bijection of N (no two people share one) that does not run in N's order, so that
 * neighbours in a table do not look alike after masking.
 */
import { assert } from "../../core/assert.ts";
import { idCheckCharacter, luhnDigit } from "../../core/money/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";

/** What every phone number here begins with. */
export const PHONE_PREFIX = "26";
/** What every identity number here begins with. */
export const AREA_PREFIX = "69";
/** What every account number here begins with. */
export const IIN = "000000";

/** Days of each month on which somebody here has a birthday. */
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The year in which everybody is as old as their face, on 29 December. */
const AGE_YEAR = 2017;

const PIN_TRIES_MAX = 1_000;

/** 26 and nine digits. */
export function phoneOf(person: number): string {
  return PHONE_PREFIX + shuffled(person, 381_966_011, 271_828_182, 1_000_000_000);
}

/** 000000, twelve digits and the Luhn digit. */
export function panOf(person: number): string {
  const body = IIN + shuffled(person, 73_205_080_757, 414_213_562_373, 1_000_000_000_000);
  return body + luhnDigit(body);
}

/**
 * Area (6), date of birth (8), order (3, odd for men), check character: GB 11643-1999.
 *
 * Area and the first digit of the order hold N, so that two people born on one day differ.
 */
export function idNumberOf(person: number, birthDate: string, sex: "female" | "male"): string {
  const place = shuffled(person, 24_651, 70_801, 100_000);
  const pair = randomStream(`person/${person}/id-order`).integer(0, 49) * 2;
  const order = String(sex === "male" ? pair + 1 : pair).padStart(2, "0");
  const area = AREA_PREFIX + place.slice(0, 4);
  const body = area + birthDate.replaceAll("-", "") + place.slice(4) + order;
  return body + idCheckCharacter(body);
}

/** A day on which somebody of this age on 29 December 2017 was born. */
export function birthDateOf(person: number, age: number): string {
  const stream = randomStream(`person/${person}/birthday`);
  let day = stream.integer(1, 365);
  let month = 1;
  for (const days of DAYS_IN_MONTH) {
    if (day <= days) break;
    day -= days;
    month++;
  }
  // Born on the 30th or 31st of December, one turns that age two days too late: a year older then.
  const year = AGE_YEAR - age - (month === 12 && day > 29 ? 1 : 0);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/**
 * Six digits, at least four of them different and not all in a row. Banks refuse the others; here
 * it also keeps a PIN from looking like an amount or a processing code, in which the oracle that
 * looks for PINs in a trace would find it.
 */
export function pinOf(person: number): string {
  const stream = randomStream(`person/${person}/pin`);
  for (let tries = 0; tries < PIN_TRIES_MAX; tries++) {
    const pin = String(stream.integer(0, 999_999)).padStart(6, "0");
    if (new Set(pin).size >= 4 && !"01234567890 09876543210".includes(pin)) return pin;
  }
  assert(false, "one PIN of a thousand is not simple");
}

/**
 * N shuffled: n ↦ (n · factor + offset) mod modulus, a power of ten, written with all its digits. A
 * factor that neither 2 nor 5 divides makes it a bijection of 0…modulus − 1; steps stay below 2⁵³.
 */
function shuffled(person: number, factor: number, offset: number, modulus: number): string {
  assert(factor % 2 !== 0 && factor % 5 !== 0, "the factor is coprime to ten");
  const product = person * factor + offset;
  assert(Number.isSafeInteger(product), "a shuffled number is an exact integer");
  return String(product % modulus).padStart(String(modulus - 1).length, "0");
}
