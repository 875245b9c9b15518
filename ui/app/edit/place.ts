/**
 * Where in a YAML file the cursor is: at a key of which mapping, or at the value of which key.
 *
 * The word at the cursor is replaced by one that nobody writes, first as a key, then as a value; where the
 * parser finds it again is the place.
 *
 * @module
 */
import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { Path } from "./schema.ts";

const MARK = "zz9cursor";

export interface Place {
  readonly at: "key" | "value";
  /** Of the mapping for a key, of the value for a value. */
  readonly path: Path;
  /** Keys that the mapping has already. */
  readonly present: readonly string[];
  /** Where the word begins. */
  readonly from: number;
}

export function placeOf(text: string, cursor: number): Place | null {
  const word = /[\w-]*$/.exec(text.slice(0, cursor))?.[0] ?? "";
  const from = cursor - word.length;
  const [before, after] = [text.slice(0, from), text.slice(cursor).replace(/^[\w-]*/, "")];
  // After a colon or a dash a value stands; what could be a mapping there is offered as a value too.
  if (!/[:-] *$/.test(before)) {
    // A key that is there already keeps its colon.
    const colon = after.startsWith(":") ? "" : ":";
    const key = found(`${before}${MARK}${colon} ${after}`);
    if (key?.at === "key") return { ...key, from };
  }
  const value = found(`${before}${MARK}${after}`);
  return value === null ? null : { ...value, from };
}

function found(text: string): Omit<Place, "from"> | null {
  const { contents } = parseDocument(text);
  return contents === null ? null : search(contents, []);
}

function search(node: Node, path: Path): Omit<Place, "from"> | null {
  if (isScalar(node)) {
    return node.value === MARK ? { at: "value", path, present: [] } : null;
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const inside = search(item as Node, [...path, index]);
      if (inside !== null) return inside;
    }
    return null;
  }
  if (!isMap(node)) return null;
  const names = node.items.map(({ key }) => isScalar(key) ? String(key.value) : "");
  if (names.includes(MARK)) {
    return { at: "key", path, present: names.filter((name) => name !== MARK) };
  }
  for (const [index, { value }] of node.items.entries()) {
    const inside = value === null ? null : search(value as Node, [...path, names[index] ?? ""]);
    if (inside !== null) return inside;
  }
  return null;
}
