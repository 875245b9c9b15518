/**
 * The identity of a shot: what a trace stores instead of its pixels.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Shot } from "./scene.ts";

/** SHA-256 of the raw bytes of each channel; depth is little-endian on every machine. */
export function shotHashes(shot: Shot): { rgb: string; nir: string; depth: string } {
  const depth = new Uint8Array(2 * shot.depth.length);
  shot.depth.forEach((mm, i) => {
    depth[2 * i] = mm & 255;
    depth[2 * i + 1] = mm >> 8;
  });
  const hex = (bytes: Uint8Array) => bytesToHex(sha256(bytes));
  return { rgb: hex(shot.rgb), nir: hex(shot.nir), depth: hex(depth) };
}
