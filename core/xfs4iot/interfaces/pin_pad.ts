/**
 * PinPad: what the keypad does with the PIN it keeps.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable } from "./interface.ts";
import { base64, count, flags, nothing, unmodelled } from "./values.ts";

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

export const pinPadCapabilities = z.strictObject({
  pinFormats: flags(...PIN_FORMATS),
  presentationAlgorithms: flags("presentClear"),
  display: flags("none", "ledThrough", "display"),
  idcConnect: z.boolean(),
  validationAlgorithms: flags("des", "visa"),
  pinBlockAttributes: z.record(z.string(), unmodelled),
  pinCanPersistAfterUse: z.boolean(),
  typeCombined: z.boolean(),
  setPinblockDataRequired: z.boolean(),
}).partial();

export const pinPadCommands = {
  "PinPad.GetPinBlock": {
    version: "2.0",
    payload: z.strictObject({
      /**
       * The account number for `iso4`, and for `iso0` and `iso3` without its check digit; masked wherever it
       * is recorded.
       */
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
  "PinPad.GetQueryPCIPTSDeviceId": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        manufacturerIdentifier: z.string(),
        modelIdentifier: z.string(),
        hardwareIdentifier: z.string(),
        firmwareIdentifier: z.string(),
        applicationIdentifier: z.string(),
      }).partial(),
    },
  },
  "PinPad.LocalDES": {
    version: "2.0",
    payload: z.strictObject({
      validationData: z.string().regex(/^[0-9]{16}$/),
      offset: z.string().regex(/^[0-9a-fA-F]{1,16}$/),
      padding: z.string().regex(/^0[0-9a-fA-F]$|^3[0-9]$|^4[1-6]$|^6[1-6]$/),
      maxPIN: count,
      valDigits: count,
      noLeadingZero: z.boolean(),
      key: z.string(),
      keyEncKey: z.string(),
      decTable: z.string().regex(/^[0-9]{16}$/),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyNotFound",
          "accessDenied",
          "keyNoValue",
          "useViolation",
          "noPin",
          "formatNotSupported",
          "invalidKeyLength",
        ]),
        result: z.boolean(),
      }).partial(),
    },
  },
  "PinPad.LocalVisa": {
    version: "3.0",
    payload: z.strictObject({
      pan: z.string().regex(/^[0-9]{23}$/),
      pvv: z.string().regex(/^[0-9]{4,}$/),
      key: z.string(),
      keyEncKey: base64,
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyNotFound",
          "accessDenied",
          "keyNoValue",
          "useViolation",
          "noPin",
          "formatNotSupported",
          "invalidKeyLength",
        ]),
        result: z.boolean(),
      }).partial(),
    },
  },
  "PinPad.PresentIDC": {
    version: "3.0",
    payload: z.strictObject({
      presentAlgorithm: z.enum(["presentClear"]),
      chipProtocol: z.string(),
      chipData: base64,
      algorithmData: z.strictObject({ pinPointer: count, pinOffset: count }).partial(),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["accessDenied", "noPin", "protocolNotSupported", "invalidData"]),
        chipProtocol: z.string(),
        chipData: base64,
      }).partial(),
    },
  },
  "PinPad.SetPinBlockData": {
    version: "2.0",
    payload: z.strictObject({
      customerData: z.string().regex(/^[0-9a-fA-F]{2,}$/).optional(),
      padding: z.number().int().min(0).max(15).optional(),
      format: z.enum(PIN_FORMATS),
      key: z.string(),
      xorData: z.string().regex(/^[0-9a-fA-F]{2,}?$/).optional(),
      secondEncKey: z.string().optional(),
      cryptoMethod: z.enum(["ecb", "cbc", "cfb", "ofb", "ctr", "xts", "rsaesPkcs1V15", "rsaesOaep"])
        .optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyNotFound",
          "accessDenied",
          "keyNoValue",
          "useViolation",
          "noPin",
          "formatNotSupported",
          "invalidKeyLength",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;
