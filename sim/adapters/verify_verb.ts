/** `verify TRACE`: proves a trace, or names the first wrong line. */
import { verifyTrace } from "../evidence/mod.ts";
import { readText } from "./files.ts";
import { openModels } from "./models.ts";
import { portsOf } from "./ports.ts";
import { print } from "./terminal.ts";

/** Returns the exit code: 0 proven, 1 refused. */
export async function verifyVerb(
  file: string,
  options: { readonly format: "text" | "json" },
): Promise<number> {
  const text = await readText(file, "trace");
  const checks = await verifyTrace(text, async () => portsOf(await openModels()));
  const ok = checks.every((check) => check.ok);
  if (options.format === "json") print(JSON.stringify({ schema: 1, file, ok, checks }, null, 2));
  else {
    for (const { name, ok, evidence } of checks) print(`${ok ? "✓" : "✗"} ${name}: ${evidence}`);
    print(ok ? `${file} is what happened` : `${file} is refused`);
  }
  return ok ? 0 : 1;
}
