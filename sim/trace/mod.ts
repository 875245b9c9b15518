/** The trace: the product's memory of a run. What is not in it did not happen. @module */
export { readTrace, type TraceReading } from "./reader.ts";
export { undoneIn } from "./reversal.ts";
export { asTold } from "./schema.ts";
export type { RecordedLine, Trace, TraceBody, TraceEnd, TraceHeader, TraceLine } from "./schema.ts";
export { chainAfter, sha256Hex, traceHeader, traceText, TraceWriter } from "./writer.ts";
