/** Where two runs part: the first line that is not the same, and what stood before it. */
import { canonicalJson } from "../../core/json.ts";
import type { Trace } from "../trace/mod.ts";

export type Difference =
  | { readonly same: true; readonly root: string }
  | {
    readonly same: false;
    /** `pinned`: they set out from different plans, models or texts; `line`: they part on the way. */
    readonly where: "pinned" | "line" | "end";
    /** Line of the file, counted from 1. */
    readonly line: number;
    readonly left: string;
    readonly right: string;
    /** Pinned parts that differ, by path: told also when the first differing line is a later one. */
    readonly pinned: readonly string[];
  };

/** Compares two traces by what happened, not by what they ran on. */
export function diffTraces(left: Trace, right: Trace): Difference {
  if (left.end.root === right.end.root) return { same: true, root: left.end.root };
  const pinned = differing(left.header.pinned, right.header.pinned, "");
  const count = Math.max(left.lines.length, right.lines.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [told(left, i), told(right, i)];
    if (a === b) continue;
    const where = left.lines[i] && right.lines[i] ? "line" : "end";
    return { same: false, where, line: i + 2, left: a, right: b, pinned };
  }
  const [a, b] = [canonicalJson(left.header.pinned), canonicalJson(right.header.pinned)];
  return { same: false, where: "pinned", line: 1, left: a, right: b, pinned };
}

/** So many characters of a line are read at one look. */
const LOOK = 400;
/** How many of them stand before the first that differs. */
const LEAD = 160;

/** What stands about the place where two texts part, in one look: a receipt has two thousand letters. */
export function whereTheyPart(left: string, right: string): readonly [string, string] {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  return [lookAt(left, at), lookAt(right, at)];
}

function lookAt(text: string, at: number): string {
  if (text.length <= LOOK) return text;
  const from = Math.max(0, Math.min(at - LEAD, text.length - LOOK));
  const to = from + LOOK;
  return (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
}

/** A line without its chain value: that differs in every line after the first difference. */
function told(trace: Trace, i: number): string {
  const line = trace.lines[i];
  if (line === undefined) return "nothing: this run is over";
  const { chain: _chain, ...content } = line;
  return canonicalJson(content);
}

function differing(left: unknown, right: unknown, path: string): string[] {
  if (canonicalJson(left ?? null) === canonicalJson(right ?? null)) return [];
  if (!isObject(left) || !isObject(right)) return [path];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) =>
    differing(left[key], right[key], path === "" ? key : `${path}.${key}`)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
