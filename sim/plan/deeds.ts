/**
 * Deeds: what somebody's hands do at a stated moment, whatever the screen shows then.
 *
 * A customer's script waits for what it answers; a deed does not. Deeds are how a visit played by hand
 * is kept so that it replays exactly, and how a run is made to part from another at one moment: up to
 * its first deed a plan runs as it would without.
 *
 * No digit of a number or a PIN stands in a plan. A key that types one is named by whose it is and where:
 *
 * ```
 *   pin0     the key of the first digit of the customer's own PIN
 *   id17     the key of the last character of their identity number
 *   pin5+1   the key after the right one: a slip
 * ```
 *
 * @module
 */
import * as z from "zod";
import { assert } from "../../core/assert.ts";
import { keyOfCharacter } from "../../core/session/mod.ts";
import { RUN_S_MAX } from "./limits.ts";
import { operatorSchema } from "./operator.ts";
import { ATTACK_SPECIES } from "../../devices/camera/mod.ts";
import { hasKey, HEX_ROW, KEY_ROWS } from "../../devices/pad_keys.ts";

const RELATIVE_KEY = /^(pin|id|phone)(\d{1,2})(?:\+(\d{1,2}))?$/;
/** What a number can be written with; `+1` is the next one here, after X comes 0. */
const CHARACTERS = "0123456789X";

/** A key by its XFS4IoT name, or by what it types of what the customer knows. */
const keySchema = z.string().regex(/^[A-Za-z0-9+]{1,20}$/);

const KEYS = "zero to nine, oemX, enter, cancel, clear, backspace, help, a to f";

/** A key that a hand presses, by its XFS4IoT name. */
export const padKeySchema = z.enum([...KEY_ROWS.flat(), ...HEX_ROW], {
  error: ({ input }) => `there is no key ${input}; use ${KEYS}`,
});

/** What is wrong with a deed's key: its own name, or one of what the customer knows, will do. */
export function keyProblem(key: string): string | null {
  if (RELATIVE_KEY.test(key) || hasKey(key)) return null;
  const known = "pin0, id17, phone3: the key of a character that the customer knows";
  return `there is no key ${key}; use ${KEYS}, or ${known}`;
}

/** Who stands there; as in `/control`. */
export const standSchema = z.strictObject({
  person: z.number().int().min(0).max(99_999),
  distance_cm: z.number().min(20).max(150).default(45),
  attack: z.enum(ATTACK_SPECIES).nullable().default(null)
    .describe("What is held up instead of a face"),
  kin: z.enum(["self", "twin", "sibling", "cousin"]).default("self")
    .describe("Somebody who looks like this person stands there instead"),
});
export type Stand = z.infer<typeof standSchema>;

const at_us = z.number().int().min(0).max(RUN_S_MAX * 1_000_000)
  .describe("Virtual time, in microseconds since the run began");
const faultId = z.string().regex(/^[A-Z][0-9]{1,2}$/);

/** What is broken, and whose where any device can have it. */
const brokenSchema = z.strictObject({ id: faultId, device: z.string().max(40).optional() });

/** What is mended: its id alone will do where one device has it. */
export function brokenOf(clear: string | z.infer<typeof brokenSchema>) {
  return typeof clear === "string" ? { id: clear } : clear;
}

/** One deed and when; those that `/control` has too are spelled as there. */
export const deedSchema = z.union([
  z.strictObject({ at_us, stand: standSchema }),
  z.strictObject({ at_us, leave: z.literal(true) }),
  z.strictObject({ at_us, touch: z.string().regex(/^[a-z0-9_]{1,40}$/) }),
  z.strictObject({ at_us, press: z.array(keySchema).min(1).max(64) }),
  z.strictObject({ at_us, take_cash: z.union([z.literal("all"), z.number().int().min(1)]) }),
  z.strictObject({ at_us, take_receipt: z.literal(true) }),
  z.strictObject({ at_us, fault: brokenSchema }),
  z.strictObject({ at_us, clear: z.union([faultId, brokenSchema]) }),
  z.strictObject({ at_us, operator: operatorSchema }).describe("A hand with a key, in the safe"),
  z.strictObject({ at_us, slip: z.literal(true) }).describe("The next digit is the wrong one"),
  z.strictObject({ at_us, forget: z.enum(["cash", "receipt"]) }).describe("It is never taken"),
  z.strictObject({ at_us, by_hand: z.literal(true) }).describe("The script ends here"),
], {
  error:
    "must be { at_us: … } and one of stand, leave, touch, press, take_cash, take_receipt, fault, " +
    "clear, operator, slip, forget, by_hand",
});
export type Deed = z.infer<typeof deedSchema>;

type Timeless<D> = D extends { at_us: number } ? Omit<D, "at_us"> : never;
/** A deed that is done now, whenever that is. */
export type DeedNow = Timeless<Deed>;

/** What the customer knows by heart. */
export interface Knowledge {
  readonly phone: string;
  readonly id: string;
  readonly pin: string;
}

/** The XFS4IoT key that a deed's key is, for somebody who knows this. */
export function keyOf(key: string, knows: Knowledge): string {
  const relative = RELATIVE_KEY.exec(key);
  if (relative === null) return key;
  const [, what, index, plus = "0"] = relative;
  const own = knows[what as keyof Knowledge].at(Number(index)) ?? "0";
  const place = (CHARACTERS.indexOf(own) + Number(plus)) % CHARACTERS.length;
  return keyOfCharacter(CHARACTERS.charAt(place));
}

/** Names the key that types `character` by how far it is from the customer's own at this place. */
export function relativeKey(
  what: keyof Knowledge,
  index: number,
  character: string,
  knows: Knowledge,
): string {
  const own = CHARACTERS.indexOf(knows[what].at(index) ?? "0");
  const typed = CHARACTERS.indexOf(character);
  assert(own >= 0 && typed >= 0, "numbers are written in digits and X");
  const plus = (typed - own + CHARACTERS.length) % CHARACTERS.length;
  return plus === 0 ? `${what}${index}` : `${what}${index}+${plus}`;
}

/** The plan's scenario with one more deed; earlier ones of the same moment come first. */
export function withDeed<S extends { readonly deeds?: readonly Deed[] }>(scenario: S, deed: Deed) {
  const deeds = [...scenario.deeds ?? [], deed].toSorted((a, b) => a.at_us - b.at_us);
  return { ...scenario, deeds };
}
