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

export interface Brought {
  /** Ids of the runs that are kept now. */
  readonly ids: readonly string[];
  /** A line for each file that was refused. */
  readonly problems: readonly string[];
}

/** Hands files to whoever keeps the runs; one that is refused keeps no other back. */
export async function bringAll(files: Iterable<File>): Promise<Brought> {
  const ids: string[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      ids.push(...await bring(file));
    } catch (error) {
      problems.push(`${file.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { ids, problems };
}

/** A trace or a signed bundle; a ZIP file begins with "PK". Returns the ids of its runs. */
async function bring(file: File): Promise<readonly string[]> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isBundle = head[0] === 0x50 && head[1] === 0x4b;
  const answer = await request(isBundle ? "/api/bundles" : "/api/traces", {
    method: "POST",
    headers: { "content-type": isBundle ? "application/zip" : "application/jsonl" },
    body: file,
  });
  return broughtSchema.parse(await answer.json()).runs.map(({ id }) => id);
}
