/**
 * Keys that are used once: AES DUKPT. The machine climbs its counter, the bank follows by the key
 * serial number that comes with every message. For a pad or a host of yours that has such keys: held to
 * the vectors of ANSI X9.24-3, and asked for by no verb yet.
 *
 * @module
 */
export {
  initialKey,
  keySerialNumber,
  nextCounter,
  transactionKey,
  workingKey,
  workingKeyOf,
  type WorkingKeyUsage,
} from "./aes_dukpt.ts";
