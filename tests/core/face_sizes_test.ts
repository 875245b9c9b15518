/** Frames of another size than the camera's own, as another machine's camera may give them. */
import assert from "node:assert/strict";
import type { Exposure } from "../../core/face/mod.ts";
import { defaultScene, render } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";

/** Every pixel twice as wide and twice as high. */
function doubled({ width, height, rgb, nir, depth }: Exposure): Exposure {
  const larger = <T extends Uint8Array | Uint16Array>(from: T, into: T, channels: number): T => {
    for (let y = 0; y < 2 * height; y++) {
      for (let x = 0; x < 2 * width; x++) {
        for (let c = 0; c < channels; c++) {
          const at = channels * ((y >> 1) * width + (x >> 1)) + c;
          into[channels * (y * 2 * width + x) + c] = from[at] ?? 0;
        }
      }
    }
    return into;
  };
  const count = 4 * width * height;
  return {
    width: 2 * width,
    height: 2 * height,
    rgb: larger(rgb, new Uint8Array(3 * count), 3),
    nir: larger(nir, new Uint8Array(count), 1),
    depth: larger(depth, new Uint16Array(count), 1),
  };
}

Deno.test("face: a frame twice as large has the same face, twice as large", async () => {
  const pipeline = await openModels({ memo: 0 });
  const shot = render(defaultScene({ person: 42, kin: "self", visit: 0 }));
  const small = await pipeline.look(shot);
  const large = await pipeline.look(doubled(shot));
  await pipeline.release();
  assert.deepEqual([large.problem, small.problem], [null, null]);
  assert.ok(small.box !== null && large.box !== null);
  for (const [i, side] of small.box.entries()) {
    const found: number = large.box[i] ?? 0;
    assert.ok(Math.abs(found - 2 * side) < 8, `${found} is about twice ${side}`);
  }
  for (const [k, [x, y]] of small.landmarks.entries()) {
    const [fx = 0, fy = 0] = large.landmarks[k] ?? [];
    assert.ok(Math.abs(fx - 2 * x) < 4 && Math.abs(fy - 2 * y) < 4, `landmark ${k}`);
  }
  assert.ok(Math.abs((large.liveness ?? 0) - (small.liveness ?? 0)) < 0.2);
});
