/**
 * From sensor values to pixels of a canvas.
 *
 * @module
 */

/** The depths that the false colours span, in millimetres: a customer's arm and the lobby behind. */
const NEAR_MM = 250;
const FAR_MM = 1_400;

/** Near to far; between two stops colours are mixed. A perceptually even scale, dark is far. */
const STOPS = [
  [253, 231, 137],
  [249, 166, 84],
  [222, 91, 90],
  [150, 52, 122],
  [76, 32, 117],
  [22, 16, 58],
] as const;

export function rgbToRgba(rgb: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    rgba.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  }
  return rgba;
}

export function greyToRgba(grey: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(grey.length * 4).fill(255);
  for (const [pixel, value] of grey.entries()) rgba.fill(value, 4 * pixel, 4 * pixel + 3);
  return rgba;
}

/** False colours; where the sensor has no reading (0) the pixel is near black. */
export function depthToRgba(depth: Uint16Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(depth.length * 4).fill(255);
  for (const [pixel, mm] of depth.entries()) rgba.set(depthColour(mm), 4 * pixel);
  return rgba;
}

/** Colour of one depth. */
export function depthColour(mm: number): readonly [number, number, number] {
  if (mm === 0) return [8, 8, 12];
  const far = Math.min(1, Math.max(0, (mm - NEAR_MM) / (FAR_MM - NEAR_MM)));
  const place = far * (STOPS.length - 1);
  const index = Math.min(Math.floor(place), STOPS.length - 2);
  const from = STOPS[index] ?? STOPS[0];
  const to = STOPS[index + 1] ?? STOPS[0];
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (place - index));
  return [mix(0), mix(1), mix(2)];
}
