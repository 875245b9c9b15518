import { remembered } from "../../core/remembered.ts";
import { ageAndSexOf } from "../../devices/camera/mod.ts";
import { kinNameOf, type Name, nameOf } from "./names.ts";
import { birthDateOf, idNumberOf, panOf, phoneOf, pinOf } from "./numbers.ts";

/** How many people there are. */
export const POPULATION = 100_000;

/** The day on which everybody has their age: the source's own date. */
export const DAY_ONE = "2017-12-29";

/** Everything about one person but the face. */
export interface Person {
  /** N. */
  readonly person: number;
  readonly name: Name;
  readonly sex: "female" | "male";
  /** Years on {@linkcode DAY_ONE}. */
  readonly age: number;
  /** YYYY-MM-DD, never a 29th of February. */
  readonly birthDate: string;
  /** 11 digits that no network routes. */
  readonly phone: string;
  /** 18 characters with a correct check character, of an area that does not exist. */
  readonly idNumber: string;
  /** The account token: 19 digits with a correct Luhn digit, of an issuer that does not exist. */
  readonly pan: string;
  /** 6 digits. Only the customer knows it; the bank gets a verification value. */
  readonly pin: string;
}

/** How a visitor is related to person N; the words of the plan. */
export type Relation = "twin" | "sibling" | "cousin";

/** A relative: another human before the camera, with no number and no account of their own. */
export interface Kinsman {
  readonly person: number;
  readonly kin: Relation;
  readonly name: Name;
}

/**
 * Person N.
 *
 * @throws {RangeError} when `person` is not an integer of 0…99,999
 */
export function personOf(person: number): Person {
  return known(person);
}

/** A run asks for the same few people again and again, and so do the runs of a campaign. */
const known = remembered(256, workedOut);

function workedOut(person: number): Person {
  const { age, sex } = ageAndSexOf(inhabitant(person));
  const birthDate = birthDateOf(person, age);
  return {
    person,
    name: nameOf(person),
    sex,
    age,
    birthDate,
    phone: phoneOf(person),
    idNumber: idNumberOf(person, birthDate, sex),
    pan: panOf(person),
    pin: pinOf(person),
  };
}

/** The twin, sibling or cousin of person N, as a scenario may send one to the machine. */
export function kinOf(person: number, kin: Relation): Kinsman {
  return { person, kin, name: kinNameOf(inhabitant(person), kin) };
}

/** The first person from `from` on who fits, or `undefined` when nobody does. */
export function findPerson(fits: (person: Person) => boolean, from = 0): Person | undefined {
  for (let n = inhabitant(from); n < POPULATION; n++) {
    const person = personOf(n);
    if (fits(person)) return person;
  }
  return undefined;
}

function inhabitant(person: number): number {
  if (!Number.isInteger(person) || person < 0 || person >= POPULATION) {
    throw new RangeError(`Cannot find person ${person}: not an integer of 0…${POPULATION - 1}`);
  }
  return person;
}
