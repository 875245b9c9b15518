/**
 * The virtual clock and its queue: the one order in which everything happens.
 *
 * Time is an integer number of microseconds. The queue orders by (time, priority, sequence), so two
 * things due at the same moment happen in an order the program states, never in one the machine
 * chooses. Nothing here waits: time is what the next entry says it is.
 *
 * Invariant: time never goes back, and a cancelled entry never runs.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import { type Micros, micros } from "../../core/units.ts";
import type { Timer } from "../../devices/mod.ts";

/** Earlier priorities run first among entries of the same moment. */
export const PRIORITY = { fault: 0, device: 1, host: 2, core: 3, person: 4, deed: 5 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** What an entry does; a promise is awaited before the next entry is taken. */
export type Task = () => void | Promise<void>;

/** What waits, and whoever put it there may take it back. */
class Entry implements Timer {
  readonly at: Micros;
  readonly priority: Priority;
  readonly sequence: number;
  task: Task | null;

  constructor(at: Micros, priority: Priority, sequence: number, task: Task) {
    this.at = at;
    this.priority = priority;
    this.sequence = sequence;
    this.task = task;
  }

  cancel(): void {
    this.task = null;
  }
}

function before(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.sequence < b.sequence;
}

/** More entries than any run needs; past it something schedules without end. */
const ENTRIES_MAX = 100_000;

/** A binary heap of entries and the time of the last one taken. */
export class Clock {
  #now = micros(0);
  #sequence = 0;
  #heap: Entry[] = [];

  now(): Micros {
    return this.#now;
  }

  /** Runs `task` `delay` from now. */
  after(delay: Micros, priority: Priority, task: Task): Timer {
    assert(delay >= 0, "nothing is scheduled in the past");
    assert(this.#heap.length < ENTRIES_MAX, () => `at most ${ENTRIES_MAX} entries wait`);
    const entry = new Entry(micros(this.#now + delay), priority, this.#sequence++, task);
    this.#push(entry);
    return entry;
  }

  /** Time of the next entry that will run, or `null` when nothing is left. */
  next(): Micros | null {
    while (this.#heap[0]?.task === null) this.#pop();
    return this.#heap[0]?.at ?? null;
  }

  /** Takes the next entry: moves time there and returns what is to be done, or `null`. */
  take(): Task | null {
    if (this.next() === null) return null;
    const entry = this.#pop();
    assert(entry.at >= this.#now, "time never goes back");
    this.#now = entry.at;
    return entry.task;
  }

  /** Lets time pass to a moment before which nothing is due. */
  passTo(moment: Micros): void {
    const next = this.next();
    assert(moment >= this.#now, "time never goes back");
    assert(next === null || next > moment, "what is due is not passed over");
    this.#now = moment;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let child = heap.length;
    heap.push(entry);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!before(entry, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  #pop(): Entry {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    assert(first !== undefined && last !== undefined, "a pop finds an entry");
    if (heap.length === 0) return first;
    let hole = 0;
    while (true) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, last)) break;
      heap[hole] = heap[child] as Entry;
      hole = child;
    }
    heap[hole] = last;
    return first;
  }
}
