/**
 * Ed25519 (RFC 8032) through WebCrypto, with keys as PEM, so that `openssl pkeyutl` reads them too:
 *
 *     openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in bundle.json -sigfile bundle.sig
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";

export interface SigningKey {
  readonly public_pem: string;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A new pair of keys, as PEM texts. */
export async function newKeys(): Promise<{ private_pem: string; public_pem: string }> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  const { privateKey, publicKey } = pair as CryptoKeyPair;
  return {
    private_pem: pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", privateKey)),
    public_pem: pem("PUBLIC KEY", await crypto.subtle.exportKey("spki", publicKey)),
  };
}

/** Reads a private key; `null` when this is none. */
export async function openSigningKey(private_pem: string): Promise<SigningKey | null> {
  const der = derOf("PRIVATE KEY", private_pem);
  if (der === null) return null;
  try {
    const key = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, ["sign"]);
    const { kty, crv, x } = await crypto.subtle.exportKey("jwk", key);
    const jwk = { kty, crv, x } as JsonWebKey;
    const half = await crypto.subtle.importKey("jwk", jwk, "Ed25519", true, ["verify"]);
    return {
      public_pem: pem("PUBLIC KEY", await crypto.subtle.exportKey("spki", half)),
      sign: async (bytes) =>
        new Uint8Array(await crypto.subtle.sign("Ed25519", key, Uint8Array.from(bytes))),
    };
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return null;
    throw error;
  }
}

/** Whether `signature` is of these bytes by this key. A key that is none signs nothing. */
export async function isSigned(
  bytes: Uint8Array,
  signature: Uint8Array,
  public_pem: string,
): Promise<boolean> {
  const key = await publicKeyOf(public_pem);
  if (key === null) return false;
  const [s, b] = [Uint8Array.from(signature), Uint8Array.from(bytes)];
  return await crypto.subtle.verify("Ed25519", key, s, b);
}

/** Whether this text is a public key that can have signed. */
export async function isPublicKey(public_pem: string): Promise<boolean> {
  return await publicKeyOf(public_pem) !== null;
}

async function publicKeyOf(public_pem: string): Promise<CryptoKey | null> {
  const der = derOf("PUBLIC KEY", public_pem);
  if (der === null) return null;
  try {
    return await crypto.subtle.importKey("spki", der, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return null;
    throw error;
  }
}

/** What tells one public key from another at a glance: SHA-256 of its DER, as hex. */
export function fingerprintOf(public_pem: string): string {
  return bytesToHex(sha256(derOf("PUBLIC KEY", public_pem) ?? new Uint8Array()));
}

function pem(label: string, der: ArrayBuffer): string {
  const lines = toBase64(new Uint8Array(der)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function derOf(label: string, text: string): Uint8Array<ArrayBuffer> | null {
  const body = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`)
    .exec(text)?.[1];
  if (body === undefined) return null;
  try {
    return Uint8Array.from(fromBase64(body.replaceAll(/\s/g, "")));
  } catch {
    return null; // not base64: not a key
  }
}
