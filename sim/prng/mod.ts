/**
 * The chance of one run: named streams under one seed.
 *
 * Each device, person and link draws from its own stream, so a new draw in one never shifts another.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../core/numeric/mod.ts";

/** The stream `name` of the run with this seed. */
export function runStream(seed: number, name: string): RandomStream {
  return randomStream(`run/${seed}/${name}`);
}
