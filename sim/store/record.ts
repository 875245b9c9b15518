/**
 * What is kept of a run, and the port through which it is kept.
 *
 * @module
 */
import * as z from "zod";
import { type Audit, auditSchema } from "../audit/mod.ts";

/** One run in short, as `run --format json` tells it. */
export const runSummarySchema = z.strictObject({
  scenario: z.string(),
  /** What its own plan calls the run; absent: kept before that was told. */
  title: auditSchema.shape.title.exactOptional(),
  seed: z.number().int(),
  outcome: z.string(),
  reason: z.string(),
  cash_taken_fen: z.number().int(),
  /** Whether every expectation held and no oracle was broken; null: nobody judged it here. */
  ok: z.boolean().nullable(),
  expectations: z.array(z.strictObject({ text: z.string(), ok: z.boolean() })),
  /** What the plan foresaw for certain and did not come to be; absent: nobody looked. */
  missed: z.array(z.string()).exactOptional(),
  /** Of the visit that the outcome is of; null: none was seen to its end. */
  session_ms: z.number().int().nullable(),
  /** Of the whole run: the machine is watched until it has settled. */
  virtual_ms: z.number(),
  wall_ms: z.number(),
  /** The trace's final hash. */
  root: z.string(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** A kept run. Its id follows from its root: the same run kept twice is one run. */
export interface RunRecord extends RunSummary {
  readonly id: string;
  /** Wall clock of the computer it ran on, milliseconds since 1970. */
  readonly created_ms: number;
}

/** A kept run as an auditor sees it. */
export interface AuditRecord extends Audit {
  readonly id: string;
  readonly created_ms: number;
}

/** Nothing was kept, for a reason outside the program: a full disk, a file that another holds. */
export class NotKept extends Error {
  override name = "NotKept";
}

/** A run, its trace, and its audit where that was taken already: else it is taken when it is kept. */
export type RunToKeep = readonly [record: RunRecord, trace: string, audit?: Audit];

/** Where runs are kept. What {@linkcode RunStore.put} returned from is there after a restart. */
export interface RunStore {
  /** @throws {@linkcode NotKept} */
  put(record: RunRecord, trace: string): void;
  /** All of them or none. @throws {@linkcode NotKept} */
  putAll(runs: readonly RunToKeep[]): void;
  get(id: string): RunRecord | null;
  /** The run's trace, JSON Lines; null where it cannot be read any more. */
  trace(id: string): string | null;
  /** Newest first. */
  list(limit: number): RunRecord[];
  /** Newest first, as {@linkcode RunStore.list}; what is no trace has none. */
  audits(limit: number): AuditRecord[];
  close(): void;
}

/** Hexadecimal digits of a run's id: 64 bits of its root. */
const ID_DIGITS = 16;

/** The id of the run with this root (`sha256:` or bare hexadecimal). */
export function runIdOf(root: string): string {
  return root.replace(/^sha256:/, "").slice(0, ID_DIGITS);
}
