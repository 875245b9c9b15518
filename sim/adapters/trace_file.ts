/** Trace files, read as a whole or refused by line. */
import { InputError } from "../plan/mod.ts";
import { readTrace, type Trace } from "../trace/mod.ts";
import { readBytes } from "./files.ts";

/** A ZIP file begins with "PK", a trace with "{". */
export function isBundle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50;
}

/** The bytes of a trace, which may be none. @throws {InputError} where it is a bundle of them */
export async function readTraceBytes(file: string): Promise<Uint8Array> {
  const bytes = await readBytes(file, "trace");
  if (!isBundle(bytes)) return bytes;
  const message = "is a bundle; take a trace out of it (unzip), or see: verify, evidence check";
  throw new InputError({ file, field: "", message });
}

/** @throws {InputError} naming the file and the first line that is none of a trace */
export async function readTraceFile(file: string): Promise<Trace> {
  const reading = readTrace(await readTraceBytes(file));
  if (reading.ok) return reading.trace;
  throw new InputError({ file, field: `line ${reading.line}`, message: reading.problem });
}
