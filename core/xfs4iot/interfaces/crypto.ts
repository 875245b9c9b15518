/**
 * Crypto: random numbers, digests, ciphers and message authentication with keys that stay inside.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable } from "./interface.ts";
import { base64, flags, nothing, unmodelled } from "./values.ts";

export const cryptoCapabilities = z.strictObject({
  emvHashAlgorithm: flags("sha1Digest", "sha256Digest"),
  cryptoAttributes: z.record(z.string(), unmodelled),
  authenticationAttributes: z.record(z.string(), unmodelled),
  verifyAttributes: z.record(z.string(), unmodelled),
}).partial();

export const cryptoCommands = {
  "Crypto.CryptoData": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      storedKey: z.string().optional(),
      iv: z.strictObject({ key: z.string(), value: base64 }).partial().optional(),
      padding: z.number().int().min(0).max(255).optional(),
      modeOfUse: z.string().regex(/^[DE]$/).optional(),
      cryptoMethod: z.enum(["ecb", "cbc", "cfb", "ofb", "ctr", "xts", "rsaesPkcs1V15", "rsaesOaep"])
        .optional(),
      data: base64,
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "keyNotFound",
          "keyNoValue",
          "useViolation",
          "modeOfUseNotSupported",
          "invalidKeyLength",
          "cryptoMethodNotSupported",
          "noChipTransactionActive",
        ]),
        data: base64,
      }).partial(),
    },
  },
  "Crypto.Digest": {
    version: "3.0",
    payload: z.strictObject({ hashAlgorithm: z.enum(["sha1", "sha256"]), data: base64 }),
    completion: {
      version: "3.0",
      payload: z.strictObject({ errorCode: z.enum(["accessDenied"]), digest: base64 }).partial(),
    },
  },
  "Crypto.GenerateAuthentication": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      data: base64,
      storedKey: z.string().optional(),
      iv: z.strictObject({ key: z.string(), value: base64 }).partial().optional(),
      padding: z.number().int().min(0).max(255).optional(),
      compression: z.string().regex(/^[ @]$/).optional(),
      cryptoMethod: z.enum(["rsassaPkcs1V15", "rsassaPss"]).optional(),
      hashAlgorithm: z.enum(["sha1", "sha256"]).optional(),
      authenticationDatalength: z.number().int().min(4).max(8).optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "keyNotFound",
          "keyNoValue",
          "useViolation",
          "modeOfUseNotSupported",
          "invalidKeyLength",
          "algorithmNotSupported",
          "cryptoMethodNotSupported",
          "noChipTransactionActive",
        ]),
        authenticationData: base64,
      }).partial(),
    },
  },
  "Crypto.GenerateRandom": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "3.0",
      payload: z.strictObject({ errorCode: z.enum(["accessDenied"]), randomNumber: base64 })
        .partial(),
    },
  },
  "Crypto.VerifyAuthentication": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      data: base64,
      verifyData: base64,
      storedKey: z.string().optional(),
      iv: z.strictObject({ key: z.string(), value: base64 }).partial().optional(),
      padding: z.number().int().min(0).max(255).optional(),
      compression: z.string().regex(/^[ @]$/).optional(),
      cryptoMethod: z.enum(["rsassaPkcs1V15", "rsassaPss"]).optional(),
      hashAlgorithm: z.enum(["sha1", "sha256"]).optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "keyNotFound",
          "keyNoValue",
          "useViolation",
          "modeOfUseNotSupported",
          "invalidKeyLength",
          "algorithmNotSupported",
          "cryptoMethodNotSupported",
          "noChipTransactionActive",
          "macInvalid",
          "signatureInvalid",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;
