/**
 * Keys that are used once: AES DUKPT. The machine climbs its counter, the bank follows by the key
 * serial number that comes with every message.
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
