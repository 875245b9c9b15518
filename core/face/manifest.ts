/**
 * `models/manifest.json`: which bytes play which role, how they are fed, and what was measured.
 *
 * @module
 */
import * as z from "zod";

const count = z.int().nonnegative();
const fraction = z.number().min(0).max(1);

/** Errors among trials, with the 95 % Wilson score interval of their rate. */
export const Rate = z.strictObject({
  count,
  of: count,
  rate: fraction,
  low: fraction,
  high: fraction,
});
export type Rate = z.infer<typeof Rate>;

/** First and last person number, both included. */
const People = z.strictObject({ first: count, last: count });

const Training = z.strictObject({
  command: z.string(),
  seed: z.int(),
  /** Version of the renderer that drew the training pictures. */
  renderer: z.string(),
  recipe: z.string(),
  people: People,
  samples: count,
  epochs: count,
});

/** How a threshold was chosen: always on people that are neither trained nor tested on. */
const Calibration = z.strictObject({
  people: People,
  rule: z.string(),
  command: z.string(),
});

const entry = {
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: count,
  licence: z.string(),
  card: z.string(),
  input: z.strictObject({
    name: z.string(),
    /** Tensor shape of unsigned bytes; normalisation is inside the graph. */
    shape: z.array(z.int().positive()),
    layout: z.enum(["nhwc", "nchw"]),
    channels: z.enum(["rgb", "rgb+nir+depth"]),
  }),
  output: z.strictObject({
    name: z.string(),
    /** The decoder that understands the output. */
    decoding: z.enum(["dense-votes", "probability", "unit-vector"]),
  }),
  /** Scores of at least this count as a face, as live, as the same person. */
  threshold: z.number().min(-1).max(1),
  training: Training,
  calibration: Calibration,
};

const protocol = {
  command: z.string(),
  people: People,
  renderer: z.string(),
  text: z.string(),
};

/** Found live faces and the error of their landmarks, as a fraction of the distance of the eyes. */
const DetectorMeasured = z.strictObject({
  protocol: z.strictObject(protocol),
  recall: Rate,
  false_faces: Rate,
  landmark_error: z.strictObject({ mean: z.number(), p95: z.number(), faces: count }),
  failure_to_acquire: Rate,
});

/** ISO/IEC 30107-3: attacks called live, for each species, and live people called attacks. */
const LivenessMeasured = z.strictObject({
  protocol: z.strictObject(protocol),
  bpcer: Rate,
  apcer: z.record(z.string(), Rate),
  /** Attacks in which no single face was found to be judged (APNRR). */
  apnrr: z.record(z.string(), Rate),
});

/** ISO/IEC 19795-1: rates at the threshold; attempts of one frame, transactions of several. */
const EmbedderMeasured = z.strictObject({
  protocol: z.strictObject(protocol),
  fnmr: Rate,
  fmr: Rate,
  transaction_fnmr: Rate,
  transaction_fmr: Rate,
  /** Thresholdless summary: the error where FNMR = FMR, single attempts. */
  equal_error_rate: fraction,
  /** Accepted at the threshold, for each rung of the ladder of kinship. */
  kin_accepted: z.record(z.string(), Rate),
});

const DetectorEntry = z.strictObject({ ...entry, measured: DetectorMeasured.nullable() });
const LivenessEntry = z.strictObject({ ...entry, measured: LivenessMeasured.nullable() });
const EmbedderEntry = z.strictObject({ ...entry, measured: EmbedderMeasured.nullable() });

export const Manifest = z.strictObject({
  schema: z.literal(1),
  name: z.string(),
  detector: DetectorEntry,
  liveness: LivenessEntry,
  embedder: EmbedderEntry,
});
export type Manifest = z.infer<typeof Manifest>;
export type DetectorMeasured = z.infer<typeof DetectorMeasured>;
export type LivenessMeasured = z.infer<typeof LivenessMeasured>;
export type EmbedderMeasured = z.infer<typeof EmbedderMeasured>;

/** What all three roles have in common. */
export type ModelEntry = Omit<Manifest["detector"], "measured">;

/** The three things the pipeline needs a model for. */
export const ROLES = ["detector", "liveness", "embedder"] as const;
export type Role = (typeof ROLES)[number];

/** Checks what a manifest file says; the error names the field that is wrong. */
export function parseManifest(value: unknown, file = "models/manifest.json"): Manifest {
  const parsed = Manifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new TypeError(`Cannot read ${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}
