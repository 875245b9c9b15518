/**
 * How a PIN travels: never in the clear, always bound to the account it opens.
 *
 * The PIN pad encrypts, the bank decrypts; the session core sees neither PIN nor clear block. This
 * module stands between them so that both use one formula.
 *
 * Format 4 is what the twin's own pad and bank use. Formats 0 and 3 (`legacy.ts`) are spoken with somebody
 * else's software, where `--pin-format` asks for one, and only where a cipher for them comes through the
 * port {@linkcode Tdea} (`sim/adapters/tdea.ts`): a browser has none, and a machine there no such format.
 * {@linkcode translatePinBlock} is for a switch between two networks; no verb is one.
 *
 * @module
 */
export {
  decryptFormat4,
  encryptFormat4,
  type Format4Opened,
  type Format4Problem,
  FORMAT_4_RANDOM_BYTES,
} from "./format4.ts";
export {
  decryptLegacy,
  encryptLegacy,
  FORMAT_3_RANDOM_BYTES,
  legacyBlock,
  type LegacyFormat,
  type LegacyOpened,
  type LegacyProblem,
} from "./legacy.ts";
export {
  customerDataOf,
  isPinFormat,
  type LegacyPins,
  panOf,
  PIN_FORMATS,
  pinAlgorithmOf,
  pinBlockBytesOf,
  type PinFormat,
  pinFormatOf,
  pinRandomBytesOf,
} from "./format.ts";
export type { Tdea } from "./tdea.ts";
export {
  openPinBlock,
  type PinBlock,
  type PinOpened,
  type PinTranslated,
  sealPinBlock,
  translatePinBlock,
} from "./translate.ts";
