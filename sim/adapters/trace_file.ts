/** Trace files, read as a whole or refused by line. */
import { InputError } from "../plan/mod.ts";
import { readTrace, type Trace } from "../trace/mod.ts";
import { readText } from "./files.ts";

/** The text of a trace, which may be none. @throws {InputError} where it is a bundle of them */
export async function readTraceText(file: string): Promise<string> {
  const text = await readText(file, "trace");
  // A ZIP file begins with "PK", a trace with "{".
  if (!text.startsWith("PK")) return text;
  const message = "is a bundle; take a trace out of it (unzip), or see: verify, evidence check";
  throw new InputError({ file, field: "", message });
}

/** @throws {InputError} naming the file and the first line that is none of a trace */
export async function readTraceFile(file: string): Promise<Trace> {
  const reading = readTrace(await readTraceText(file));
  if (reading.ok) return reading.trace;
  throw new InputError({ file, field: `line ${reading.line}`, message: reading.problem });
}
