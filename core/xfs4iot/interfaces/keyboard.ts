/**
 * Keyboard: the keys, and nothing of what a PIN is made of.
 *
 * In `Keyboard.PinEntry` a `KeyEvent` carries no `digit` for a number key: the PIN stays inside.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { count, flags, nothing } from "./values.ts";

/** A key by name. The X that ends some Chinese identity numbers is the vendor key `oemX`. */
export const keyName = z.string().regex(
  new RegExp(
    "^(zero|one|two|three|four|five|six|seven|eight|nine|[a-f]|enter|cancel|clear|backspace|" +
      "help|decPoint|shift|doubleZero|tripleZero|fdk(0[1-9]|[12][0-9]|3[0-2])|oem[a-zA-Z0-9]*)$",
  ),
);

export const entryCompletion = z.enum([
  "auto",
  "enter",
  "cancel",
  "continue",
  "clear",
  "backspace",
  "fdk",
  "help",
  "fk",
  "contFdk",
]);
export type EntryCompletion = z.infer<typeof entryCompletion>;

const keyPressed = z.strictObject({ completion: entryCompletion, digit: keyName.optional() });

/** Which keys may be pressed; `terminate` ones end the entry. */
const activeKeys = z.record(keyName, z.strictObject({ terminate: z.boolean().optional() }));

export const keyboardStatus = z.strictObject({
  autoBeepMode: flags("activeAvailable", "inactiveAvailable"),
}).partial();

export const keyboardCapabilities = z.strictObject({
  autoBeep: flags("activeAvailable", "activeSelectable", "inactiveAvailable", "inactiveSelectable"),
  etsCaps: z.strictObject({
    xPos: count,
    yPos: count,
    xSize: count,
    ySize: count,
    maximumTouchFrames: count,
    maximumTouchKeys: count,
    float: flags("x", "y"),
  }).partial(),
}).partial();

export const keyboardCommands = {
  "Keyboard.DataEntry": {
    version: "2.0",
    payload: z.strictObject({
      maxLen: count.optional(),
      autoEnd: z.boolean().optional(),
      activeKeys: activeKeys.optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["keyInvalid", "keyNotSupported", "noActivekeys"]),
        keys: count,
        pinKeys: z.array(keyPressed),
        completion: entryCompletion,
      }).partial(),
    },
  },
  "Keyboard.PinEntry": {
    version: "2.0",
    payload: z.strictObject({
      minLen: count,
      maxLen: count.optional(),
      autoEnd: z.boolean().optional(),
      echo: z.string().optional(),
      activeKeys: activeKeys.optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyInvalid",
          "keyNotSupported",
          "noActivekeys",
          "noTerminatekeys",
          "minimumLength",
          "tooManyFrames",
          "partialFrame",
          "entryTimeout",
        ]),
        digits: count,
        completion: entryCompletion,
      }).partial(),
    },
  },
  "Keyboard.Reset": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const keyboardEvents = {
  "Keyboard.EnterDataEvent": { type: "event", version: "2.0", payload: nothing },
  "Keyboard.KeyEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({ completion: entryCompletion, digit: keyName }).partial(),
  },
} as const satisfies EventTable;
