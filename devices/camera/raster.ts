/**
 * The rasteriser: which triangle each pixel sees, and where inside it.
 *
 * Only visibility is decided here (nearest wins); colours are worked out once per visible pixel by
 * {@link shade}. Back faces are skipped. Pixel centres lie at half coordinates.
 *
 * @module
 */
import * as frame from "./frame.ts";
import type { Mesh } from "./mesh.ts";

// Held as constants of the module: the compiler then knows the arrays when it makes the loops.
const { screenX, screenY, screenNear, nearness, seen, weight1, weight2, touched } = frame;
const { WIDTH, HEIGHT } = frame;

/** Marks the pixels where this mesh is nearest; its vertices must have been projected. */
export function rasterise(mesh: Mesh): void {
  seen.fill(-1);
  touched.left = WIDTH;
  touched.right = -1;
  touched.top = HEIGHT;
  touched.bottom = -1;
  const { triangles } = mesh;
  for (let t = 0; t < triangles.length; t += 3) {
    rasteriseTriangle(
      t,
      triangles[t] as number,
      triangles[t + 1] as number,
      triangles[t + 2] as number,
    );
  }
}

function rasteriseTriangle(t: number, a: number, b: number, c: number): void {
  const an = screenNear[a] as number, bn = screenNear[b] as number, cn = screenNear[c] as number;
  if (an === 0 || bn === 0 || cn === 0) return;
  const ax = screenX[a] as number, ay = screenY[a] as number;
  const bx = screenX[b] as number, by = screenY[b] as number;
  const cx = screenX[c] as number, cy = screenY[c] as number;
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area >= -1e-7) return; // y runs down: what faces us turns clockwise
  const low = ax < bx ? (ax < cx ? ax : cx) : bx < cx ? bx : cx;
  const high = ax > bx ? (ax > cx ? ax : cx) : bx > cx ? bx : cx;
  const top = ay < by ? (ay < cy ? ay : cy) : by < cy ? by : cy;
  const bottom = ay > by ? (ay > cy ? ay : cy) : by > cy ? by : cy;
  let x0 = Math.ceil(low - 0.5), x1 = Math.floor(high - 0.5);
  let y0 = Math.ceil(top - 0.5), y1 = Math.floor(bottom - 0.5);
  if (x0 < 0) x0 = 0;
  if (y0 < 0) y0 = 0;
  if (x1 >= WIDTH) x1 = WIDTH - 1;
  if (y1 >= HEIGHT) y1 = HEIGHT - 1;
  if (x1 < x0 || y1 < y0) return;
  if (x0 < touched.left) touched.left = x0;
  if (x1 > touched.right) touched.right = x1;
  if (y0 < touched.top) touched.top = y0;
  if (y1 > touched.bottom) touched.bottom = y1;
  const inverse = 1 / area;
  // weights of b and c as linear functions of the pixel
  const bdx = (cy - ay) * inverse, bdy = (ax - cx) * inverse;
  const cdx = (ay - by) * inverse, cdy = (bx - ax) * inverse;
  for (let y = y0; y <= y1; y++) {
    const py = y + 0.5 - ay;
    let wb = (x0 + 0.5 - ax) * bdx + py * bdy;
    let wc = (x0 + 0.5 - ax) * cdx + py * cdy;
    let k = y * WIDTH + x0;
    for (let x = x0; x <= x1; x++, k++, wb += bdx, wc += cdx) {
      if (wb < 0 || wc < 0 || wb + wc > 1) continue;
      const near = an + wb * (bn - an) + wc * (cn - an);
      if (near <= (nearness[k] as number)) continue;
      nearness[k] = near;
      seen[k] = t;
      weight1[k] = wb;
      weight2[k] = wc;
    }
  }
}
