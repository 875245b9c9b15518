/**
 * Who is trained on, who sets the thresholds and who is measured: nobody is in two of the three.
 *
 * Numbers below 1,000,000 belong to the product's scenarios and are in none. Lobbies and attack
 * instruments are divided in the same way, so a model cannot know a wall or a sheet of paper.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { RandomStream } from "../../core/numeric/mod.ts";
import {
  type AttackSpecies,
  type Light,
  randomScene,
  type Scene,
  type Subject,
} from "../../devices/camera/mod.ts";

/** Whole numbers from `first` to `last`, both included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

export type SplitName = "training" | "calibration" | "test";

/** One of the three disjoint worlds of a measurement. */
export interface Split {
  readonly name: SplitName;
  readonly people: Range;
  readonly lobbies: Range;
  readonly instruments: Range;
}

export const TRAINING: Split = {
  name: "training",
  people: { first: 1_000_000, last: 1_999_999 },
  lobbies: { first: 0, last: 999 },
  instruments: { first: 0, last: 999 },
};

export const CALIBRATION: Split = {
  name: "calibration",
  people: { first: 2_000_000, last: 2_999_999 },
  lobbies: { first: 1000, last: 1999 },
  instruments: { first: 1000, last: 1999 },
};

export const TEST: Split = {
  name: "test",
  people: { first: 3_000_000, last: 3_999_999 },
  lobbies: { first: 2000, last: 2999 },
  instruments: { first: 2000, last: 2999 },
};

/** The three by name. */
export const SPLITS: Readonly<Record<SplitName, Split>> = {
  training: TRAINING,
  calibration: CALIBRATION,
  test: TEST,
};

/** The `index`-th person of a split. */
export function personOf(split: Split, index: number): number {
  const person = split.people.first + index;
  assert(index >= 0 && person <= split.people.last, `${split.name} has a person ${index}`);
  return person;
}

/** Where and under what light a visit takes place. */
export interface Place {
  readonly lobby: number;
  readonly light: Light;
}

/** A place of the split; lights as common as in ordinary scenes. */
export function placeOf(split: Split, stream: RandomStream): Place {
  const { light } = randomScene(null, stream);
  return { lobby: stream.integer(split.lobbies.first, split.lobbies.last), light };
}

/** A scene under ordinary conditions in a place; the subject is there in the flesh. */
export function sceneOf(subject: Subject | null, place: Place, stream: RandomStream): Scene {
  return { ...randomScene(subject, stream), ...place };
}

/** A picture of the subject held up in a place, on an instrument of the split. */
export function attackSceneOf(
  split: Split,
  subject: Subject,
  species: AttackSpecies,
  place: Place,
  stream: RandomStream,
): Scene {
  const instrument = stream.integer(split.instruments.first, split.instruments.last);
  return { ...randomScene(subject, stream, { species, instrument }), ...place };
}
