/** What tests measure in a shot: the face's pixels, and how far its depth is from a plane. */
import assert from "node:assert/strict";
import type { Shot } from "../../devices/camera/mod.ts";

export const WIDTH = 320;

export function truthOf(shot: Shot) {
  assert.ok(shot.truth !== null);
  return shot.truth;
}

/** Values of a channel over the middle half of the face's box. */
export function overFace(shot: Shot, channel: Uint8Array | Uint16Array): number[] {
  const [x, y, w, h] = truthOf(shot).box;
  const values: number[] = [];
  for (let py = Math.ceil(y + h * 0.25); py < y + h * 0.75; py++) {
    for (let px = Math.ceil(x + w * 0.25); px < x + w * 0.75; px++) {
      values.push(channel[py * WIDTH + px] ?? 0);
    }
  }
  return values;
}

export function mean(values: number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

export function spread(values: number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - middle) * (v - middle))));
}

/** Greatest distance, in mm, of the depth readings from the plane that fits them best. */
export function offPlane(shot: Shot): number {
  const [x, y, w, h] = truthOf(shot).box;
  const points: [number, number, number][] = [];
  for (let py = Math.ceil(y + h * 0.2); py < y + h * 0.8; py += 2) {
    for (let px = Math.ceil(x + w * 0.2); px < x + w * 0.8; px += 2) {
      const mm = shot.depth[py * WIDTH + px] ?? 0;
      // a plane is linear in the picture in one over the distance
      if (mm > 0) points.push([px - x - w / 2, py - y - h / 2, 1e6 / mm]);
    }
  }
  const n = points.length;
  const middle = mean(points.map(([, , v]) => v));
  const sum = (f: (p: [number, number, number]) => number) => points.reduce((s, p) => s + f(p), 0);
  const mx = sum(([a]) => a) / n;
  const my = sum(([, b]) => b) / n;
  const xx = sum(([a]) => (a - mx) ** 2);
  const yy = sum(([, b]) => (b - my) ** 2);
  const xy = sum(([a, b]) => (a - mx) * (b - my));
  const xv = sum(([a, , v]) => (a - mx) * (v - middle));
  const yv = sum(([, b, v]) => (b - my) * (v - middle));
  const det = xx * yy - xy * xy;
  const gx = (xv * yy - yv * xy) / det;
  const gy = (yv * xx - xv * xy) / det;
  const scale = 1e6 / (middle * middle);
  return Math.sqrt(
    mean(points.map(([a, b, v]) => ((v - middle - gx * (a - mx) - gy * (b - my)) * scale) ** 2)),
  );
}
