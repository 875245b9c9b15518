/**
 * PinPad: what the keypad does with the PIN it keeps, and the state of its keys.
 *
 * @module
 */
import { z } from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, flags, nothing } from "./values.ts";

const PIN_FORMATS = [
  "ibm3624",
  "ansi",
  "iso0",
  "iso1",
  "eci2",
  "eci3",
  "visa",
  "diebold",
  "dieboldCo",
  "visa3",
  "banksys",
  "emv",
  "iso3",
  "ap",
  "iso4",
] as const;

export const keyManagementStatus = z.strictObject({
  encryptionState: z.enum([
    "ready",
    "notReady",
    "notInitialized",
    "busy",
    "undefined",
    "initialized",
  ]),
  certificateState: z.enum(["unknown", "primary", "secondary", "notReady"]),
}).partial();

export const pinPadCapabilities = z.strictObject({
  pinFormats: flags(...PIN_FORMATS),
  pinCanPersistAfterUse: z.boolean(),
  typeCombined: z.boolean(),
  setPinblockDataRequired: z.boolean(),
}).partial();

export const pinPadCommands = {
  "PinPad.GetPinBlock": {
    version: "2.0",
    payload: z.strictObject({
      /** The account number for `iso0`, `iso3` and `iso4`; masked wherever it is recorded. */
      customerData: z.string().regex(/^[0-9a-fA-F]{2,}$/).optional(),
      padding: z.number().int().min(0).max(15).optional(),
      format: z.enum(PIN_FORMATS),
      key: z.string().min(1),
      xorData: z.string().regex(/^[0-9a-fA-F]{2,}$/).optional(),
      secondEncKey: z.string().optional(),
      cryptoMethod: z.enum(["ecb", "cbc", "cfb", "ofb", "ctr", "xts", "rsaesPkcs1V15", "rsaesOaep"])
        .optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyNotFound",
          "accessDenied",
          "keyNoValue",
          "useViolation",
          "noPin",
          "formatNotSupported",
          "invalidKeyLength",
          "algorithmNotSupported",
          "dukptOverflow",
          "cryptoMethodNotSupported",
        ]),
        pinBlock: base64,
      }).partial(),
    },
  },
  "PinPad.MaintainPin": {
    version: "2.0",
    payload: z.strictObject({ maintainPIN: z.boolean() }),
    completion: { version: "2.0", payload: nothing },
  },
  "PinPad.Reset": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const keyManagementEvents = {
  "KeyManagement.IllegalKeyAccessEvent": {
    type: "unsolicited",
    version: "3.0",
    payload: z.strictObject({
      keyName: z.string(),
      errorCode: z.enum([
        "keyNotFound",
        "keyNoValue",
        "useViolation",
        "algorithmNotSupported",
        "dukptOverflow",
      ]),
    }).partial(),
  },
} as const satisfies EventTable;
