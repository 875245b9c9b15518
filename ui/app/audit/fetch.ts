/**
 * The auditor's part of the HTTP API.
 *
 * @module
 */
import * as z from "zod";
import { auditSchema } from "../../../sim/audit/mod.ts";
import { request } from "../api.ts";

const rowSchema = z.object({ id: z.string(), created_ms: z.number(), ...auditSchema.shape });
/** One kept run as an auditor sees it. */
export type AuditRow = z.infer<typeof rowSchema>;

export async function fetchAudits(): Promise<AuditRow[]> {
  const answer = await request("/api/audits");
  return z.object({ audits: z.array(rowSchema) }).parse(await answer.json()).audits;
}

const broughtSchema = z.union([
  z.object({ runs: z.array(z.object({ id: z.string() })) }),
  z.object({ id: z.string() }).transform((run) => ({ runs: [run] })),
]);

/**
 * Hands a trace or a signed bundle to whoever keeps the runs; a ZIP file begins with "PK". Returns the
 * ids of its runs.
 */
export async function bring(file: File): Promise<readonly string[]> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isBundle = head[0] === 0x50 && head[1] === 0x4b;
  const answer = await request(isBundle ? "/api/bundles" : "/api/traces", {
    method: "POST",
    headers: { "content-type": isBundle ? "application/zip" : "application/jsonl" },
    body: file,
  });
  return broughtSchema.parse(await answer.json()).runs.map(({ id }) => id);
}
