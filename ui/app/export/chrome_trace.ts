/**
 * A run in Chrome's trace event format, for Perfetto and chrome://tracing.
 *
 * One track a device, the session's states as slices of their own, everything else as instants. Times are
 * virtual microseconds, which is the format's own unit.
 *
 * @module
 */
import type { Trace, TraceLine } from "../../../sim/trace/mod.ts";
import { exchangesOf } from "../panels/exchanges.ts";
import { textAt } from "../replay/mod.ts";

/** As the format spells it: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  /** X: a slice with a duration; i: an instant; M: metadata. */
  readonly ph: "X" | "i" | "M";
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly s?: "t";
  readonly args?: Readonly<Record<string, unknown>>;
}

const PID = 1;
const TRACKS = ["session", "customer", "bank", "face", "faults"] as const;
type Track = (typeof TRACKS)[number];

export function chromeTrace(trace: Trace): { readonly traceEvents: readonly TraceEvent[] } {
  const devices = [
    ...new Set(trace.lines.flatMap((line) => line.type === "xfs" ? [line.device] : [])),
  ].toSorted();
  const names: readonly string[] = [...TRACKS, ...devices];
  const tid = (name: string) => names.indexOf(name) + 1;
  return {
    traceEvents: [
      metadata("process_name", 0, `atm-twin ${textAt(trace.header.pinned.plan, "scenario", "id")}`),
      ...names.map((name) => metadata("thread_name", tid(name), name)),
      ...stateSlices(trace.lines, tid("session")),
      ...commandSlices(trace.lines, tid),
      ...trace.lines.flatMap((line) => instant(line, tid)),
    ],
  };
}

function metadata(name: string, tid: number, value: string): TraceEvent {
  return { name, cat: "__metadata", ph: "M", ts: 0, pid: PID, tid, args: { name: value } };
}

/** Each state from when it was entered until the next one was. */
function stateSlices(lines: readonly TraceLine[], tid: number): TraceEvent[] {
  const entered = lines.flatMap((line) => line.type === "state" ? [line] : []);
  const end = lines.at(-1)?.t ?? 0;
  return entered.map(({ to, t }, i): TraceEvent => ({
    name: to,
    cat: "state",
    ph: "X",
    ts: t,
    dur: (entered[i + 1]?.t ?? end) - t,
    pid: PID,
    tid,
  }));
}

function commandSlices(lines: readonly TraceLine[], tid: (name: string) => number): TraceEvent[] {
  const end = lines.at(-1)?.t ?? 0;
  return exchangesOf(lines).map(({ device, name, from, to, code, parts }): TraceEvent => {
    const at = { name, cat: "xfs", ts: from, pid: PID, tid: tid(device) };
    if (parts[0]?.type === "unsolicited") return { ...at, ph: "i", s: "t" };
    return { ...at, ph: "X", dur: (to ?? end) - from, args: { completionCode: code } };
  });
}

function instant(line: TraceLine, tid: (name: string) => number): TraceEvent[] {
  const event = (track: Track, name: string, args: Readonly<Record<string, unknown>> = {}) => [
    { name, cat: track, ph: "i", ts: line.t, pid: PID, tid: tid(track), s: "t", args } as const,
  ];
  switch (line.type) {
    case "customer":
      return event("customer", line.does);
    case "touch":
      return event("customer", `touch ${line.control}`);
    case "host": {
      const mti = textAt(line.message, "mti") ?? "";
      return event("bank", `${mti} ${line.from} ${line.seen}`);
    }
    case "ledger":
      return event("bank", `ledger ${textAt(line.entry, "kind")}`, line.entry);
    case "face_result":
      return event("face", `${textAt(line.result, "op")} ${textAt(line.result, "verdict")}`);
    case "fault":
      return event("faults", `${line.id} ${line.active ? "on" : "off"}`);
    case "oracle":
      return event("faults", line.oracle, { finding: line.finding });
    case "outcome":
      return event("session", `${line.outcome}: ${line.reason}`);
    default:
      return [];
  }
}
