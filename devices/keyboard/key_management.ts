/**
 * KeyManagement: keys by name. What a test bench needs of it, and no more.
 *
 * A key comes typed at the pad (`SecureKeyEntry`), in clear, or under a `D0` key of the pad (AES-ECB),
 * has 16 bytes (AES-128), and is of one use for ever. A pad that has TDEA takes keys of that too, of 16 or 24
 * bytes, for PIN blocks; not typed ones. No PIN pad in a bank takes a key in clear: this one does so that an
 * application under test can know the key. RSA, certificates, key tokens and derivation are
 * `unsupportedCommand`.
 *
 * @module
 */
import { type CommandPayload, fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";
import type { DeviceRequest } from "../request.ts";
import type { Guard, Handlers } from "../service.ts";
import {
  isKeyLength,
  KEY_BYTES,
  KEY_USES,
  type KeyAlgorithm,
  KEYS_MAX,
  type KeyStore,
  type KeyUse,
} from "./key_store.ts";

/** The cipher of a key whose own is not told, as key blocks spell it: AES. */
const ALGORITHM = "A";

/** A shorter check value tells too little. */
const CHECK_BYTES_MIN = 3;

/** What a key may be told to do, by its use. */
export const MODE_OF_USE: Readonly<Record<KeyUse, string>> = { P0: "E", D0: "B", M6: "C" };

export interface KeyManagementOptions {
  readonly keys: KeyStore;
  /** The key that was typed at the pad; null when none was. */
  typed(): Uint8Array | null;
  /** That one has its name now, and waits for none any more. */
  named(): void;
  /** Erases every key, one that was typed and has no name yet among them. */
  erase(): void;
  /** Every key is gone, because somebody asked for it. */
  initialized(): void;
  /** Whether there are keys is not what it was. */
  changed(): void;
  /** What is asked of every request first. */
  readonly guard: Guard;
}

export function keyManagementHandlers(options: KeyManagementOptions): Handlers {
  const { keys, guard } = options;
  return {
    "KeyManagement.GetKeyDetail": guard((request) => getKeyDetail(keys, request)),
    "KeyManagement.ImportKey": guard((request) => importKey(options, request)),
    "KeyManagement.DeleteKey": guard((request) => {
      if (!keys.delete(request.payload.key ?? "")) return request.fail("keyNotFound");
      request.succeed();
      options.changed();
    }),
    "KeyManagement.GenerateKCV": guard((request) => {
      if (request.payload.keyCheckMode === "self") return request.fail("modeNotSupported");
      const value = keys.checkValue(request.payload.key);
      if (value === null) return request.fail("keyNotFound");
      request.succeed({ kcv: toBase64(value) });
    }),
    "KeyManagement.Initialization": guard((request) => {
      options.erase();
      request.succeed();
      options.initialized();
      options.changed();
    }),
    "KeyManagement.Reset": guard((request) => request.succeed()),
  };
}

function getKeyDetail(
  keys: KeyStore,
  request: DeviceRequest<"KeyManagement.GetKeyDetail">,
): void {
  const { keyName } = request.payload;
  const asked = keys.list().filter(({ name }) => keyName === undefined || name === keyName);
  if (keyName !== undefined && asked.length === 0) return request.fail("keyNotFound");
  const keyDetails = Object.fromEntries(asked.map(({ name, use, algorithm, bytes }) => [name, {
    loaded: "yes" as const,
    keyBlockInfo: {
      keyUsage: use,
      algorithm,
      modeOfUse: MODE_OF_USE[use],
      exportability: "N",
      keyLength: 8 * bytes,
    },
  }]));
  request.succeed({ keyDetails });
}

/**
 * Why a key is not the one that its sender meant, who may say its check value or how that begins; null
 * when it is, or when nothing was said.
 */
function verificationProblem(
  { verificationData, verifyAttributes }: CommandPayload<"KeyManagement.ImportKey">,
  right: Uint8Array,
): "signatureNotSupported" | "signatureInvalid" | null {
  const none = verificationData === undefined ? "kcvNone" : "kcvZero";
  switch (verifyAttributes?.cryptoMethod ?? none) {
    case "kcvNone":
    case "sigNone":
      return null;
    case "kcvZero": {
      const given = fromBase64(verificationData ?? "");
      const same = given.every((byte, i) => byte === right[i]);
      return same && given.length >= CHECK_BYTES_MIN ? null : "signatureInvalid";
    }
    case "kcvSelf":
    case "rsassaPkcs1V15":
    case "rsassaPss":
      return "signatureNotSupported";
  }
}

/** The algorithm of a key to be brought; null for one that this pad has not for this use. */
function algorithmOf(
  { keyAttributes, value }: CommandPayload<"KeyManagement.ImportKey">,
  use: KeyUse,
  keys: KeyStore,
): KeyAlgorithm | null {
  switch (keyAttributes.algorithm ?? ALGORITHM) {
    case "A":
      return "A";
    case "T":
      // What was typed has told its check value already, of AES.
      return keys.tdea !== null && use === "P0" && value !== undefined ? "T" : null;
    default:
      return null;
  }
}

function importKey(
  { keys, changed, typed, named }: KeyManagementOptions,
  request: DeviceRequest<"KeyManagement.ImportKey">,
): void {
  const { key, keyAttributes, value, constructing, decryptKey, decryptMethod } = request.payload;
  const use = KEY_USES.find((each) => each === keyAttributes.keyUsage);
  if (use === undefined) return request.fail("useViolation");
  const algorithm = algorithmOf(request.payload, use, keys);
  if (algorithm === null) return request.fail("algorithmNotSupported");
  if ((keyAttributes.modeOfUse ?? MODE_OF_USE[use]) !== MODE_OF_USE[use]) {
    return request.fail("modeNotSupported");
  }
  if (constructing === true) return request.fail("formatNotSupported");
  if (keys.useOf(key) !== undefined) return request.fail("duplicateKey");
  if (keys.size >= KEYS_MAX) return request.fail("noKeyRam");
  const bytes = value === undefined ? typed() : fromBase64(value);
  if (bytes === null) return request.fail("formatNotSupported");
  if (!isKeyLength(algorithm, bytes.length)) return request.fail("invalidKeyLength");
  let clear = bytes;
  if (decryptKey !== undefined) {
    if ((decryptMethod ?? "ecb") !== "ecb") return request.fail("cryptoMethodNotSupported");
    if (keys.useOf(decryptKey) === undefined) return request.fail("keyNotFound");
    const under = keys.value(decryptKey, "D0");
    if (under === undefined) return request.fail("useViolation");
    if (bytes.length % KEY_BYTES !== 0) return request.fail("invalidKeyLength");
    clear = keys.unwrap(bytes, under);
  }
  const problem = verificationProblem(request.payload, keys.computed(clear, algorithm));
  if (problem !== null) return request.fail(problem);
  keys.load(key, clear, use, algorithm);
  if (value === undefined) named();
  request.succeed({
    verificationData: toBase64(keys.checkValue(key) ?? new Uint8Array()),
    verifyAttributes: { cryptoMethod: "kcvZero" },
    keyLength: 8 * clear.length,
  });
  changed();
}
