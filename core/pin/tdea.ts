/**
 * TDEA, for machines that have nothing newer. `@noble/ciphers` leaves it out, and with reason; it comes
 * through a port, from whoever has it (`sim/adapters/tdea.ts`).
 */

/** One block of eight bytes under a key of 16 bytes (two keys) or 24 (three). */
export interface Tdea {
  encrypt(key: Uint8Array, block: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, block: Uint8Array): Uint8Array;
}
