/**
 * KeyManagement: what there is to say of the keys without using one.
 *
 * @module
 */
import * as z from "zod";
import { count, flags, unmodelled } from "./values.ts";

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

export const keyManagementCapabilities = z.strictObject({
  keyNum: count,
  keyCheckModes: flags("self", "zero"),
  rsaAuthenticationScheme: flags("twoPartySig", "threePartyCert", "threePartyCertTr34"),
  rsaSignatureAlgorithm: flags("pkcs1V15", "pss"),
  rsaCryptAlgorithm: flags("pkcs1V15", "oaep"),
  rsaKeyCheckMode: flags("sha1", "sha256"),
  signatureScheme: flags("randomNumber", "exportDeviceId", "enhancedRkl"),
  emvImportSchemes: flags("plainCA", "chksumCA", "epiCA", "issuer", "icc", "iccPin", "pkcsv15CA"),
  keyBlockImportFormats: flags("A", "B", "C", "D"),
  keyImportThroughParts: z.boolean(),
  desKeyLength: flags("single", "double", "triple"),
  certificateTypes: flags("encKey", "verificationKey", "hostKey"),
  loadCertOptions: z.record(z.string(), flags("newHost", "replaceHost")),
  crklLoadOptions: flags("noRandom", "noRandomCrl", "random", "randomCrl"),
  symmetricKeyManagementMethods: flags("fixedKey", "masterKey", "tdesDukpt"),
  keyAttributes: z.record(z.string(), unmodelled),
  decryptAttributes: z.record(
    z.string(),
    z.strictObject({
      decryptMethod: flags("ecb", "cbc", "cfb", "ofb", "ctr", "xts", "rsaesPkcs1V15", "rsaesOaep"),
    }).partial(),
  ),
  verifyAttributes: z.record(z.string(), unmodelled),
}).partial();
