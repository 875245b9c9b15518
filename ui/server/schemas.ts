/**
 * The HTTP API's data as zod schemas: what requests are held to, and what `/openapi.json` is made from.
 *
 * @module
 */
import * as z from "zod";
import { auditSchema } from "../../sim/audit/mod.ts";
import { runSummarySchema } from "../../sim/store/mod.ts";

/** Runs that one batch may ask for. */
export const BATCH_MAX = 500;
const SEED_MAX = 0xffff_ffff;
/** Of a scenario's text; JSON may spell each of them with six bytes. */
export const YAML_MAX = 100_000;

const words = z.strictObject({ en: z.string(), zh: z.string(), bo: z.string() });

export const scenariosSchema = z.strictObject({
  scenarios: z.array(z.strictObject({
    id: z.string(),
    title: words,
    /** What a trainer says. */
    story: words,
    /** The YAML text. */
    source: z.string(),
  })),
});

const kept = {
  id: z.string().describe("the first 16 hexadecimal digits of the run's root"),
  created_ms: z.number().describe("when it was kept, milliseconds since 1970"),
};

export const runSchema = z.strictObject({ ...kept, ...runSummarySchema.shape });
export const runsSchema = z.strictObject({ runs: z.array(runSchema) });
export const auditsSchema = z.strictObject({
  audits: z.array(z.strictObject({ ...kept, ...auditSchema.shape })),
});

const seed = z.number().int().min(0).max(SEED_MAX).default(1);
const id = z.string().max(100);

/** Body of `POST /api/runs`: a scenario of the shelf by id, or a scenario file's text. */
export const runRequestSchema = z.union([
  z.strictObject({ scenario: id, seed }),
  z.strictObject({ yaml: z.string().max(YAML_MAX), seed }),
], { error: `send {"scenario": …} or {"yaml": …}, and a seed from 0 to ${SEED_MAX} if wanted` });

/** Body of `POST /api/jobs`: long work, told about while it goes on. */
export const jobRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("runs"),
    scenario: id,
    seed,
    count: z.number().int().min(1).max(BATCH_MAX),
  }),
  z.strictObject({ kind: z.literal("verification"), run: z.string().max(64) }),
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;

export const jobSchema = z.strictObject({ id: z.string(), events: z.string() });

export const checkSchema = z.strictObject({
  name: z.enum(["chain", "models", "resimulation", "decisions", "oracles"]),
  ok: z.boolean().nullable().describe("null: the question cannot be answered for this trace"),
  evidence: z.string(),
  line: z.number().int().optional(),
});

/** What a job tells, by the name of the event. The last is always `end`. */
export const jobEventSchemas = {
  progress: z.strictObject({ done: z.number().int(), of: z.number().int() }),
  run: runSchema,
  check: checkSchema,
  end: z.strictObject({
    state: z.enum(["done", "cancelled", "failed"]),
    detail: z.string().optional(),
  }),
} as const;

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  file: z.string().optional(),
  field: z.string().optional(),
  message: z.string().optional(),
});

export const machineSchema = z.strictObject({
  publisher: z.string(),
  services: z.array(z.unknown()),
});

/** `GET /control`. */
export const machineStateSchema = z.strictObject({
  profile: z.string().describe("of devices/profiles/"),
  now_ms: z.number().int().describe("virtual time"),
  standing: z.record(z.string(), z.unknown()).nullable().describe("as `stand` said it"),
  devices: z.record(z.string(), z.record(z.string(), z.unknown())).describe("by name"),
});
