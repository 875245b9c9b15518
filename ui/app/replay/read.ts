/** A trace's text as what is watched. @module */
import { readTrace } from "../../../sim/trace/mod.ts";
import { Replay } from "./replay.ts";
import { TraceError } from "./trace_error.ts";

/** Throws {@linkcode TraceError}: a trace whose chain is broken is not shown as if it were whole. */
export function replayOf(text: string): Replay {
  const reading = readTrace(text);
  if (!reading.ok) throw new TraceError(`line ${reading.line}: ${reading.problem}`);
  return new Replay(reading.trace);
}
