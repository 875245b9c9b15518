/** Trace files, read as a whole or refused by line. */
import { InputError } from "../plan/mod.ts";
import { readTrace, type Trace } from "../trace/mod.ts";
import { readText } from "./files.ts";

/** @throws {InputError} naming the file and the first line that is none of a trace */
export async function readTraceFile(file: string): Promise<Trace> {
  const reading = readTrace(await readText(file, "trace"));
  if (reading.ok) return reading.trace;
  throw new InputError({ file, field: `line ${reading.line}`, message: reading.problem });
}
