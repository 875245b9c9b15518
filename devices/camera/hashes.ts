/**
 * The identity of a shot: what a trace stores instead of its pixels.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Shot } from "./scene.ts";

interface Hashes {
  readonly rgb: string;
  readonly nir: string;
  readonly depth: string;
}

/** A shot is never changed once it was taken: one that is seen again has the hashes it had. */
const known = new WeakMap<Shot, Hashes>();

/** SHA-256 of the raw bytes of each channel; depth is little-endian on every machine. */
export function shotHashes(shot: Shot): Hashes {
  const hashes = known.get(shot) ?? hashesOf(shot);
  known.set(shot, hashes);
  return hashes;
}

function hashesOf(shot: Shot): Hashes {
  const depth = new Uint8Array(2 * shot.depth.length);
  shot.depth.forEach((mm, i) => {
    depth[2 * i] = mm & 255;
    depth[2 * i + 1] = mm >> 8;
  });
  const hex = (bytes: Uint8Array) => bytesToHex(sha256(bytes));
  return { rgb: hex(shot.rgb), nir: hex(shot.nir), depth: hex(depth) };
}
