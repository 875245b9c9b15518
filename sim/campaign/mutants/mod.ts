/** Parts that are wrong on purpose, each in one way, and none of them in the product. @module */
import { CORE_MONEY } from "./core_money.ts";
import { CORE_SESSION } from "./core_session.ts";
import { DEVICES } from "./devices.ts";
import { FACES } from "./face.ts";
import { HOSTS } from "./host.ts";
import type { Mutant } from "./mutant.ts";

export { type Mutant, mutated } from "./mutant.ts";

export const MUTANTS: readonly Mutant[] = [
  ...CORE_MONEY,
  ...CORE_SESSION,
  ...FACES,
  ...DEVICES,
  ...HOSTS,
];

/** The mutant of this name. */
export function mutantCalled(name: string): Mutant | null {
  return MUTANTS.find((mutant) => mutant.name === name) ?? null;
}
