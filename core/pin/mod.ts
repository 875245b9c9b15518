/**
 * How a PIN travels: never in the clear, always bound to the account it opens.
 *
 * The PIN pad encrypts, the bank decrypts; the session core sees neither PIN nor clear block. This
 * module stands between them so that both use one formula.
 *
 * The twin's own pad and bank use format 4 alone. `legacy.ts` with its cipher (`sim/adapters/tdea.ts`),
 * {@linkcode sealPinBlock} and {@linkcode translatePinBlock} are for a switch before a host that has no
 * format 4: held to published vectors, and asked for by no verb yet.
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
export type { Tdea } from "./tdea.ts";
export {
  openPinBlock,
  type PinBlock,
  type PinFormat,
  type PinOpened,
  type PinTranslated,
  sealPinBlock,
  translatePinBlock,
} from "./translate.ts";
