/** {@linkcode Tdea} from `node:crypto`: CBC of one block from zero is the block cipher itself. */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { concatBytes } from "@noble/ciphers/utils.js";
import { assert } from "../../core/assert.ts";
import type { Tdea } from "../../core/pin/mod.ts";

const BLOCK_BYTES = 8;
const FROM_ZERO = new Uint8Array(BLOCK_BYTES);

export const nodeTdea: Tdea = {
  encrypt(key, block) {
    return once(createCipheriv("des-ede3-cbc", three(key), FROM_ZERO), block);
  },
  decrypt(key, block) {
    return once(createDecipheriv("des-ede3-cbc", three(key), FROM_ZERO), block);
  },
};

/** Of two keys the first is used again. */
function three(key: Uint8Array): Uint8Array {
  assert(key.length === 16 || key.length === 24, "a TDEA key has 16 or 24 bytes");
  return key.length === 24 ? key : concatBytes(key, key.subarray(0, 8));
}

function once(cipher: ReturnType<typeof createCipheriv>, block: Uint8Array): Uint8Array {
  assert(block.length === BLOCK_BYTES, "a TDEA block has 8 bytes");
  cipher.setAutoPadding(false);
  return new Uint8Array(concatBytes(cipher.update(block), cipher.final()));
}
