/** Keys of the pad, by their XFS4IoT names. */
import { DIGIT_KEYS, type DigitKey } from "../xfs4iot/mod.ts";

/** The character a key stands for; empty for keys that stand for none. */
export function characterOfKey(key: string | undefined): string {
  if (key === "oemX") return "X";
  const digit = DIGIT_KEYS.indexOf(key as DigitKey);
  return digit < 0 ? "" : String(digit);
}

/** The key that types a character: a digit, or the X an identity number may end in. */
export function keyOfCharacter(character: string): string {
  if (character === "X") return "oemX";
  const key = DIGIT_KEYS[Number(character)];
  if (key === undefined) throw new RangeError(`Cannot type ${character}: no key has it`);
  return key;
}

type ActiveKeys = Record<string, { terminate: boolean }>;

/** Ten digits, the two corrections, and the two keys that end an entry. */
export const NUMBER_KEYS: ActiveKeys = {
  ...Object.fromEntries(DIGIT_KEYS.map((digit) => [digit, { terminate: false }])),
  clear: { terminate: false },
  backspace: { terminate: false },
  enter: { terminate: true },
  cancel: { terminate: true },
};

/** The same with the X of identity numbers. */
export const TEXT_KEYS: ActiveKeys = { ...NUMBER_KEYS, oemX: { terminate: false } };

/**
 * How many characters stand after a key. A PIN's digits arrive without their names (`undefined`);
 * that is how they are counted.
 */
export function countAfter(typed: number, key: string | undefined, max: number): number {
  if (key === "clear") return 0;
  if (key === "backspace") return Math.max(0, typed - 1);
  if (key === "enter" || key === "cancel") return typed;
  return Math.min(max, typed + 1);
}
