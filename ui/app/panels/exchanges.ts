/**
 * Device messages grouped into exchanges: a command, its acknowledge, its events, its completion.
 *
 * ```
 *   core ──command 7──► device      one exchange: found by device and requestId
 *        ◄─acknowledge─
 *        ◄─event───────  *
 *        ◄─completion──
 * ```
 *
 * @module
 */
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { numberAt, textAt } from "../replay/mod.ts";

export type PartType = "command" | "acknowledge" | "event" | "completion" | "unsolicited";

/** One message of an exchange. */
export interface Part {
  readonly n: number;
  readonly t: Micros;
  readonly type: PartType;
  readonly name: string;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface Exchange {
  /** Number of the line that begins it. */
  readonly n: number;
  readonly device: string;
  readonly name: string;
  readonly parts: readonly Part[];
  readonly from: Micros;
  /** When the completion came; null: never. */
  readonly to: Micros | null;
  readonly code: string | null;
}

const TYPES: readonly PartType[] = ["command", "acknowledge", "event", "completion", "unsolicited"];

/** All exchanges of a trace in the order they began; what comes unasked stands by itself. */
export function exchangesOf(lines: readonly TraceLine[]): Exchange[] {
  const exchanges: Exchange[] = [];
  const open = new Map<string, number>();
  for (const line of lines) {
    const part = partOf(line);
    if (part === null || line.type !== "xfs") continue;
    const key = `${line.device} ${numberAt(line.message, "header", "requestId")}`;
    const place = part.type === "command" ? undefined : open.get(key);
    if (part.type === "unsolicited" || place === undefined) {
      if (part.type === "command") open.set(key, exchanges.length);
      exchanges.push(begun(line.device, part));
      continue;
    }
    const before = exchanges[place];
    if (before === undefined) continue;
    exchanges[place] = withPart(before, part);
    if (part.type === "completion") open.delete(key);
  }
  return exchanges;
}

/** What of an exchange had happened by line `n`; null when it had not begun. */
export function exchangeUntil(exchange: Exchange, n: number): Exchange | null {
  if (exchange.n > n) return null;
  const parts = exchange.parts.filter((part) => part.n <= n);
  if (parts.length === exchange.parts.length) return exchange;
  return { ...exchange, parts, to: null, code: null };
}

function partOf(line: TraceLine): Part | null {
  if (line.type !== "xfs") return null;
  const type = TYPES.find((each) => each === textAt(line.message, "header", "type"));
  if (type === undefined) return null;
  const name = textAt(line.message, "header", "name") ?? "";
  return { n: line.n, t: line.t as Micros, type, name, message: line.message };
}

function begun(device: string, part: Part): Exchange {
  const to = part.type === "unsolicited" ? part.t : null;
  return { n: part.n, device, name: part.name, parts: [part], from: part.t, to, code: null };
}

function withPart(exchange: Exchange, part: Part): Exchange {
  const parts = [...exchange.parts, part];
  if (part.type !== "completion") return { ...exchange, parts };
  return { ...exchange, parts, to: part.t, code: textAt(part.message, "header", "completionCode") };
}
