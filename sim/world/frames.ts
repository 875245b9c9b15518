/** Pictures taken before the run began, by name, oldest forgotten first: they can be rendered again. */
import { assert } from "../../core/assert.ts";
import type { FrameSet, Picture } from "../../core/face/mod.ts";
import { type Shot, shotHashes } from "../../devices/camera/mod.ts";

/** Enough for the exposures of an enrolment, three channels each. */
const FRAMES_MAX = 12;

const CHANNELS = ["rgb", "nir", "depth"] as const;
type Channel = typeof CHANNELS[number];

export class FrameStore {
  readonly #frames = new Map<string, { shot: Shot; channel: Channel }>();
  readonly #hashes: typeof shotHashes;

  constructor(hashes: typeof shotHashes = shotHashes) {
    this.#hashes = hashes;
  }

  /** Keeps the three pictures of a shot under their names, and returns those. */
  keep(shot: Shot): FrameSet {
    const { rgb, nir, depth } = this.#hashes(shot);
    const names = { rgb: `sha256:${rgb}`, nir: `sha256:${nir}`, depth: `sha256:${depth}` };
    for (const channel of CHANNELS) this.#keep(names[channel], shot, channel);
    return names;
  }

  #keep(name: string, shot: Shot, channel: Channel): void {
    this.#frames.delete(name);
    this.#frames.set(name, { shot, channel });
    if (this.#frames.size <= FRAMES_MAX) return;
    const [oldest] = this.#frames.keys();
    assert(oldest !== undefined, "a full store has an oldest frame");
    this.#frames.delete(oldest);
  }

  /** The picture of this name; asking for one that is not kept is a bug. */
  get(name: string): Picture {
    const kept = this.#frames.get(name);
    assert(kept !== undefined, `the frame ${name} was taken in this run and is still kept`);
    const { shot, channel } = kept;
    return { width: shot.width, height: shot.height, pixels: shot[channel] };
  }
}
