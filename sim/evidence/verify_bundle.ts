/** The five questions for every run of a signed bundle. What is signed is part of the first. */
import type { RunPorts } from "../world/mod.ts";
import { checkBundle, tracesOf } from "./bundle.ts";
import { type Check, verifyTrace } from "./verify.ts";

/** A chain is intact only if it is the one that was signed: a broken signature stops everything. */
export async function verifyBundle(
  files: Readonly<Record<string, Uint8Array>>,
  public_pem: string | null,
  openPorts: () => Promise<RunPorts>,
): Promise<readonly Check[]> {
  const refused = (await checkBundle(files, public_pem)).find(({ ok }) => !ok);
  if (refused !== undefined) {
    return [{ name: "chain", ok: false, evidence: `${refused.name}: ${refused.evidence}` }];
  }
  const checks: Check[] = [];
  for (const { name, text } of tracesOf(files)) {
    for (const check of await verifyTrace(text, openPorts)) {
      checks.push({ ...check, evidence: `${name}: ${check.evidence}` });
    }
  }
  return checks;
}
