/**
 * Biometric: a face read, kept for this session, and compared with one that was brought.
 *
 * The standard's data formats are of fingers: a face template is `reservedTemplate1` here, a picture
 * `reservedRaw1`.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, flags, nothing } from "./values.ts";

const dataType = z.strictObject({
  format: z.enum([
    "isoFid",
    "isoFmd",
    "ansiFid",
    "ansiFmd",
    "qso",
    "wso",
    "reservedRaw1",
    "reservedTemplate1",
    "reservedRaw2",
    "reservedTemplate2",
    "reservedRaw3",
    "reservedTemplate3",
  ]),
  algorithm: z.enum(["ecb", "cbc", "cfb", "rsa"]),
  keyName: z.string(),
}).partial();

const bioData = z.strictObject({ type: dataType, data: base64 }).partial();

export const biometricCapabilities = z.strictObject({
  type: flags(
    "facialFeatures",
    "voice",
    "fingerprint",
    "fingerVein",
    "iris",
    "retina",
    "handGeometry",
    "thermalFace",
    "thermalHand",
    "palmVein",
    "signature",
  ),
  maxCapture: count,
  templateStorage: count,
  dataFormats: flags(
    "isoFid",
    "isoFmd",
    "ansiFid",
    "ansiFmd",
    "qso",
    "wso",
    "reservedRaw1",
    "reservedTemplate1",
    "reservedRaw2",
    "reservedTemplate2",
    "reservedRaw3",
    "reservedTemplate3",
  ),
  encryptionAlgorithms: flags("ecb", "cbc", "cfb", "rsa"),
  storage: flags("secure", "clear"),
  persistenceModes: flags("persist", "clear"),
  matchSupported: z.enum(["storedMatch", "combinedMatch"]),
  scanModes: flags("scan", "match"),
  compareModes: flags("verify", "identity"),
  clearData: flags("scannedData", "importedData", "setMatchedData"),
}).partial();

export const biometricStatus = z.strictObject({
  subject: z.enum(["present", "notPresent", "unknown"]),
  capture: z.boolean(),
  dataPersistence: z.enum(["persist", "clear"]),
  remainingStorage: count,
}).partial();

export const biometricCommands = {
  "Biometric.Clear": {
    version: "2.0",
    payload: z.strictObject({
      clearData: z.enum(["scannedData", "importedData", "setMatchedData"]),
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "Biometric.GetStorageInfo": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["noImportedData"]),
        templates: z.record(z.string(), dataType),
      }).partial(),
    },
  },
  "Biometric.Import": {
    version: "3.0",
    payload: z.strictObject({ templates: z.array(bioData) }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["invalidData", "formatNotSupported", "capacityExceeded", "keyNotFound"]),
        templates: z.record(z.string(), dataType),
      }).partial(),
    },
  },
  "Biometric.Match": {
    version: "2.0",
    payload: z.strictObject({
      compareMode: z.enum(["verify", "identity"]),
      identifier: z.string().regex(/^id[0-9A-Za-z]+$/).optional(),
      maximum: count.optional(),
      threshold: z.number().int().min(0).max(100).optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "noImportedData",
          "invalidIdentifier",
          "modeNotSupported",
          "noCaptureData",
          "invalidCompareMode",
          "invalidThreshold",
        ]),
        candidates: z.record(
          z.string(),
          z.strictObject({
            confidenceLevel: z.number().int().min(0).max(100),
            templateData: base64,
          }).partial(),
        ),
      }).partial(),
    },
  },
  "Biometric.Read": {
    version: "2.0",
    payload: z.strictObject({
      dataTypes: z.array(dataType),
      numCaptures: count,
      mode: z.enum(["scan", "match"]),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["readFailed", "modeNotSupported", "formatNotSupported", "keyNotFound"]),
        dataRead: z.array(bioData),
      }).partial(),
    },
  },
  "Biometric.Reset": {
    version: "2.0",
    payload: z.strictObject({
      clearData: z.enum(["scannedData", "importedData", "setMatchedData"]),
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "Biometric.SetDataPersistence": {
    version: "2.0",
    payload: z.strictObject({ persistenceMode: z.enum(["persist", "clear"]) }),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["modeNotSupported"]) }).partial(),
    },
  },
  "Biometric.SetMatch": {
    version: "2.0",
    payload: z.strictObject({
      compareMode: z.enum(["verify", "identity"]),
      identifier: z.string().regex(/^id[0-9A-Za-z]+$/).optional(),
      maximum: count.optional(),
      threshold: z.number().int().min(0).max(100).optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "invalidIdentifier",
          "modeNotSupported",
          "noImportedData",
          "invalidThreshold",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const biometricEvents = {
  "Biometric.DataClearedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({
      clearData: z.enum(["scannedData", "importedData", "setMatchedData"]),
    }).partial(),
  },
  "Biometric.OrientationEvent": { type: "unsolicited", version: "2.0", payload: nothing },
  "Biometric.PresentSubjectEvent": { type: "event", version: "2.0", payload: nothing },
  "Biometric.RemoveSubjectEvent": { type: "event", version: "2.0", payload: nothing },
  "Biometric.SubjectDetectedEvent": { type: "event", version: "2.0", payload: nothing },
  "Biometric.SubjectRemovedEvent": { type: "unsolicited", version: "2.0", payload: nothing },
} as const satisfies EventTable;
