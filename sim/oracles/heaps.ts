/** The notes in a dispenser's visible state, counted once for every oracle that reads the line. */
import { at, type LineOf } from "./oracle.ts";

/** Notes in one place: how many, and what they come to. */
export interface Heap {
  readonly place: string;
  readonly notes: number;
  readonly fen: number;
}

/** The heaps of one run, as its lines tell of them one after another. */
export class Heaps {
  #line: unknown = null;
  #heaps: readonly Heap[] | null = null;
  /** A place's notes are told as the same object until one of them moves: they are counted once. */
  #contents: readonly unknown[] = [];

  /** What lies where by this line; null where the machine is somewhere else, and nobody sees into it. */
  in(line: LineOf<"device">): readonly Heap[] | null {
    if (this.#line === line) return this.#heaps;
    this.#line = line;
    const notes = at(line.state, "notes");
    this.#heaps = typeof notes === "object" && notes !== null ? this.#count(notes) : null;
    return this.#heaps;
  }

  #count(notes: object): readonly Heap[] {
    const [before, counted] = [this.#contents, this.#heaps];
    const contents: readonly unknown[] = this.#contents = Object.values(notes);
    return Object.keys(notes).map((place, i) => {
      const heap = contents[i] === before[i] ? counted?.[i] : undefined;
      return heap?.place === place ? heap : heapOf(place, contents[i] ?? {});
    });
  }
}

function heapOf(place: string, content: object): Heap {
  let notes = 0;
  let fen = 0;
  for (const [value, n] of Object.entries(content)) {
    notes += Number(n);
    fen += 100 * Number(value) * Number(n);
  }
  return { place, notes, fen };
}
