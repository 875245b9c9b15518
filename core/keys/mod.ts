/**
 * Keys, what each may be used for, and how one travels. Primitives are `@noble/ciphers`.
 *
 * @module
 */
export {
  type Exportability,
  type Key,
  type KeyAlgorithm,
  type KeyAttributes,
  type KeyDeed,
  type KeyProblem,
  type KeyUsage,
  type KeyUsed,
  macKey,
  type ModeOfUse,
  pinOpeningKey,
  protectionKey,
  useKey,
} from "./attributes.ts";
export {
  keyBlockRandomBytes,
  type KeyUnwrapped,
  type KeyWrapped,
  same,
  unwrapKey,
  wrapKey,
} from "./key_block.ts";
