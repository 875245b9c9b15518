/**
 * The pad says that a key of a PIN was pressed, and never which.
 *
 * A digit that it named would stand as "•" in the trace, like a digit of a number that may be named on
 * the line: it is the entry it belongs to that tells the two apart.
 */
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { at, type Line, type Oracle } from "./oracle.ts";

/** Entries whose keys stay inside: of a PIN, and of a key's parts. */
const SECRET: readonly unknown[] = ["Keyboard.PinEntry", "Keyboard.SecureKeyEntry"];
const DIGITS: readonly unknown[] = [...DIGIT_KEYS, "•"];

export function pinUnnamed(): Oracle {
  /** Entries by request; numbers come again when the machine was switched off in between. */
  const entries = new Map<unknown, unknown>();
  return {
    name: "pin_unnamed",
    sentence: "KeyEvent.digit is absent for every digit of a PIN",
    reads: ["xfs"],
    observe(line: Line) {
      if (line.type !== "xfs" || line.device !== "pinpad") return null;
      const name = at(line.message, "header", "name");
      const request = at(line.message, "header", "requestId");
      if (line.from === "core") entries.set(request, name);
      if (name !== "Keyboard.KeyEvent" || !SECRET.includes(entries.get(request))) return null;
      const digit = at(line.message, "payload", "digit");
      return DIGITS.includes(digit) ? "the pad named a digit of a PIN" : null;
    },
    finish: () => null,
  };
}
