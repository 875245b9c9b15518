/**
 * KeyManagement: the keys of the PIN pad, how they come in, and what may be done with them.
 *
 * Usage, algorithm and mode of use are the letters of a TR-31 key block.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, flags, keyUsage, nothing, unmodelled } from "./values.ts";

const authenticationMethod = z.enum([
  "certhost",
  "sigHost",
  "ca",
  "hl",
  "cbcmac",
  "cmac",
  "certHostTr34",
  "caTr34",
  "hlTr34",
  "reserved1",
  "reserved2",
  "reserved3",
]);

export const keyManagementCommands = {
  "KeyManagement.DeleteKey": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      authentication: z.strictObject({
        method: authenticationMethod,
        key: z.string(),
        data: base64,
      }).partial(),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "randomInvalid",
          "keyNoValue",
          "keyNotFound",
          "useViolation",
          "modeOfUseNotSupported",
          "macInvalid",
          "signatureInvalid",
        ]),
      }).partial(),
    },
  },
  "KeyManagement.DeriveKey": {
    version: "2.0",
    payload: z.strictObject({
      derivationAlgorithm: z.enum(["chipZka"]),
      key: z.string(),
      keyGenKey: z.string(),
      storedKey: z.string(),
      iv: z.strictObject({ key: z.string(), value: base64 }).partial(),
      padding: z.number().int().min(0).max(255),
      inputData: base64,
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "keyNotFound",
          "keyNoValue",
          "algorithmNotSupported",
          "duplicateKey",
          "useViolation",
          "invalidKeyLength",
        ]),
      }).partial(),
    },
  },
  "KeyManagement.GenerateKCV": {
    version: "2.0",
    payload: z.strictObject({ key: z.string(), keyCheckMode: z.enum(["self", "zero"]) }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["keyNotFound", "keyNoValue", "accessDenied", "modeNotSupported"]),
        kcv: base64,
      }).partial(),
    },
  },
  "KeyManagement.GetKeyDetail": {
    version: "2.0",
    payload: z.strictObject({ keyName: z.string() }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["keyNotFound"]),
        keyDetails: z.record(
          z.string(),
          z.strictObject({
            generation: z.number().int().min(0).max(99),
            version: z.number().int().min(0).max(99),
            activatingDate: z.string().regex(/^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/),
            expiryDate: z.string().regex(/^[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/),
            loaded: z.enum(["no", "yes", "unknown", "construct"]),
            keyBlockInfo: z.strictObject({
              keyUsage,
              restrictedKeyUsage: keyUsage,
              algorithm: z.string().regex(/^[0-9ADEHRST]$/),
              modeOfUse: z.string().regex(/^[0-9BCDEGNSTVXY]$/),
              keyVersionNumber: z.string().regex(/^[0-9a-zA-Z][0-9a-zA-Z]$/),
              exportability: z.string().regex(/^[0-9ESN]$/),
              optionalBlockHeader: z.string(),
              keyLength: count,
            }).partial(),
          }).partial(),
        ),
      }).partial(),
    },
  },
  "KeyManagement.ImportKeyToken": {
    version: "3.0",
    payload: z.strictObject({
      keyToken: base64,
      key: z.string(),
      keyUsage,
      loadOption: z.enum(["noRandom", "random", "noRandomCrl", "randomCrl"]),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "duplicateKey",
          "invalidKeyLength",
          "noKeyRam",
          "formatInvalid",
          "contentInvalid",
          "useViolation",
          "randomInvalid",
          "signatureInvalid",
          "invalidCertState",
        ]),
        keyLength: count,
        keyAcceptAlgorithm: z.enum(["sha1", "sha256"]),
        keyAcceptData: base64,
        keyCheckMode: z.enum(["kcvSelf", "kcvZero"]),
        keyCheckValue: base64,
      }).partial(),
    },
  },
  "KeyManagement.ImportKey": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      keyAttributes: z.strictObject({
        keyUsage,
        algorithm: z.string().regex(/^[0-9ADRT]$/),
        modeOfUse: z.string().regex(/^[0-9BCDEGSTVXY]$/),
        restrictedKeyUsage: z.string().regex(
          /^B[0-2]$|^C0$|^D[0-2]$|^E[0-6]$|^I0$|^K[0-4]$|^M[0-8]$|^P0$|^S[0-2]$|^V[0-4]$|^[0-9][0-9]$/,
        ),
      }).partial(),
      value: base64.optional(),
      constructing: z.boolean().optional(),
      decryptKey: z.string().optional(),
      decryptMethod: z.enum([
        "ecb",
        "cbc",
        "cfb",
        "ofb",
        "ctr",
        "xts",
        "rsaesPkcs1V15",
        "rsaesOaep",
      ]).optional(),
      verificationData: base64.optional(),
      verifyKey: z.string().optional(),
      verifyAttributes: z.strictObject({
        cryptoMethod: z.enum([
          "kcvNone",
          "kcvSelf",
          "kcvZero",
          "sigNone",
          "rsassaPkcs1V15",
          "rsassaPss",
        ]),
        hashAlgorithm: z.enum(["sha1", "sha256"]),
      }).partial().optional(),
      vendorAttributes: z.string().optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "keyNotFound",
          "accessDenied",
          "duplicateKey",
          "keyNoValue",
          "useViolation",
          "formatNotSupported",
          "invalidKeyLength",
          "noKeyRam",
          "signatureNotSupported",
          "signatureInvalid",
          "randomInvalid",
          "algorithmNotSupported",
          "modeNotSupported",
          "cryptoMethodNotSupported",
          "invalidValue",
          "formatInvalid",
          "contentInvalid",
        ]),
        verificationData: base64,
        verifyAttributes: z.strictObject({
          keyUsage: z.string().regex(/^M[0-8]$|^S[0-2]$|^[0-9][0-9]$/),
          algorithm: z.string().regex(/^[0-9ADRT]$/),
          modeOfUse: z.string().regex(/^[0-9SV]$/),
          cryptoMethod: z.enum([
            "kcvNone",
            "kcvSelf",
            "kcvZero",
            "sigNone",
            "rsassaPkcs1V15",
            "rsassaPss",
          ]),
          hashAlgorithm: z.enum(["sha1", "sha256"]),
        }).partial(),
        keyLength: count,
      }).partial(),
    },
  },
  "KeyManagement.Initialization": {
    version: "3.0",
    payload: z.strictObject({
      authentication: z.strictObject({
        method: authenticationMethod,
        key: z.string(),
        data: base64,
      }).partial(),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "randomInvalid",
          "keyNoValue",
          "keyNotFound",
          "useViolation",
          "modeOfUseNotSupported",
          "macInvalid",
          "signatureInvalid",
        ]),
      }).partial(),
    },
  },
  "KeyManagement.Reset": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "KeyManagement.StartAuthenticate": {
    version: "2.0",
    payload: z.strictObject({
      command: z.strictObject({
        deleteKey: z.strictObject({ key: z.string() }).partial(),
        initialization: unmodelled,
      }).partial(),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        dataToSign: base64,
        signers: flags(
          "certHost",
          "sigHost",
          "ca",
          "hl",
          "cbcmac",
          "cmac",
          "certHostTr34",
          "caTr34",
          "hlTr34",
          "reserved1",
          "reserved2",
          "reserved3",
        ),
      }).partial(),
    },
  },
  "KeyManagement.StartKeyExchange": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "3.0",
      payload: z.strictObject({ errorCode: z.enum(["accessDenied"]), randomItem: base64 })
        .partial(),
    },
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
  "KeyManagement.DUKPTKSNEvent": {
    type: "event",
    version: "3.0",
    payload: z.strictObject({ key: z.string(), ksn: base64 }).partial(),
  },
  "KeyManagement.InitializedEvent": { type: "unsolicited", version: "2.0", payload: nothing },
} as const satisfies EventTable;
