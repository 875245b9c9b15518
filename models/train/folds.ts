/**
 * Which species are left out together, to measure what a model makes of things it never saw.
 *
 * A model for each species would take a day; here every species is unseen by one of four models,
 * each of which has some of every family of instruments to learn from.
 *
 * @module
 */
import { ATTACK_SPECIES, type AttackSpecies } from "../../devices/camera/mod.ts";

const FOLDS = 4;

export interface Fold {
  /** Of the model's files. */
  readonly name: string;
  readonly without: readonly AttackSpecies[];
}

export function foldsOf(): readonly Fold[] {
  return Array.from({ length: FOLDS }, (_, fold) => ({
    name: `liveness-without-${fold + 1}`,
    without: ATTACK_SPECIES.filter((_, index) => index % FOLDS === fold),
  }));
}
