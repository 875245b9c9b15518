/**
 * Every note of the machine and where it is. The only code that moves one.
 *
 *   cassette ──pick──► transport ──► stacker ──► transport ──► position ──► customer
 *      ▲                   │            │                         │
 *   loaded, emptied        └──► reject ◄┘            retract ◄────┘
 *   (an operator's hand, in an exchange)
 *
 * Invariants, asserted on every move: a note is in one place; the total never changes, except by an
 * operator's hand in an exchange; a note that has lain at the position, within a customer's reach,
 * never goes back to a cassette or the stacker.
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

/** One banknote: the cassette it came from, the load it came with and its number there. */
export interface Note {
  readonly unit: string;
  /** How often that cassette had been loaded or counted anew when it was picked, from 1. */
  readonly load: number;
  readonly number: number;
  /** What the machine takes it for. */
  readonly value_yuan: number;
  /** What it is. */
  readonly real_yuan: number;
  /** Whether it has been within a customer's reach. */
  readonly presented: boolean;
}

/** The notes of a cassette still in it. */
interface Loaded {
  readonly unit: string;
  readonly value_yuan: number;
  readonly count: number;
}

interface Cassette {
  readonly value_yuan: number;
  real_yuan: number;
  left: number;
  /** What was counted into it last. */
  initial: number;
  /** How often its books have begun, from 1. */
  load: number;
  /** How many have stood in this place, from 1. */
  loads: number;
  /** Picked from it since then. */
  picked: number;
  /** Of those, gone with an emptied bin and never within a customer's reach. */
  readonly discarded: { reject: number; retract: number };
}

export class Notes {
  readonly #cassettes: ReadonlyMap<string, Cassette>;
  readonly #places: Record<Place, Note[]> = {
    transport: [],
    stacker: [],
    position: [],
    customer: [],
    reject: [],
    retract: [],
  };
  #total: number;
  /** What was told last, by place and cassette; and what has changed since. */
  #told: Readonly<Record<string, Readonly<Record<string, number>>>> | null = null;
  readonly #changed = new Set<string>();

  constructor(cassettes: readonly Loaded[]) {
    this.#cassettes = new Map(cassettes.map(({ unit, value_yuan, count }) =>
      [unit, {
        value_yuan,
        real_yuan: value_yuan,
        left: count,
        initial: count,
        load: 1,
        loads: 1,
        picked: 0,
        discarded: { reject: 0, retract: 0 },
      }] as const
    ));
    this.#total = cassettes.reduce((sum, { count }) => sum + count, 0);
  }

  /** Notes left in a cassette. */
  left(unit: string): number {
    return this.#cassette(unit).left;
  }

  /** What was counted into it, and what was picked from it since. */
  counted(unit: string): Readonly<Omit<Cassette, "left" | "real_yuan">> {
    return this.#cassette(unit);
  }

  at(place: Place): readonly Note[] {
    return this.#places[place];
  }

  /** Takes the top note of a cassette, which must have one, into the transport. */
  pick(unit: string): Note {
    const cassette = this.#cassette(unit);
    assert(cassette.left > 0, () => `${unit} has a note to pick`);
    const { value_yuan, real_yuan, load } = cassette;
    cassette.left--;
    this.#changed.add(unit);
    const number = ++cassette.picked;
    const note: Note = { unit, load, number, value_yuan, real_yuan, presented: false };
    this.#places.transport.push(note);
    this.#changed.add("transport");
    this.#check();
    return note;
  }

  /** Moves the first `howMany` notes, or all, from one place to another; returns them. */
  move(from: Place, to: Place, howMany = this.#places[from].length): readonly Note[] {
    assert(from !== to, "a note moves to another place");
    assert(howMany <= this.#places[from].length, () => `${from} has ${howMany} notes to move`);
    const moving = this.#places[from].splice(0, howMany)
      .map((note) => to === "position" ? { ...note, presented: true } : note);
    assert(
      to !== "stacker" || moving.every((note) => !note.presented),
      "a note a customer could touch never lies on the stacker again",
    );
    this.#places[to].push(...moving);
    this.#changed.add(from);
    this.#changed.add(to);
    this.#check();
    return moving;
  }

  /** An operator puts another cassette of this unit in, with so many notes. */
  load(unit: string, count: number): void {
    const cassette = this.#cassette(unit);
    this.#total += count - cassette.left;
    cassette.left = count;
    cassette.loads++;
    this.#changed.add(unit);
    this.recount(unit, count);
    this.#check();
  }

  /** The books of a cassette begin anew at this number, whatever lies in it. */
  recount(unit: string, initial: number): void {
    const cassette = this.#cassette(unit);
    cassette.initial = initial;
    cassette.load++;
    cassette.picked = 0;
    cassette.discarded.reject = 0;
    cassette.discarded.retract = 0;
  }

  /** An operator empties a bin; returns how many notes were in it. */
  empty(bin: "reject" | "retract"): number {
    const out = this.#places[bin].splice(0);
    this.#changed.add(bin);
    for (const { unit, load, presented } of out) {
      const cassette = this.#cassette(unit);
      if (!presented && cassette.load === load) cassette.discarded[bin]++;
    }
    this.#total -= out.length;
    this.#check();
    return out.length;
  }

  /** The notes of a cassette are not what its label says. */
  mistake(unit: string, real_yuan: number): void {
    this.#cassette(unit).real_yuan = real_yuan;
    this.#changed.add(unit);
  }

  /** By place or cassette: how many notes of each value that they really have. Never changed once told. */
  whereabouts(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    if (this.#told !== null && this.#changed.size === 0) return this.#told;
    const notes = { ...this.#told };
    for (const of of this.#told === null ? this.#everywhere() : this.#changed) {
      notes[of] = this.#valuesIn(of);
    }
    this.#changed.clear();
    return this.#told = notes;
  }

  #everywhere(): readonly string[] {
    return [...this.#cassettes.keys(), ...PLACES];
  }

  #valuesIn(of: string): Readonly<Record<string, number>> {
    const cassette = this.#cassettes.get(of);
    if (cassette !== undefined) return { [cassette.real_yuan]: cassette.left };
    return byValue(this.#places[of as Place], ({ real_yuan }) => real_yuan);
  }

  #cassette(unit: string): Cassette {
    const cassette = this.#cassettes.get(unit);
    assert(cassette !== undefined, () => `${unit} is a cassette of this dispenser`);
    return cassette;
  }

  #check(): void {
    let total = 0;
    for (const { left } of this.#cassettes.values()) total += left;
    for (const place of PLACES) total += this.#places[place].length;
    assert(total === this.#total, "notes are neither made nor lost");
  }
}

/** How many of these notes there are of each value, as the machine takes them. */
export function byValue(
  notes: readonly Note[],
  valueOf: (note: Note) => number = ({ value_yuan }) => value_yuan,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const note of notes) counts[valueOf(note)] = (counts[valueOf(note)] ?? 0) + 1;
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

/**
 * What is printed on a note (冠字号): two letters that no series of the yuan has, eight digits. Another one
 * for every note of every load.
 */
export function serialOf({ unit, load, number }: Note): string {
  const place = [...unit].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 97, 7);
  return `XX${String((place * 1_000_003 + load * 10_007 + number) % 100_000_000).padStart(8, "0")}`;
}
