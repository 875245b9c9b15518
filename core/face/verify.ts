/**
 * Comparison 1:1: one probe with one reference. Nothing here takes a list of people.
 *
 * @module
 */
import { assert } from "../assert.ts";

/** A face as the embedder sees it: a vector of length one. Never leaves the core. */
export type Template = Float32Array;

/** Cosine similarity of two templates, −1…1, to six digits. */
export function similarity(probe: Template, reference: Template): number {
  assert(probe.length === reference.length && probe.length > 0, "templates of one model");
  let product = 0;
  let left = 0;
  let right = 0;
  for (let i = 0; i < probe.length; i++) {
    const a = probe[i] ?? 0;
    const b = reference[i] ?? 0;
    product += a * b;
    left += a * a;
    right += b * b;
  }
  assert(left > 0 && right > 0, "a template has a length");
  return Math.round((product / Math.sqrt(left * right)) * 1e6) / 1e6;
}

/** The direction of the mean of several templates of one person, of length one. */
export function meanTemplate(templates: readonly Template[]): Template {
  const first = templates[0];
  assert(first !== undefined, "a mean needs a template");
  const sum = new Float64Array(first.length);
  for (const template of templates) {
    assert(template.length === sum.length, "templates of one model");
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (template[i] ?? 0);
  }
  let squared = 0;
  for (const value of sum) squared += value * value;
  assert(squared > 0, "templates of one person do not cancel out");
  const length = Math.sqrt(squared);
  return Float32Array.from(sum, (value) => value / length);
}
