/** `verify TRACE`: proves a trace, or names the first wrong line. */
import { type Check, verifyTrace } from "../evidence/mod.ts";
import { readText } from "./files.ts";
import { openModels } from "./models.ts";
import { portsOf } from "./ports.ts";
import { print } from "./terminal.ts";

export interface VerifyVerbOptions {
  readonly format: "text" | "json";
  /** Accept a run on somebody else's devices, which nobody can run again. */
  readonly remote: boolean;
}

/** Returns the exit code: 0 proven, 1 refused or not wholly proven. */
export async function verifyVerb(file: string, options: VerifyVerbOptions): Promise<number> {
  const text = await readText(file, "trace");
  const checks = await verifyTrace(text, async () => portsOf(await openModels()));
  const ok = checks.every((check) => check.ok ?? options.remote);
  if (options.format === "json") print(JSON.stringify({ schema: 1, file, ok, checks }, null, 2));
  else {
    for (const { name, ok, evidence } of checks) print(`${mark(ok)} ${name}: ${evidence}`);
    print(`${file} ${verdictOf(checks, options.remote)}`);
  }
  return ok ? 0 : 1;
}

function mark(ok: boolean | null): string {
  return ok === null ? "–" : ok ? "✓" : "✗";
}

function verdictOf(checks: readonly Check[], remote: boolean): string {
  if (checks.some(({ ok }) => ok === false)) return "is refused";
  if (checks.every(({ ok }) => ok === true)) return "is what happened";
  return remote
    ? "is whole, and the core decided as it says; what the devices said is theirs to prove"
    : "cannot be proven wholly: its devices were somewhere else (--remote accepts that)";
}
