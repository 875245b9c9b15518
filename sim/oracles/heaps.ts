/** The notes in a dispenser's visible state, counted once for every oracle that reads the line. */
import { at, type LineOf } from "./oracle.ts";

/** Notes in one place: how many, and what they come to. */
export interface Heap {
  readonly place: string;
  readonly notes: number;
  readonly fen: number;
}

let of: unknown = null;
let counted: readonly Heap[] | null = null;

/** Each place's notes are told as one object until one of them moves: it is counted once. */
const told = new WeakMap<object, Heap>();

/** What lies where by this line; null where the machine is somewhere else, and nobody sees into it. */
export function heapsIn(line: LineOf<"device">): readonly Heap[] | null {
  if (of === line) return counted;
  const notes = at(line.state, "notes");
  of = line;
  counted = typeof notes === "object" && notes !== null
    ? Object.entries(notes).map(([place, content]) => heapIn(place, content ?? {}))
    : null;
  return counted;
}

function heapIn(place: string, content: object): Heap {
  const before = told.get(content);
  if (before?.place === place) return before;
  const heap = heapOf(place, content);
  told.set(content, heap);
  return heap;
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
