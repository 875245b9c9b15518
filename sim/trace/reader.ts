/**
 * Reads a trace and finds the first line that is not what it was when it was written.
 *
 * Every byte counts: each line must be the canonical spelling of itself, have the parts of its type
 * and no others, carry the chain value its content gives, and the last line must agree with all before
 * it.
 */
import { canonicalJson } from "../../core/json.ts";
import {
  type Trace,
  traceEndSchema,
  type TraceHeader,
  traceHeaderSchema,
  type TraceLine,
  traceLineSchema,
} from "./schema.ts";
import { chainAfter, sha256Hex } from "./writer.ts";

export type TraceReading =
  | { readonly ok: true; readonly trace: Trace }
  | { readonly ok: false; readonly line: number; readonly problem: string };

/** Lines a trace may have; a session has a few hundred. */
const LINES_MAX = 200_000;

/** Nothing is mended: a byte order mark, or what is no UTF-8, is no part of a trace. */
const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const NEWLINE = 0x0a;

/** Reads a whole trace, a file's bytes or its text. `line` of a problem counts from 1, the header. */
export function readTrace(file: Uint8Array | string): TraceReading {
  const rows = typeof file === "string" ? file.split("\n") : rowsOf(file);
  if (!Array.isArray(rows)) return rows;
  if (rows.pop() !== "") return wrong(rows.length + 1, "the last line is not complete");
  if (rows.length < 2) return wrong(1, "a trace has a header and an end");
  if (rows.length > LINES_MAX) return wrong(LINES_MAX, `a trace has at most ${LINES_MAX} lines`);
  const header = readHeader(rows[0] ?? "");
  if (typeof header === "string") return wrong(1, header);
  const lines: TraceLine[] = [];
  let chain = header.chain;
  for (let row = 1; row < rows.length - 1; row++) {
    const line = readLine(rows[row] ?? "", row, chain, lines.at(-1)?.t ?? 0);
    if (typeof line === "string") return wrong(row + 1, line);
    chain = line.chain;
    lines.push(line);
  }
  const end = parse(rows.at(-1) ?? "");
  const ending = end.ok ? traceEndSchema.safeParse(end.value) : null;
  if (!end.ok) return wrong(rows.length, end.problem);
  if (!ending?.success) {
    return wrong(rows.length, "this is not the end of a trace: it is cut short");
  }
  if (ending.data.lines !== lines.length) return wrong(rows.length, "the number of lines differs");
  if (ending.data.root !== chain) return wrong(rows.length, "the root differs from the chain");
  const before = rows.slice(0, -1).map((row) => row + "\n").join("");
  if (ending.data.sha256 !== sha256Hex(before)) return wrong(rows.length, "the SHA-256 differs");
  return { ok: true, trace: { header, lines, end: ending.data } };
}

function rowsOf(bytes: Uint8Array): string[] | TraceReading {
  const rows: string[] = [];
  for (let at = 0; at <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    try {
      rows.push(UTF_8.decode(bytes.subarray(at, end)));
    } catch {
      return wrong(rows.length + 1, "not UTF-8");
    }
    at = end + 1;
  }
  return rows;
}

function wrong(line: number, problem: string): TraceReading {
  return { ok: false, line, problem };
}

type Parsed = { ok: true; value: unknown } | { ok: false; problem: string };

function parse(row: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(row);
  } catch {
    return { ok: false, problem: "not JSON" };
  }
  if (spellingOf(value) !== row) return { ok: false, problem: "not spelled as it was written" };
  return { ok: true, value };
}

/** Null: JSON can say it and no writer has, a number past every double or lists in lists in lists. */
function spellingOf(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readHeader(row: string): TraceHeader | string {
  const parsed = parse(row);
  if (!parsed.ok) return parsed.problem;
  const header = traceHeaderSchema.safeParse(parsed.value);
  if (!header.success) {
    const issue = header.error.issues[0];
    return `the header's ${issue?.path.join(".") || "form"} is wrong: ${issue?.message}`;
  }
  const { seal, ...sealed } = header.data;
  if (sha256Hex(canonicalJson(header.data.pinned)) !== header.data.chain) {
    return "the header's chain differs from what it pins";
  }
  if (sha256Hex(canonicalJson(sealed)) !== seal) return "the header's seal is broken";
  return header.data;
}

function readLine(row: string, n: number, chain: string, t: number): TraceLine | string {
  const parsed = parse(row);
  if (!parsed.ok) return parsed.problem;
  const line = traceLineSchema.safeParse(parsed.value);
  if (!line.success) {
    if (traceEndSchema.safeParse(parsed.value).success) {
      return "the trace ends here, and more follows";
    }
    const issue = line.error.issues[0];
    return `${issue?.path.join(".") || "the line"} is wrong: ${issue?.message}`;
  }
  // What the schema drops nobody would judge: not the oracles, not the core, not a diff.
  const known = line.data;
  const unknown = Object.keys(parsed.value as object).find((part) => !Object.hasOwn(known, part));
  if (unknown !== undefined) return `a line of type ${known.type} has no ${unknown}`;
  const { chain: claimed, ...content } = parsed.value as TraceLine;
  if (line.data.n !== n) return `its number is ${line.data.n}, not ${n}`;
  if (line.data.t < t) return "time goes back";
  if (chainAfter(chain, content) !== claimed) return "its content does not give its chain value";
  return line.data;
}
