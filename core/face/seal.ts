/**
 * Seals of exposures: what tells the camera's own pictures from a stream put into its cable.
 *
 * Pixels cannot show an injection: a recording of a living face is the picture of a living face. So the
 * camera, which shares a key with the face engine, seals every exposure over a nonce that the core made
 * for it alone:
 *
 *     core ──TakePicture, nonce──► camera ──pictures, HMAC-SHA256(key, nonce | rgb | nir | depth)──► engine
 *
 * A recorded stream carries seals of old nonces, a generated one none that the key made; channels of two
 * exposures put together fit no seal. A nonce is never used twice: it has the capture's number, the
 * exposure's, and the moment it was asked for.
 *
 * @module
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { FrameSource } from "./picture.ts";
import type { FaceRequest, FaceResult, FrameSet } from "./result.ts";

/** The camera's word, in hexadecimal, that it took these pictures for this nonce. */
export function sealOf(key: Uint8Array, nonce: string, frames: FrameSet): string {
  // A sensor that the machine does not have leaves its place empty.
  const { rgb, nir = "", depth = "" } = frames;
  return bytesToHex(hmac(sha256, key, utf8ToBytes([nonce, rgb, nir, depth].join("|"))));
}

/** Compares without telling by its time how much was right. */
function same(a: string, b: string): boolean {
  let apart = a.length ^ b.length;
  for (let i = 0; i < a.length && i < b.length; i++) apart |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return apart === 0;
}

interface Engine {
  handle(request: FaceRequest): FaceResult | Promise<FaceResult>;
}

/** A face engine that looks at pictures only when the camera's seal says they are its own. */
export class SealedEngine {
  readonly #engine: Engine;
  readonly #source: FrameSource;
  readonly #key: Uint8Array;

  constructor(engine: Engine, source: FrameSource, key: Uint8Array) {
    this.#engine = engine;
    this.#source = source;
    this.#key = key;
  }

  /** Answers as the engine does, but to frames without a valid seal: those it calls injected. */
  async handle(request: FaceRequest): Promise<FaceResult> {
    if (request.op !== "assess" || await this.#genuine(request.frames)) {
      return await this.#engine.handle(request);
    }
    return {
      op: "assess",
      capture: request.capture,
      verdict: "injected",
      problem: null,
      liveness: null,
      liveness_threshold: 0,
      frames: [],
    };
  }

  async #genuine(frames: readonly FrameSet[]): Promise<boolean> {
    const nonces = new Set(frames.map(({ nonce }) => nonce));
    if (nonces.size !== frames.length || frames.length === 0) return false;
    for (const frame of frames) {
      const { seals = [] } = await this.#source(frame.rgb);
      if (frame.nonce === undefined) return false;
      const expected = sealOf(this.#key, frame.nonce, frame);
      if (!seals.some((seal) => same(seal, expected))) return false;
    }
    return true;
  }
}
