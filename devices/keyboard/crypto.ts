/**
 * Crypto: what the pad computes with keys that stay inside. AES-128 (`D0`: ECB and CBC), CMAC (`M6`),
 * SHA-1 and SHA-256, random numbers from the pad's own stream.
 *
 * @module
 */
import { cbc, cmac, ecb } from "@noble/ciphers/aes.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { RandomStream } from "../../core/numeric/mod.ts";
import { fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";
import type { DeviceRequest } from "../request.ts";
import type { Guard, Handlers } from "../service.ts";
import { KEY_BYTES, type KeyStore } from "./key_store.ts";

/** What one random number is: enough for a nonce. */
const RANDOM_BYTES = 16;

/** A MAC is told in four to eight bytes. */
const MAC_BYTES = 8;

export interface CryptoOptions {
  readonly keys: KeyStore;
  readonly random: RandomStream;
  /** Whether the random generator, and what is tested with it, has failed. */
  failing(): boolean;
  /** What is asked of every request first. */
  readonly guard: Guard;
}

export function cryptoHandlers({ keys, random, failing, guard }: CryptoOptions): Handlers {
  return {
    "Crypto.GenerateRandom": guard((request) => {
      if (failing()) return request.fail("accessDenied");
      const bytes = Uint8Array.from({ length: RANDOM_BYTES }, () => random.integer(0, 255));
      request.succeed({ randomNumber: toBase64(bytes) });
    }),
    "Crypto.Digest": guard((request) => {
      const data = fromBase64(request.payload.data);
      const hash = request.payload.hashAlgorithm === "sha1" ? sha1 : sha256;
      request.succeed({ digest: toBase64(hash(data)) });
    }),
    "Crypto.CryptoData": guard((request) => cryptoData(keys, request)),
    "Crypto.GenerateAuthentication": guard((request) => {
      const { key, data, authenticationDatalength = MAC_BYTES } = request.payload;
      const problem = macProblem(keys, request.payload);
      if (problem !== null) return request.fail(problem);
      const mac = macOf(keys, key, data).slice(0, authenticationDatalength);
      request.succeed({ authenticationData: toBase64(mac) });
    }),
    "Crypto.VerifyAuthentication": guard((request) => {
      const { key, data, verifyData } = request.payload;
      const problem = macProblem(keys, request.payload);
      if (problem !== null) return request.fail(problem);
      if (failing()) return request.fail("macInvalid");
      const given = fromBase64(verifyData);
      const expected = macOf(keys, key, data);
      const same = given.length >= 4 && given.length <= MAC_BYTES &&
        given.every((byte, i) => byte === expected[i]);
      if (same) request.succeed();
      else request.fail("macInvalid");
    }),
  };
}

interface MacWish {
  readonly key: string;
  readonly cryptoMethod?: string | undefined;
  readonly hashAlgorithm?: string | undefined;
}

/** Why no CMAC is made with this key; null when one is. RSA signatures are not made here. */
function macProblem(keys: KeyStore, { key, cryptoMethod, hashAlgorithm }: MacWish) {
  if (cryptoMethod !== undefined || hashAlgorithm !== undefined) {
    return "cryptoMethodNotSupported" as const;
  }
  const use = keys.useOf(key);
  if (use === undefined) return "keyNotFound" as const;
  return use === "M6" ? null : "useViolation" as const;
}

function macOf(keys: KeyStore, key: string, data: string): Uint8Array {
  return cmac(fromBase64(data), keys.value(key, "M6") ?? new Uint8Array(KEY_BYTES));
}

function cryptoData(keys: KeyStore, request: DeviceRequest<"Crypto.CryptoData">): void {
  const { key, data, iv, modeOfUse = "E", cryptoMethod = "ecb", padding } = request.payload;
  const value = keys.value(key, "D0");
  if (value === undefined) {
    return request.fail(keys.useOf(key) === undefined ? "keyNotFound" : "useViolation");
  }
  const bytes = fromBase64(data);
  if (padding !== undefined || bytes.length === 0 || bytes.length % KEY_BYTES !== 0) {
    return request.refuse("invalidData", `payload.data: not whole blocks of ${KEY_BYTES} bytes`);
  }
  const start = iv?.value === undefined ? new Uint8Array(KEY_BYTES) : fromBase64(iv.value);
  if (iv?.key !== undefined || start.length !== KEY_BYTES) {
    return request.refuse("invalidData", `payload.iv: not ${KEY_BYTES} bytes in clear`);
  }
  if (cryptoMethod !== "ecb" && cryptoMethod !== "cbc") {
    return request.fail("cryptoMethodNotSupported");
  }
  const cipher = cryptoMethod === "ecb"
    ? ecb(value, { disablePadding: true })
    : cbc(value, start, { disablePadding: true });
  const done = modeOfUse === "D" ? cipher.decrypt(bytes) : cipher.encrypt(bytes);
  request.succeed({ data: toBase64(done) });
}
