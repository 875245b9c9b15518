/**
 * Where something worth stopping at happened.
 *
 * @module
 */
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { textAt } from "./json.ts";

/** In order of importance: where two fall together, the first is drawn on top. */
export const MARKER_KINDS = [
  "parting",
  "oracle",
  "fault",
  "decision",
  "money",
  "customer",
] as const;
export type MarkerKind = (typeof MARKER_KINDS)[number];

export interface Marker {
  readonly kind: MarkerKind;
  readonly n: number;
  readonly t: Micros;
}

const MONEY_LINES = new Set([
  "debit_authorised",
  "cash_presented",
  "cash_taken",
  "cash_retracted_suspect",
  "cash_rejected",
  "reversal_sent",
  "reversal_acknowledged",
]);

/** The markers of a trace, in its order. */
export function markersOf(lines: readonly TraceLine[]): Marker[] {
  return lines.flatMap((line) => {
    const kind = markerKind(line);
    return kind === null ? [] : [{ kind, n: line.n, t: line.t as Micros }];
  });
}

/** What a line is marked as; `null` for most. */
export function markerKind(line: TraceLine): MarkerKind | null {
  switch (line.type) {
    case "oracle":
      return "oracle";
    case "fault":
      return "fault";
    case "touch":
      return "customer";
    case "customer":
      return line.does === "press" ? null : "customer";
    case "outcome":
      return "decision";
    case "face_result":
      return textAt(line.result, "op") === "forget" ? null : "decision";
    case "host":
      return line.seen === "lost" || line.seen === "refused" ? "fault" : null;
    case "journal":
      return MONEY_LINES.has(textAt(line.entry, "line") ?? "") ? "money" : null;
    default:
      return null;
  }
}
