/**
 * A Merkle tree over the lines of a trace (RFC 9162 §2.1): one line can be shown with a proof that it was
 * among the signed ones, and no other line with it.
 *
 *            root                 path of d1:  [h(d0), h23]
 *           /    \
 *        h01      h23             leaf  SHA-256(0x00 ‖ line)
 *       /   \    /   \            node  SHA-256(0x01 ‖ left ‖ right)
 *     d0    d1  d2    d3
 *
 * A list of n is split after the largest power of two smaller than n.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { assert } from "../../core/assert.ts";

type Bytes = Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry: Bytes): Bytes {
  return sha256(concatBytes(LEAF, entry));
}

function nodeHash(left: Bytes, right: Bytes): Bytes {
  return sha256(concatBytes(NODE, left, right));
}

/** The tree head of these leaf hashes; of none, the hash of nothing. */
export function merkleRoot(leaves: readonly Bytes[]): Bytes {
  const [first] = leaves;
  if (first === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return first;
  const k = splitOf(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, k)), merkleRoot(leaves.slice(k)));
}

/** The siblings on the way from a leaf to the root, nearest first. */
export function inclusionPath(leaves: readonly Bytes[], index: number): Bytes[] {
  assert(index >= 0 && index < leaves.length, "a leaf of the tree is proven");
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionPath(left, index), merkleRoot(right)]
    : [...inclusionPath(right, index - k), merkleRoot(left)];
}

/** RFC 9162 §2.1.3.2: whether this leaf stands at `index` of the tree of `size` with this root. */
export function isIncluded(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
  root: Bytes,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [fn, sn] = [index, size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && bytesToHex(hash) === bytesToHex(root);
}

/** The largest power of two smaller than `size`. */
function splitOf(size: number): number {
  let k = 1;
  while (2 * k < size) k *= 2;
  return k;
}
