/** Pictures taken before the run began, by name, oldest forgotten first: they can be rendered again. */
import { assert } from "../../core/assert.ts";
import { type Channel, CHANNELS, type FrameSet, type Picture } from "../../core/face/mod.ts";
import { type Shot, shotHashes } from "../../devices/camera/mod.ts";

/** Enough for the exposures of an enrolment, three channels each. */
const FRAMES_MAX = 12;

export class FrameStore {
  readonly #frames = new Map<string, { shot: Shot; channel: Channel }>();
  readonly #hashes: typeof shotHashes;

  constructor(hashes: typeof shotHashes = shotHashes) {
    this.#hashes = hashes;
  }

  /** Keeps the pictures of a shot that there are sensors for under their names, and returns those. */
  keep(shot: Shot, sensors: readonly Channel[] = CHANNELS): FrameSet {
    const hashes = this.#hashes(shot);
    const names = sensors.map((sensor) => [sensor, `sha256:${hashes[sensor]}`] as const);
    for (const [sensor, name] of names) this.#keep(name, shot, sensor);
    return { rgb: `sha256:${hashes.rgb}`, ...Object.fromEntries(names) };
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
