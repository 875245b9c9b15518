/** Reading JSON of unknown shape without trusting it. @module */

/** The value at a path of keys; `undefined` where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null) return undefined;
    inner = (inner as Record<string | number, unknown>)[key];
  }
  return inner;
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | null {
  const found = at(value, ...path);
  return typeof found === "string" ? found : null;
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | null {
  const found = at(value, ...path);
  return typeof found === "number" ? found : null;
}

/** The entries of an object; none for anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** Notes in a place of the dispenser: a number, or numbers by value, summed. */
export function countNotes(notes: unknown): number {
  if (typeof notes === "number") return notes;
  return entriesOf(notes).reduce((sum, [, part]) => sum + countNotes(part), 0);
}
