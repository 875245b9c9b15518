/**
 * Every note of the machine and where it is. The only code that moves one.
 *
 *   cassette ──pick──► transport ──► stacker ──► transport ──► position ──► customer
 *                          │            │                         │
 *                          └──► reject ◄┘            retract ◄────┘
 *
 * Invariants, asserted on every move: a note is in one place; the total never changes; a note that
 * has lain at the position, within a customer's reach, never goes back to a cassette or the
 * stacker.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";

export const PLACES = [
  "transport",
  "stacker",
  "position",
  "customer",
  "reject",
  "retract",
] as const;
export type Place = typeof PLACES[number];

/** One banknote: the cassette it came from and its number there make it itself. */
export interface Note {
  readonly unit: string;
  readonly number: number;
  readonly value_yuan: number;
  /** Whether it has been within a customer's reach. */
  readonly presented: boolean;
}

/** The notes of a cassette still in it. */
interface Cassette {
  readonly unit: string;
  readonly value_yuan: number;
  readonly count: number;
}

export class Notes {
  readonly #cassettes: ReadonlyMap<string, { readonly value_yuan: number; left: number }>;
  readonly #initial: ReadonlyMap<string, number>;
  readonly #places: Record<Place, Note[]> = {
    transport: [],
    stacker: [],
    position: [],
    customer: [],
    reject: [],
    retract: [],
  };
  readonly #total: number;

  constructor(cassettes: readonly Cassette[]) {
    this.#cassettes = new Map(
      cassettes.map(({ unit, value_yuan, count }) => [unit, { value_yuan, left: count }]),
    );
    this.#initial = new Map(cassettes.map(({ unit, count }) => [unit, count]));
    this.#total = cassettes.reduce((sum, { count }) => sum + count, 0);
  }

  /** Notes left in a cassette. */
  left(unit: string): number {
    return this.#cassette(unit).left;
  }

  initial(unit: string): number {
    const initial = this.#initial.get(unit);
    assert(initial !== undefined, `${unit} is a cassette of this dispenser`);
    return initial;
  }

  at(place: Place): readonly Note[] {
    return this.#places[place];
  }

  /** Takes the top note of a cassette, which must have one, into the transport. */
  pick(unit: string): Note {
    const cassette = this.#cassette(unit);
    assert(cassette.left > 0, `${unit} has a note to pick`);
    const { value_yuan } = cassette;
    const number = this.initial(unit) - cassette.left + 1;
    cassette.left--;
    const note: Note = { unit, number, value_yuan, presented: false };
    this.#places.transport.push(note);
    this.#check();
    return note;
  }

  /** Moves the first `howMany` notes, or all, from one place to another; returns them. */
  move(from: Place, to: Place, howMany = this.#places[from].length): readonly Note[] {
    assert(from !== to, "a note moves to another place");
    assert(howMany <= this.#places[from].length, `${from} has ${howMany} notes to move`);
    const moving = this.#places[from].splice(0, howMany)
      .map((note) => to === "position" ? { ...note, presented: true } : note);
    assert(
      to !== "stacker" || moving.every((note) => !note.presented),
      "a note a customer could touch never lies on the stacker again",
    );
    this.#places[to].push(...moving);
    this.#check();
    return moving;
  }

  /** By place or cassette: how many notes of each value. */
  whereabouts(): Record<string, Record<string, number>> {
    const cassettes = [...this.#cassettes].map(([unit, { value_yuan, left }]) =>
      [unit, { [value_yuan]: left }] as const
    );
    const places = PLACES.map((place) => [place, byValue(this.#places[place])] as const);
    return Object.fromEntries([...cassettes, ...places]);
  }

  #cassette(unit: string) {
    const cassette = this.#cassettes.get(unit);
    assert(cassette !== undefined, `${unit} is a cassette of this dispenser`);
    return cassette;
  }

  #check(): void {
    let total = 0;
    for (const { left } of this.#cassettes.values()) total += left;
    for (const place of PLACES) total += this.#places[place].length;
    assert(total === this.#total, "notes are neither made nor lost");
  }
}

export function byValue(notes: readonly Note[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { value_yuan } of notes) counts[value_yuan] = (counts[value_yuan] ?? 0) + 1;
  return counts;
}

export function yuanOf(notes: readonly Note[]): number {
  return notes.reduce((sum, note) => sum + note.value_yuan, 0);
}

/** How many of these notes came from each cassette. */
export function byUnit(notes: readonly Note[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { unit } of notes) counts[unit] = (counts[unit] ?? 0) + 1;
  return counts;
}
