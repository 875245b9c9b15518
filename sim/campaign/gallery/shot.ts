/** A shot whose hashes are known: its pixels are rendered only if somebody looks at them. */
import type { Scene, Shot } from "../../../devices/camera/mod.ts";

export class RememberedShot implements Shot {
  readonly width = 320;
  readonly height = 240;
  readonly scene: Scene;
  readonly #pixels: (shot: RememberedShot) => Shot;

  constructor(scene: Scene, pixels: (shot: RememberedShot) => Shot) {
    this.scene = scene;
    this.#pixels = pixels;
  }

  get rgb(): Uint8Array {
    return this.#pixels(this).rgb;
  }

  get nir(): Uint8Array {
    return this.#pixels(this).nir;
  }

  get depth(): Uint16Array {
    return this.#pixels(this).depth;
  }

  get truth(): Shot["truth"] {
    return this.#pixels(this).truth;
  }
}
