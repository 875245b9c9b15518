/**
 * What `PrintNative` is given: a receipt as data, or a picture of one.
 *
 * @module
 */
import type { Json, JsonObject } from "../../core/json.ts";
import { fromBase64 } from "../../core/xfs4iot/mod.ts";

/** The first bytes of every PNG file. */
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Rows of dots in one line of the roll: 3 mm at 8 dots to the millimetre. */
const LINE_DOTS = 24;

type Receipt = JsonObject | readonly Json[];

/** The receipt in the data, undefined when there is none. A picture stays as it came. */
export function receiptOf(data: string): Receipt | undefined {
  const bytes = fromBase64(data);
  if (PNG.every((byte, i) => bytes[i] === byte)) {
    const header = new DataView(bytes.buffer, bytes.byteOffset);
    if (bytes.length < 24) return undefined;
    return { png: data, width: header.getUint32(16), height: header.getUint32(20) };
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    // Not JSON, or not UTF-8: an expected outcome, told to the client. Anything else is a bug.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
  // What JSON.parse gives is Json; only a list or an object is a receipt.
  return typeof value === "object" && value !== null ? value as JsonObject : undefined;
}

/** One strip of paper: what was printed first, and under it what was printed next. */
export function joined(first: Json, next: Json): Json {
  if (first === null) return next;
  return [...parts(first), ...parts(next)];
}

function parts(receipt: Json): readonly Json[] {
  return Array.isArray(receipt) ? receipt : [receipt];
}

/** What of it stands on so many lines. */
export function upToLine(receipt: Json, lines: number): Json {
  if (Array.isArray(receipt)) return receipt.slice(0, lines);
  const { height } = receipt as JsonObject;
  if (typeof height !== "number") return receipt;
  return { ...receipt as JsonObject, height: Math.min(height, lines * LINE_DOTS) };
}

/** One for each item of a list or member of an object; of a picture, by its height. */
export function linesOf(receipt: Receipt): number {
  const height = "png" in receipt ? receipt["height"] : undefined;
  if (typeof height === "number") return Math.max(1, Math.ceil(height / LINE_DOTS));
  return Object.keys(receipt).length;
}
