/**
 * A manifest: which bytes play which role, how they are fed, and what was measured.
 *
 * @module
 */
import * as z from "zod";
import { canonicalJson } from "../json.ts";

/** A model larger than this is a mistake; the whole of one is held in memory. */
const MODEL_BYTES_MAX = 512 * 1024 * 1024;

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
  /** SHA-256 of the model whose weights it went on from; absent: from none. */
  start: z.string().regex(/^[0-9a-f]{64}$/, "is not 64 hexadecimal digits").optional(),
});

/** How a threshold was chosen: always on people that are neither trained nor tested on. */
const Calibration = z.strictObject({
  people: People,
  rule: z.string(),
  command: z.string(),
});

/** How a model is fed. */
const Input = z.strictObject({
  name: z.string(),
  /** Tensor shape: 1, then height, width and channels in the order of `layout`. */
  shape: z.array(z.int().min(1).max(4096)).length(4),
  layout: z.enum(["nhwc", "nchw"]),
  channels: z.enum(["rgb", "bgr", "rgb+nir+depth"]),
  /**
   * A byte enters as (byte − mean) × scale, each channel in the order of `channels`. Without both
   * the tensor is of unsigned bytes: normalisation is inside the graph.
   */
  mean: z.array(z.number()).optional(),
  scale: z.array(z.number().refine((value) => value !== 0, "is not 0")).optional(),
  /** Liveness in colour alone: a square of `margin` times the box's longer side. */
  crop: z.strictObject({
    margin: z.number().min(1).max(6),
    /** Where the square leaves the picture: it is moved inside, or the picture goes on mirrored. */
    border: z.enum(["inside", "reflect"]),
  }).optional(),
}).refine(
  ({ mean, scale }) => (mean === undefined) === (scale === undefined),
  { path: ["mean"], message: "comes with scale, or not at all" },
).refine(
  ({ mean, scale }) => [mean, scale].every((list) => list === undefined || list.length === 3),
  { path: ["mean"], message: "and scale have one number a colour" },
).refine(
  // Five planes go in as they are: `tensorOf` normalises interleaved colour.
  ({ channels, mean }) => channels !== "rgb+nir+depth" || mean === undefined,
  { path: ["mean"], message: "is for colour alone; normalise five planes inside the graph" },
).refine(
  ({ channels, shape, layout }) =>
    channels === "rgb+nir+depth"
      ? layout === "nchw" && /^1,5,(\d+),\1$/.test(shape.join())
      : shape[0] === 1 && shape[layout === "nhwc" ? 3 : 1] === 3,
  { path: ["shape"], message: "does not fit layout and channels" },
);
/** What a liveness model is shown: every channel, or fewer to see what they are worth. */
export type LivenessChannels = "rgb" | "rgb+nir" | "rgb+nir+depth";

export type ModelInput = z.infer<typeof Input>;

const name = z.string();
/** The project's own votes, or YuNet's grids (Wu et al. 2023): one set of outputs a stride. */
const DetectorOutput = z.discriminatedUnion("decoding", [
  z.strictObject({ name, decoding: z.literal("dense-votes") }),
  z.strictObject({
    decoding: z.literal("yunet"),
    strides: z.array(z.int().min(1).max(256)).min(1).max(8),
    /** Boxes that overlap by more than this (IoU) are one face. */
    overlap: fraction,
  }),
]);
/** The probability of a live face, or logits of classes of which one is `live`. */
const LivenessOutput = z.discriminatedUnion("decoding", [
  z.strictObject({ name, decoding: z.literal("probability") }),
  z.strictObject({ name, decoding: z.literal("class-logits"), live: count }),
]);
/** A template of length one, or of any length. */
const EmbedderOutput = z.discriminatedUnion("decoding", [
  z.strictObject({ name, decoding: z.literal("unit-vector") }),
  z.strictObject({ name, decoding: z.literal("vector") }),
]);

const entry = {
  /** A file beside the manifest. */
  file: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, "is not a plain file name"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "is not 64 hexadecimal digits"),
  bytes: z.int().min(1).max(MODEL_BYTES_MAX),
  licence: z.string().min(1),
  /** Who made it, and where it is from. */
  source: z.string().min(1),
  card: z.string().optional(),
  input: Input,
  /** Scores of at least this count as a face, as live, as the same person. */
  threshold: z.number().min(-1).max(1),
  /** How we made it; absent for somebody else's. */
  training: Training.optional(),
  calibration: Calibration.optional(),
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
  /** Exposures, and visits with too few usable exposures for a verdict. */
  failure_to_acquire: Rate,
  look_failure_to_acquire: Rate.optional(),
  /** People whose identity photo or enrolment was not usable. */
  failure_to_enrol: z.strictObject({ photo: Rate, enrolment: Rate }).optional(),
});

/** Attacks called live by species, and live people called attacks. */
const LiveRates = z.strictObject({ bpcer: Rate, apcer: z.record(z.string(), Rate) });

/** ISO/IEC 30107-3: attacks called live, for each species, and live people called attacks. */
const LivenessMeasured = z.strictObject({
  protocol: z.strictObject(protocol),
  bpcer: Rate,
  apcer: z.record(z.string(), Rate),
  /** Attacks in which no single face was found, or none good enough to be judged (APNRR). */
  apnrr: z.record(z.string(), Rate),
  /** The mean of several exposures, as a session judges. */
  looks: LiveRates.optional(),
  /** The same model, shown fewer channels. */
  ablation: z.record(z.string(), LiveRates).optional(),
  /** Models trained without a species, on that species; null while there are none. */
  left_out: LiveRates.nullable().optional(),
});

/** A point of a trade-off curve. */
const Point = z.strictObject({ threshold: z.number(), fmr: Rate, fnmr: Rate });

/** FNMR of attempts in groups of each dimension, and the largest ratio of two groups. */
const FnmrByGroup = z.record(
  z.string(),
  z.strictObject({ groups: z.record(z.string(), Rate), ratio: z.number().nullable() }),
);

/** ISO/IEC 19795-1: rates at the threshold; attempts of one frame, transactions of several. */
const EmbedderMeasured = z.strictObject({
  protocol: z.strictObject(protocol),
  fnmr: Rate,
  fmr: Rate,
  transaction_fnmr: Rate,
  transaction_fmr: Rate,
  /** Visits of enrolled people that were not acquired or not matched (FRR). */
  transaction_frr: Rate.optional(),
  /** Thresholdless summary: the error where FNMR = FMR, single attempts; null where there are none. */
  equal_error_rate: fraction.nullable(),
  /** Accepted at the threshold, for each rung of the ladder of kinship. */
  kin_accepted: z.record(z.string(), Rate),
  /** FNMR where the false match rate is this; null where there are too few impostors to tell. */
  at_fmr: z.array(z.strictObject({
    fmr: fraction,
    attempts: Point.nullable(),
    transactions: Point.nullable(),
  })).optional(),
  impostor_cosine: z.strictObject({ mean: z.number(), p99: z.number() }).optional(),
  /** At the threshold. */
  fnmr_by_group: FnmrByGroup.optional(),
  /** At the one that refuses a hundredth of all attempts, where a few errors at the other tell nothing. */
  fnmr_by_group_when_strict: z.strictObject({ threshold: z.number(), by: FnmrByGroup }).optional(),
  /**
   * Circumstances beyond the ordinary: faces found, frames refused; of the others, living people taken
   * for an attack, and FNMR; and attacks in the same circumstances taken for the living.
   */
  special: z.record(
    z.string(),
    z.strictObject({
      found: Rate,
      refused: Rate,
      bpcer: Rate.optional(),
      fnmr: Rate,
      apcer: Rate.optional(),
    }),
  ).optional(),
});

/** A second model that places the five landmarks more closely, on a canvas of the face. */
const LandmarksEntry = z.strictObject({
  file: entry.file,
  sha256: entry.sha256,
  bytes: entry.bytes,
  input: Input,
  output: z.strictObject({
    name,
    decoding: z.literal("canvas-points"),
    /** An output of two probabilities, where there is one: eyes closed, face covered. */
    states: name.optional(),
  }),
  /** From here on the eyes count as closed, the face as covered. */
  closed_threshold: fraction.optional(),
  covered_threshold: fraction.optional(),
  training: entry.training,
  calibration: entry.calibration,
});
export type LandmarksEntry = z.infer<typeof LandmarksEntry>;

const DetectorEntry = z.strictObject({
  ...entry,
  output: DetectorOutput,
  landmarks: LandmarksEntry.optional(),
  measured: DetectorMeasured.nullable().default(null),
}).refine(
  // 40 × 30 cells of 8 pixels.
  ({ input: { shape, layout }, output }) =>
    output.decoding !== "dense-votes" ||
    shape.join() === (layout === "nhwc" ? "1,240,320,3" : "1,3,240,320"),
  { path: ["input", "shape"], message: "is 320 wide and 240 high where cells vote" },
);
/** A model like the entry's own, trained without one species: for measuring, never for judging. */
const LeftOutModel = z.strictObject({
  file: entry.file,
  sha256: entry.sha256,
  bytes: entry.bytes,
  threshold: entry.threshold,
});

const LivenessEntry = z.strictObject({
  ...entry,
  output: LivenessOutput,
  /** Thresholds of the same model where a machine has fewer sensors; absent: `threshold`. */
  fewer_channels: z.strictObject({
    rgb: entry.threshold,
    "rgb+nir": entry.threshold,
  }).optional(),
  /** By the species that was left out. */
  left_out: z.record(z.string(), LeftOutModel).optional(),
  measured: LivenessMeasured.nullable().default(null),
});
const EmbedderEntry = z.strictObject({
  ...entry,
  output: EmbedderOutput,
  measured: EmbedderMeasured.nullable().default(null),
}).refine(
  ({ input: { shape, layout } }) =>
    layout === "nhwc" ? shape[1] === shape[2] : shape[2] === shape[3],
  { path: ["input", "shape"], message: "is square: a face is aligned on a square" },
);

const Roles = z.strictObject({
  schema: z.literal(1),
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not small letters, digits and dashes"),
  detector: DetectorEntry,
  liveness: LivenessEntry,
  embedder: EmbedderEntry,
});

export const Manifest = Roles.superRefine(oneFileOneModel);
export type Manifest = z.infer<typeof Manifest>;
export type DetectorMeasured = z.infer<typeof DetectorMeasured>;
export type LivenessMeasured = z.infer<typeof LivenessMeasured>;
export type EmbedderMeasured = z.infer<typeof EmbedderMeasured>;

/** Somebody's models: for one role or more; the shipped models play the others. */
export const Pack = Roles.partial({ detector: true, liveness: true, embedder: true }).refine(
  (pack) => ROLES.some((role) => pack[role] !== undefined),
  { message: "has no role: detector, liveness or embedder" },
).superRefine(oneFileOneModel);
export type Pack = z.infer<typeof Pack>;

/** What all three roles have in common. */
export type ModelEntry = Pick<Manifest[Role], keyof typeof entry>;

/** The three things the pipeline needs a model for. */
export const ROLES = ["detector", "liveness", "embedder"] as const;
export type Role = (typeof ROLES)[number];

/** A file that a manifest names, and what it must be. */
export interface ModelFile {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Models whose bytes a pipeline opens: one a role, and the closer look at landmarks. */
export type ModelName = Role | "landmarks";

/** Every model a manifest or a pack needs to judge a face. */
export function filesOf(pack: Manifest | Pack): ReadonlyMap<ModelName, ModelFile> {
  const files = new Map<ModelName, ModelFile>();
  for (const role of ROLES) {
    const entry = pack[role];
    if (entry !== undefined) files.set(role, entry);
  }
  const landmarks = pack.detector?.landmarks;
  if (landmarks !== undefined) files.set("landmarks", landmarks);
  return files;
}

/** Models that only measure what one makes of species that it never saw: each once, by its file's name. */
export function leftOutOf({ liveness }: Manifest | Pack): ReadonlyMap<string, ModelFile> {
  const models = Object.values(liveness?.left_out ?? {});
  return new Map(models.map((model) => [model.file, model]));
}

/** Several entries may name one file, if they mean one model: else only one hash would be checked. */
function oneFileOneModel(pack: z.infer<typeof Roles> | z.infer<typeof Pack>, ctx: z.RefinementCtx) {
  const named = new Map<string, ModelFile>();
  const left_out = Object.entries(pack.liveness?.left_out ?? {});
  const all: readonly (readonly [path: readonly string[], model: ModelFile])[] = [
    ...[...filesOf(pack)].map(([name, model]) => [[name], model] as const),
    ...left_out.map(([species, model]) => [["liveness", "left_out", species], model] as const),
  ];
  for (const [path, model] of all) {
    const { sha256, bytes } = named.get(model.file) ?? model;
    named.set(model.file, model);
    if (sha256 === model.sha256 && bytes === model.bytes) continue;
    const message = `is another than before for ${model.file}: one file is one model`;
    ctx.addIssue({ code: "custom", path: [...path, "sha256"], message });
  }
}

/** Checks what a manifest file says; the error names the field that is wrong. */
export function parseManifest(value: unknown, file = "models/manifest.json"): Manifest {
  return parsedBy(Manifest, value, file);
}

/** Checks what a pack's manifest says; it may leave roles out. */
export function parsePack(value: unknown, file = "manifest.json"): Pack {
  return parsedBy(Pack, value, file);
}

function parsedBy<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = [file, ...(issue?.path.length ? [issue.path.join(".")] : [])].join(": ");
  throw new TypeError(`Cannot read ${where}: ${issue?.message}`);
}

/** What a face must reach to count as live for a machine with these sensors. */
export function livenessThreshold(
  { threshold, fewer_channels }: Manifest["liveness"],
  channels: LivenessChannels = "rgb+nir+depth",
): number {
  return channels === "rgb+nir+depth" ? threshold : fewer_channels?.[channels] ?? threshold;
}

/**
 * What a result depends on besides the models' bytes: how they are fed, read and judged. One line
 * of canonical JSON, for a trace to pin by hash.
 */
export function settingsOf(manifest: Manifest): string {
  const told = ROLES.map((role) => {
    const { input, output, threshold } = manifest[role];
    return [role, { input, output, threshold }] as const;
  });
  const { landmarks } = manifest.detector;
  const { fewer_channels } = manifest.liveness;
  const fewer = fewer_channels === undefined ? {} : { fewer_channels };
  const closer = landmarks === undefined ? {} : { landmarks: settings(landmarks) };
  return canonicalJson({ ...Object.fromEntries(told), ...closer, ...fewer });
}

function settings(landmarks: LandmarksEntry) {
  const { input, output, closed_threshold, covered_threshold } = landmarks;
  return { input, output, closed_threshold, covered_threshold };
}
