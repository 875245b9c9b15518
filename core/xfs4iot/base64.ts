/**
 * Binary data as XFS4IoT carries it.
 *
 * @module
 */

export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** The bytes of a base64 text that the schema has already accepted. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.fromBase64(text);
}
