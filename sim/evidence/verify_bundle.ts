/** The five questions for every run of a signed bundle. What is signed is part of the first. */
import { canonicalJson } from "../../core/json.ts";
import { readTrace } from "../trace/mod.ts";
import type { RunPorts } from "../world/mod.ts";
import { readBundle, type SignedTrace } from "./bundle.ts";
import { type Check, verifyTrace } from "./verify.ts";

/** A chain is intact only if it is the one that was signed: a broken signature stops everything. */
export async function verifyBundle(
  files: Readonly<Record<string, Uint8Array>>,
  public_pem: string | null,
  openPorts: () => Promise<RunPorts>,
): Promise<readonly Check[]> {
  const { checks: asSaid, traces } = await readBundle(files, public_pem);
  const refused = asSaid.find(({ ok }) => !ok);
  if (refused !== undefined) {
    return [{ name: "chain", ok: false, evidence: `${refused.name}: ${refused.evidence}` }];
  }
  const checks: Check[] = [];
  for (const signed of traces) {
    for (const asked of await verifyTrace(signed.text, openPorts)) {
      const proven = asked.name === "oracles" && asked.ok === true;
      const check = proven ? asSigned(asked, signed) : asked;
      checks.push({ ...check, evidence: `${signed.name}: ${check.evidence}` });
    }
  }
  return checks;
}

/** What the trace tells of the oracles is what they find, by now; it has to be what was signed. */
function asSigned(check: Check, { text, findings }: SignedTrace): Check {
  const reading = readTrace(text);
  const lines = reading.ok ? reading.trace.lines : [];
  const found = lines.flatMap((line) =>
    line.type === "oracle" ? [{ line: line.n + 1, oracle: line.oracle, finding: line.finding }] : []
  );
  if (canonicalJson(found) === canonicalJson(findings)) return check;
  const evidence = `${found.length} findings, and bundle.json has others`;
  return { ...check, ok: false, evidence };
}
