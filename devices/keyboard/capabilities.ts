/**
 * What the pad says it can do. A client takes what is not named here for something it cannot.
 *
 * The attributes are tables of the standard's: by use of a key, by algorithm, by mode of use.
 *
 * @module
 */
import type { CapabilitiesTree } from "../../core/xfs4iot/mod.ts";
import { MODE_OF_USE } from "./key_management.ts";
import { KEY_USES, type KeyAlgorithm, KEYS_MAX } from "./key_store.ts";

/** What is said of a key of one use, in each of these modes. */
function inModes(
  modes: readonly string[],
  said: Record<string, unknown> = {},
  algorithm: KeyAlgorithm = "A",
) {
  return { [algorithm]: Object.fromEntries(modes.map((mode) => [mode, said] as const)) };
}

type Capabilities = Omit<CapabilitiesTree, "common" | "interfaces">;

const SEALING = { cryptoMethod: { ecb: true } };

/** Of a pad that has TDEA too, or not. */
export function capabilitiesOf(tdea: boolean): Capabilities {
  if (!tdea) return CAPABILITIES;
  const { pinPad, keyManagement } = CAPABILITIES;
  const P0 = (said: object) => ({
    ...inModes(["E"], { ...said }),
    ...inModes(["E"], { ...said }, "T"),
  });
  return {
    ...CAPABILITIES,
    pinPad: {
      ...pinPad,
      pinFormats: { iso0: true, iso3: true, iso4: true },
      pinBlockAttributes: { P0: P0(SEALING) },
    },
    keyManagement: {
      ...keyManagement,
      keyAttributes: { ...keyManagement?.keyAttributes, P0: P0({}) },
    },
  };
}

const CAPABILITIES: Capabilities = {
  keyboard: {
    autoBeep: {
      activeAvailable: true,
      activeSelectable: true,
      inactiveAvailable: true,
      inactiveSelectable: true,
    },
  },
  pinPad: {
    pinFormats: { iso4: true },
    pinBlockAttributes: { P0: inModes(["E"], SEALING) },
    pinCanPersistAfterUse: true,
    typeCombined: true,
    setPinblockDataRequired: false,
  },
  crypto: {
    emvHashAlgorithm: { sha1Digest: true, sha256Digest: true },
    cryptoAttributes: { D0: inModes(["D", "E"], { cryptoMethod: { ecb: true, cbc: true } }) },
    // A CMAC has neither padding method nor hash to be named.
    authenticationAttributes: { M6: inModes(["G"]) },
    verifyAttributes: { M6: inModes(["V"]) },
  },
  keyManagement: {
    keyNum: KEYS_MAX,
    keyCheckModes: { zero: true },
    keyAttributes: Object.fromEntries(
      KEY_USES.map((use) => [use, inModes([MODE_OF_USE[use]])] as const),
    ),
    decryptAttributes: { A: { decryptMethod: { ecb: true } } },
    // A check value is the beginning of a CMAC.
    verifyAttributes: {
      M6: inModes(["V"], { cryptoMethod: { kcvNone: true, kcvZero: true, sigNone: true } }),
    },
  },
};
