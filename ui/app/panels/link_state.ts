/**
 * What is said of the link between machine and bank, from what the link says of itself: it is down only
 * where there is none. Most of its faults let messages through, late, twice or somebody else's.
 *
 * @module
 */
import type { Moment } from "../replay/mod.ts";

export interface LinkState {
  readonly up: boolean;
  /** What is wrong with it all the same, by its number in the catalogue. */
  readonly faults: readonly string[];
}

/** A run that has not told of its link yet has one. */
export function linkStateOf(network: Moment["devices"][string] | undefined): LinkState {
  const { up = true, faults } = network ?? {};
  return { up: up === true, faults: Array.isArray(faults) ? faults.map(String) : [] };
}
