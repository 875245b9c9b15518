/**
 * Named random streams: the only randomness there is.
 *
 * A stream is a function of its name alone. Whoever needs chance names what for ("keyboard/delay",
 * "person/42/face"), so a new draw in one place never shifts the numbers of another, and a run is
 * repeated by repeating its names. `sim/prng` puts the seed of a run in front of the name.
 *
 * Generator: xoroshiro128+ (pure-rand), seeded with the first 128 bits of SHA-256(name).
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { cos, ln, PI } from "./mod.ts";

/** A source of repeatable chance. */
export interface RandomStream {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform integer in [low, high], both included; `high − low` below 2³². */
  integer(low: number, high: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** One of the items, each as likely; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
}

/** Names are short and of ASCII, as nearly all are: their bytes lie here while they are hashed. */
const room = new Uint8Array(256);

function bytesOf(name: string): Uint8Array {
  if (name.length > room.length) return utf8ToBytes(name);
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code > 127) return utf8ToBytes(name);
    room[i] = code;
  }
  return room.subarray(0, name.length);
}

function generatorOf(name: string): RandomGenerator {
  const digest = new DataView(sha256(bytesOf(name)).buffer);
  return xoroshiro128plusFromState([
    digest.getInt32(0),
    digest.getInt32(4),
    digest.getInt32(8),
    digest.getInt32(12) | 1, // the all-zero state is the one the generator cannot leave
  ]);
}

/** The stream of this name. Two calls give two independent readers of the same numbers. */
export function randomStream(name: string): RandomStream {
  let generator: RandomGenerator | null = null;
  function uniform(): number {
    // Most streams are never drawn from: whoever needs no chance pays for no hash.
    generator ??= generatorOf(name);
    return (generator.next() >>> 0) / 0x1_0000_0000;
  }
  return {
    uniform,
    integer: (low, high) => low + Math.floor(uniform() * (high - low + 1)),
    normal() {
      const radius = Math.sqrt(-2 * ln(1 - uniform()));
      return radius * cos(2 * PI * uniform());
    },
    pick(items) {
      const item = items[Math.floor(uniform() * items.length)];
      if (item === undefined) throw new RangeError("Cannot pick from a list: it is empty");
      return item;
    },
  };
}
