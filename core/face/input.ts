/**
 * From a picture to what a model takes: fitted to its size, in its layout and its numbers.
 *
 * Only exact arithmetic, so a tensor is the same bits on every machine.
 *
 * @module
 */
import { assert } from "../assert.ts";
import type { ModelInput } from "./manifest.ts";

/** Interleaved red, green, blue bytes. */
export interface Pixels {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Width and height of the picture a model takes. */
export function sizeOf({ shape, layout }: ModelInput): { width: number; height: number } {
  const [, a = 0, b = 0, c = 0] = shape;
  return layout === "nhwc" ? { width: b, height: a } : { width: c, height: b };
}

/**
 * The picture at the top left of one of the wanted size, as large as fits, black beside it; and by
 * how much it was enlarged. A picture of the size is itself.
 */
export function letterbox(
  picture: Pixels,
  width: number,
  height: number,
): { pixels: Pixels; enlarged: number } {
  if (picture.width === width && picture.height === height) return { pixels: picture, enlarged: 1 };
  const enlarged = Math.min(width / picture.width, height / picture.height);
  const rgb = new Uint8Array(3 * width * height);
  const right = Math.min(width, Math.round(picture.width * enlarged));
  const bottom = Math.min(height, Math.round(picture.height * enlarged));
  const unit = 1 / enlarged;
  for (let v = 0; v < bottom; v++) {
    for (let u = 0; u < right; u++) {
      sampleInto(picture, (u + 0.5) * unit - 0.5, (v + 0.5) * unit - 0.5, rgb, 3 * (v * width + u));
    }
  }
  return { pixels: { rgb, width, height }, enlarged };
}

/** A square of the picture, brought to `side` pixels; where it leaves it the picture is mirrored. */
export function squareOf(
  picture: Pixels,
  square: { readonly x: number; readonly y: number; readonly side: number },
  side: number,
): Uint8Array {
  const rgb = new Uint8Array(3 * side * side);
  const unit = square.side / side;
  // Several samples a pixel where the square shrinks: every source pixel counts.
  const taps = Math.max(1, Math.ceil(unit));
  const sum = new Float64Array(3);
  const one = new Uint8Array(3);
  for (let v = 0; v < side; v++) {
    for (let u = 0; u < side; u++) {
      sum.fill(0);
      for (let j = 0; j < taps; j++) {
        for (let i = 0; i < taps; i++) {
          const x = square.x + (u + (i + 0.5) / taps) * unit - 0.5;
          const y = square.y + (v + (j + 0.5) / taps) * unit - 0.5;
          sampleInto(picture, x, y, one, 0);
          for (let c = 0; c < 3; c++) sum[c] = (sum[c] ?? 0) + (one[c] ?? 0);
        }
      }
      const at = 3 * (v * side + u);
      for (let c = 0; c < 3; c++) rgb[at + c] = Math.floor((sum[c] ?? 0) / (taps * taps) + 0.5);
    }
  }
  return rgb;
}

/** One bilinear sample of a picture that goes on mirrored beyond its edges. */
function sampleInto(picture: Pixels, x: number, y: number, out: Uint8Array, at: number): void {
  const { rgb, width, height } = picture;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const [fx, fy] = [x - left, y - top];
  const x0 = mirrored(left, width);
  const x1 = mirrored(left + 1, width);
  const y0 = mirrored(top, height) * width;
  const y1 = mirrored(top + 1, height) * width;
  for (let c = 0; c < 3; c++) {
    const upper = (rgb[3 * (y0 + x0) + c] ?? 0) * (1 - fx) + (rgb[3 * (y0 + x1) + c] ?? 0) * fx;
    const lower = (rgb[3 * (y1 + x0) + c] ?? 0) * (1 - fx) + (rgb[3 * (y1 + x1) + c] ?? 0) * fx;
    out[at + c] = Math.floor(upper * (1 - fy) + lower * fy + 0.5);
  }
}

/** … 1 0 | 0 1 2 … n−1 | n−1 n−2 … */
function mirrored(index: number, size: number): number {
  const period = 2 * size;
  const within = ((index % period) + period) % period;
  return within < size ? within : period - 1 - within;
}

/**
 * Interleaved bytes (or planes, where the model takes near infrared and depth too) as the model's
 * tensor: bytes as they are, or (byte − mean) × scale as floats.
 */
export function tensorOf(input: ModelInput, bytes: Uint8Array): Uint8Array | Float32Array {
  const size = input.shape.reduce((product, side) => product * side, 1);
  assert(bytes.length === size, `${input.name} takes ${size} numbers, not ${bytes.length}`);
  const { mean, scale, channels, layout } = input;
  const asIs = layout === "nhwc" && channels === "rgb" || channels === "rgb+nir+depth";
  if (asIs && mean === undefined) return bytes;
  const out = mean === undefined ? new Uint8Array(size) : new Float32Array(size);
  const count = size / 3;
  for (let c = 0; c < 3; c++) {
    const from = channels === "bgr" ? 2 - c : c;
    const off = mean?.[c] ?? 0;
    const times = scale?.[c] ?? 1;
    for (let i = 0; i < count; i++) {
      const value = ((bytes[3 * i + from] ?? 0) - off) * times;
      out[layout === "nhwc" ? 3 * i + c : c * count + i] = value;
    }
  }
  return out;
}
