/** A shot whose hashes are known: its pixels are rendered only if somebody looks at them. */
import type { Scene, Shot } from "../../../devices/camera/mod.ts";

export class RememberedShot implements Shot {
  readonly width = 320;
  readonly height = 240;
  readonly scene: Scene;
  declare readonly rgb: Uint8Array;
  declare readonly nir: Uint8Array;
  declare readonly depth: Uint16Array;
  declare readonly truth: Shot["truth"];

  constructor(scene: Scene, pixels: (shot: RememberedShot) => Shot) {
    this.scene = scene;
    // Its own and enumerable: a fault of the camera's copies a shot with one channel changed.
    for (const part of ["rgb", "nir", "depth", "truth"] as const) {
      Object.defineProperty(this, part, { enumerable: true, get: () => pixels(this)[part] });
    }
  }
}
