/**
 * KeyManagement by certificates: loading keys from afar with RSA, and the public keys of chip cards.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count } from "./values.ts";

const rsaSignatureAlgorithm = z.enum(["na", "rsassaPkcs1V15", "rsassaPss"]);

const typeDataItemToExport = z.enum(["deviceId", "publicKey"]);

export const keyCertificatesCommands = {
  "KeyManagement.ExportRSADeviceSignedItem": {
    version: "2.0",
    payload: z.strictObject({
      exportItemType: typeDataItemToExport,
      name: z.string(),
      sigKey: z.string(),
      signatureAlgorithm: rsaSignatureAlgorithm,
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["noRSAKeyPair", "accessDenied", "keyNotFound"]),
        value: base64,
        selfSignature: base64,
        signature: base64,
      }).partial(),
    },
  },
  "KeyManagement.ExportRSAIssuerSignedItem": {
    version: "2.0",
    payload: z.strictObject({ exportItemType: typeDataItemToExport, name: z.string() }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["noRSAKeyPair", "accessDenied", "keyNotFound"]),
        value: base64,
        rsaSignatureAlgorithm,
        signature: base64,
      }).partial(),
    },
  },
  "KeyManagement.GenerateRSAKeyPair": {
    version: "2.0",
    payload: z.strictObject({
      key: z.string(),
      use: z.enum(["rsaPrivate", "rsaPrivateSign"]),
      modulusLength: count,
      exponentValue: z.enum(["device", "exponent1", "exponent4", "exponent16"]),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "invalidModulusLength",
          "useViolation",
          "duplicateKey",
          "keyGenerationError",
        ]),
      }).partial(),
    },
  },
  "KeyManagement.GetCertificate": {
    version: "2.0",
    payload: z.strictObject({ getCertificate: z.enum(["enckey", "verificationkey", "hostkey"]) })
      .partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["accessDenied", "invalidCertificateState", "keyNotFound"]),
        certificate: base64,
      }).partial(),
    },
  },
  "KeyManagement.ImportEmvPublicKey": {
    version: "3.0",
    payload: z.strictObject({
      key: z.string(),
      keyUsage: z.string().regex(/^E[0-7]$|^[0-9][0-9]$/),
      importScheme: z.enum([
        "plainCA",
        "checksumCA",
        "epiCA",
        "issuer",
        "icc",
        "iccPIN",
        "pkcsV1_5_CA",
      ]),
      value: base64,
      verifyKey: z.string(),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "duplicateKey",
          "noKeyRam",
          "emvVerifyFailed",
          "keyNotFound",
          "useViolation",
        ]),
        expiryDate: z.string(),
      }).partial(),
    },
  },
  "KeyManagement.LoadCertificate": {
    version: "3.0",
    payload: z.strictObject({
      loadOption: z.enum(["newHost", "replaceHost"]),
      signer: z.enum(["certHost", "ca", "hl"]),
      certificateData: base64,
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "accessDenied",
          "formatInvalid",
          "invalidCertificateState",
          "signatureInvalid",
          "randomInvalid",
          "modeNotSupported",
        ]),
        rsaKeyCheckMode: z.enum(["none", "sha1", "sha256"]),
        rsaData: base64,
      }).partial(),
    },
  },
  "KeyManagement.ReplaceCertificate": {
    version: "3.0",
    payload: z.strictObject({ replaceCertificate: base64 }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["accessDenied", "formatInvalid", "invalidCertificateState"]),
        newCertificateData: base64,
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const keyCertificatesEvents = {
  "KeyManagement.CertificateChangeEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ certificateChange: z.enum(["secondary"]) }).partial(),
  },
} as const satisfies EventTable;
