/**
 * Keyboard beyond entries: where the keys are, beeps, and keys typed as key material.
 *
 * @module
 */
import * as z from "zod";
import { entryCompletion, keyName } from "./keyboard.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, flags, nothing, positive } from "./values.ts";

const keyFace = z.strictObject({
  xPos: count,
  yPos: count,
  xSize: positive,
  ySize: positive,
  key: keyName,
  shiftKey: keyName,
}).partial();

const layoutFrame = z.strictObject({
  xPos: count,
  yPos: count,
  xSize: count,
  ySize: count,
  float: flags("x", "y"),
  keys: z.array(keyFace),
}).partial();

const layout = z.strictObject({
  data: z.array(layoutFrame),
  pin: z.array(layoutFrame),
  secure: z.array(layoutFrame),
}).partial();

export const keyboardLayoutCommands = {
  "Keyboard.DefineLayout": {
    version: "3.0",
    payload: z.strictObject({ layout }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "modeNotSupported",
          "frameCoordinate",
          "keyCoordinate",
          "frameOverlap",
          "keyOverlap",
          "tooManyFrames",
          "tooManyKeys",
          "keyAlreadyDefined",
        ]),
      }).partial(),
    },
  },
  "Keyboard.GetLayout": {
    version: "2.0",
    payload: z.strictObject({ entryMode: z.enum(["data", "pin", "secure"]) }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({ errorCode: z.enum(["modeNotSupported"]), layout }).partial(),
    },
  },
  "Keyboard.KeypressBeep": {
    version: "2.0",
    payload: z.strictObject({ mode: flags("active", "inactive") }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "Keyboard.SecureKeyEntry": {
    version: "2.1",
    payload: z.strictObject({
      keyLen: z.enum(["number16", "number32", "number48", "number64"]),
      autoEnd: z.boolean(),
      activeKeys: z.record(z.string(), flags("terminate")),
      verificationType: z.enum(["self", "zero"]),
      cryptoMethod: z.enum(["des", "tripleDes", "aes"]),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "keyInvalid",
          "keyNotSupported",
          "noActiveKeys",
          "noTerminatekeys",
          "invalidKeyLength",
          "modeNotSupported",
          "tooManyFrames",
          "partialFrame",
          "missingKeys",
          "entryTimeout",
        ]),
        digits: count,
        completion: entryCompletion,
        kcv: base64,
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const keyboardLayoutEvents = {
  "Keyboard.LayoutEvent": {
    type: "event",
    version: "3.0",
    payload: z.strictObject({
      data: z.array(layoutFrame),
      pin: z.array(layoutFrame),
      secure: z.array(layoutFrame),
    }).partial(),
  },
} as const satisfies EventTable;
