/**
 * Pictures as the face pipeline takes them, and the port they come through.
 *
 * @module
 */
import { assert } from "../assert.ts";
import type { LivenessChannels } from "./manifest.ts";

/** One channel of one exposure, row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** rgb: width × height × 3 bytes; nir: width × height bytes; depth: the same count of 16 bits. */
  readonly pixels: Uint8Array | Uint16Array;
  /** The camera's seals over exposures that had this colour picture: one, but for equal pictures. */
  readonly seals?: readonly string[];
}

/** Where the pixels behind a reference (`sha256:` + hex) are; the core keeps none of them. */
export type FrameSource = (reference: string) => Picture | Promise<Picture>;

/** The channels of one synchronous exposure, seen from one viewpoint, of one size. */
export interface Exposure {
  /** What there is a sensor for; absent: all three. The others hold nothing but zeros. */
  readonly channels?: LivenessChannels;
  readonly width: number;
  readonly height: number;
  /** Interleaved red, green, blue, 0…255. */
  readonly rgb: Uint8Array;
  /** Near infrared, 0…255. */
  readonly nir: Uint8Array;
  /** Millimetres along the optical axis; 0 where there is no reading. */
  readonly depth: Uint16Array;
}

/**
 * Puts the pictures of the sensors that there are together; throws when their sizes or kinds do not
 * belong together. Without near infrared there is no depth: no model has learned that.
 */
export function exposureOf(rgb: Picture, nir?: Picture, depth?: Picture): Exposure {
  const { width, height } = rgb;
  const count = width * height;
  assert(nir !== undefined || depth === undefined, "depth comes with near infrared");
  const infrared = nir ?? { width, height, pixels: new Uint8Array(count) };
  const far = depth ?? { width, height, pixels: new Uint16Array(count) };
  for (const other of [infrared, far]) {
    assert(other.width === width && other.height === height, "all channels have one size");
  }
  assert(rgb.pixels instanceof Uint8Array, "colour is 8 bits a sample");
  assert(infrared.pixels instanceof Uint8Array, "near infrared is 8 bits a sample");
  assert(far.pixels instanceof Uint16Array, "depth is 16 bits a sample");
  assert(rgb.pixels.length === 3 * count, "colour has three samples a pixel");
  assert(infrared.pixels.length === count, "near infrared has one sample a pixel");
  assert(far.pixels.length === count, "depth has one sample a pixel");
  const channels = depth !== undefined ? "rgb+nir+depth" : nir !== undefined ? "rgb+nir" : "rgb";
  return { channels, width, height, rgb: rgb.pixels, nir: infrared.pixels, depth: far.pixels };
}
