/** `verify TRACE`: proves a trace, or all of a signed bundle, or names the first wrong line. */
import { type Check, openBundle, verifyBundle, verifyTrace } from "../evidence/mod.ts";
import { InputError } from "../plan/mod.ts";
import { readBytes } from "./files.ts";
import { openModels } from "./models.ts";
import { portsOf } from "./ports.ts";
import { readPublicKey } from "./public_key.ts";
import { print, printLine } from "./terminal.ts";
import { isBundle } from "./trace_file.ts";

export interface VerifyVerbOptions {
  readonly format: "text" | "json";
  /** Accept a run on somebody else's devices, which nobody can run again. */
  readonly remote: boolean;
  /** The models it was run with, by name or folder, where they are not the shipped ones. */
  readonly pack?: string;
  /** The public key of whoever signed a bundle. */
  readonly key?: string;
}

/** Returns the exit code: 0 proven, 1 refused or not wholly proven. */
export async function verifyVerb(file: string, options: VerifyVerbOptions): Promise<number> {
  const checks = await checksOf(file, options);
  const ok = checks.every((check) => check.ok ?? options.remote);
  if (options.format === "json") print(JSON.stringify({ schema: 1, file, ok, checks }, null, 2));
  else {
    for (const { name, ok, evidence } of checks) {
      printLine(`${mark(ok)} ${name}: ${evidence}`);
    }
    printLine(`${file} ${verdictOf(checks, options.remote)}`);
  }
  return ok ? 0 : 1;
}

async function checksOf(
  file: string,
  { key, pack }: VerifyVerbOptions,
): Promise<readonly Check[]> {
  const openPorts = async () => portsOf(await openModels(pack === undefined ? {} : { pack }));
  const bytes = await readBytes(file, "trace");
  if (!isBundle(bytes)) {
    if (key === undefined) return await verifyTrace(bytes, openPorts);
    const message = `is the key of a bundle, and ${file} is none; leave it out`;
    throw new InputError({ file: key, field: "--key", message });
  }
  const files = openBundle(bytes);
  if (typeof files === "string") {
    throw new InputError({ file, field: "", message: `is no bundle: ${files}` });
  }
  const given = key === undefined ? null : await readPublicKey(key);
  return await verifyBundle(files, given, openPorts);
}

function mark(ok: boolean | null): string {
  return ok === null ? "–" : ok ? "✓" : "✗";
}

function verdictOf(checks: readonly Check[], remote: boolean): string {
  if (checks.some(({ ok }) => ok === false)) return "is refused";
  if (checks.every(({ ok }) => ok === true)) return "is what happened";
  return remote
    ? "is whole, and the core decided as it says; what was said elsewhere is for others to prove"
    : "cannot be proven wholly: its devices or its bank were somewhere else (--remote accepts that)";
}
