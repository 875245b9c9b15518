/**
 * What lies between the scene and the sensor: dirt, something over the lens, motion during exposure.
 *
 * Works on the frame's linear light before it is exposed. The three lenses sit side by side behind
 * one pane, so what covers one covers all; dirt lies a little differently before each.
 *
 * @module
 */
import { noise2, step } from "./fast_math.ts";
import * as frame from "./frame.ts";
import type { Optics } from "./scene.ts";

const { WIDTH, HEIGHT, PIXELS } = frame;

/** Changes the light of the frame as these optics do. */
export function applyOptics(optics: Optics, seed: number): void {
  const [dx, dy] = optics.motion_px ?? [0, 0];
  if (dx !== 0 || dy !== 0) {
    for (const channel of CHANNELS) smear(channel, dx, dy);
  }
  switch (optics.lens ?? "clean") {
    case "clean":
      return;
    case "dirty":
      return CHANNELS.forEach((channel, i) => soil(channel, seed % 1000 + (i === 3 ? 77 : 0)));
    case "half-covered":
      return cover(seed % 1000, 0.5);
    case "covered":
      return cover(seed % 1000, 2);
  }
}

const CHANNELS = [frame.red, frame.green, frame.blue, frame.nir] as const;
const scratch = new Float32Array(PIXELS);

/** Mean of the light along the way the picture moves while the shutter is open. */
function smear(channel: Float32Array, dx: number, dy: number): void {
  const steps = 1 + 2 * Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / 2);
  scratch.set(channel);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (let s = 0; s < steps; s++) {
        const t = s / (steps - 1 || 1) - 0.5;
        const sx = Math.round(x + t * dx), sy = Math.round(y + t * dy);
        const cx = sx < 0 ? 0 : sx >= WIDTH ? WIDTH - 1 : sx;
        const cy = sy < 0 ? 0 : sy >= HEIGHT ? HEIGHT - 1 : sy;
        sum += scratch[cy * WIDTH + cx] as number;
      }
      channel[y * WIDTH + x] = sum / steps;
    }
  }
}

const BLUR = 6;

/** Fingerprints and dust: where they lie the picture is soft and veiled. */
function soil(channel: Float32Array, seed: number): void {
  blurInto(channel);
  let veil = 0;
  for (let k = 0; k < PIXELS; k += 16) veil += channel[k] as number;
  veil /= PIXELS / 16;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const k = y * WIDTH + x;
      const smudge = 0.5 + 0.35 * noise2(x * 0.014, y * 0.018, seed) +
        0.2 * noise2(x * 0.06 + y * 0.02, y * 0.05, seed + 1);
      const m = 0.92 * step(0.28, 0.68, smudge);
      const dust = 1 - 0.55 * step(0.82, 0.97, noise2(x * 0.22, y * 0.22, seed + 2));
      const light = (channel[k] as number) * (1 - m) + (scratch[k] as number) * m;
      channel[k] = (light * (1 - 0.22 * m) + 0.22 * m * veil) * dust;
    }
  }
}

/** A square blur of radius BLUR, from the channel into `scratch`. */
function blurInto(channel: Float32Array): void {
  const across = new Float32Array(PIXELS);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (let d = -BLUR; d <= BLUR; d += 2) {
        const sx = x + d < 0 ? 0 : x + d >= WIDTH ? WIDTH - 1 : x + d;
        sum += channel[y * WIDTH + sx] as number;
      }
      across[y * WIDTH + x] = sum / (BLUR + 1);
    }
  }
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      let sum = 0;
      for (let d = -BLUR; d <= BLUR; d += 2) {
        const sy = y + d < 0 ? 0 : y + d >= HEIGHT ? HEIGHT - 1 : y + d;
        sum += across[sy * WIDTH + x] as number;
      }
      scratch[y * WIDTH + x] = sum / (BLUR + 1);
    }
  }
}

/** Something opaque right before the pane, out of focus: a hand, tape, a sticker. */
function cover(seed: number, share: number): void {
  const lean = ((seed % 7) - 3) * 0.12;
  const right = seed % 2 === 1;
  for (let y = 0; y < HEIGHT; y++) {
    const edge = WIDTH * share + lean * (y - HEIGHT / 2);
    for (let x = 0; x < WIDTH; x++) {
      const k = y * WIDTH + x;
      const c = step(edge + 22, edge - 22, right ? WIDTH - 1 - x : x);
      if (c === 0) continue;
      const rest = 1 - c;
      frame.red[k] = (frame.red[k] as number) * rest + 0.011 * c;
      frame.green[k] = (frame.green[k] as number) * rest + 0.006 * c;
      frame.blue[k] = (frame.blue[k] as number) * rest + 0.005 * c;
      frame.nir[k] = (frame.nir[k] as number) * rest + 0.02 * c;
      if (c > 0.4) frame.unread[k] = 1;
    }
  }
}
