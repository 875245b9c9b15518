/**
 * Whether a model answers as its manifest says. Where not, no invariant of this program is broken:
 * somebody brought a model or wrote a manifest, and is told what is wrong with it.
 *
 * @module
 */
import type { Outputs } from "./model.ts";

/** Throws a `TypeError` that says what is wrong, unless the answer fits. */
export function fits(holds: boolean, problem: () => string): asserts holds {
  if (!holds) throw new TypeError(problem());
}

/** The numbers of an output by its name. */
export function outputOf(outputs: Outputs, name: string): Float32Array {
  const values = outputs[name];
  fits(values !== undefined, () => {
    const others = Object.keys(outputs).join(", ") || "none";
    return `it has no output ${name} of 32-bit floats, but ${others}`;
  });
  return values;
}
