/**
 * What the electronics between sensor and cable make of a shot: nothing, an old one, or both at once.
 *
 * @module
 */
import type { Readout, Shot } from "./scene.ts";

/** The shot as it is read out; `earlier` is the one of the moment that the readout names. */
export function readOut(readout: Readout, now: Shot, earlier: Shot | null): Shot {
  if (readout.black === true) {
    return {
      ...now,
      rgb: new Uint8Array(now.rgb.length),
      nir: new Uint8Array(now.nir.length),
      depth: new Uint16Array(now.depth.length),
    };
  }
  if (earlier === null) return now;
  if (readout.frozen === true) return { ...earlier, truth: now.truth };
  const torn = readout.torn_row === undefined ? now : tornAt(readout.torn_row, now, earlier);
  if (readout.out_of_step !== true) return torn;
  return { ...torn, nir: earlier.nir, depth: earlier.depth };
}

/** From this row down every channel is still the earlier picture. */
function tornAt(row: number, now: Shot, earlier: Shot): Shot {
  const from = row * now.width;
  const rgb = now.rgb.slice();
  rgb.set(earlier.rgb.subarray(3 * from), 3 * from);
  const nir = now.nir.slice();
  nir.set(earlier.nir.subarray(from), from);
  const depth = now.depth.slice();
  depth.set(earlier.depth.subarray(from), from);
  return { ...now, rgb, nir, depth };
}
