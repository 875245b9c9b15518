/**
 * Machine profiles: what a given ATM is made of, how long its parts take, and what its owner
 * decided.
 *
 * A profile is data (`*.yaml` beside this file); adding a machine is adding a file. Whoever runs a
 * plan puts the whole profile into it, so that a later edit of the file changes no recorded run.
 * Every number carries its unit at the end of its name. Nothing here reads a file.
 *
 * @module
 */
import * as z from "zod";

const words = z.strictObject({
  en: z.string().min(1),
  zh: z.string().min(1),
  bo: z.string().min(1),
});

const ms = z.number().int().min(0).max(600_000);
const s = z.number().min(0.1).max(3_600);
const notes = z.number().int().min(0).max(10_000);

/** The notes of the yuan in use. */
const value_yuan = z.union([
  z.literal(1),
  z.literal(5),
  z.literal(10),
  z.literal(20),
  z.literal(50),
  z.literal(100),
]);

/** `mean ± jitter`: uniform between the two ends, drawn from the device's own stream. */
const spread_ms = z.strictObject({ mean: ms, jitter: ms })
  .refine((spread) => spread.jitter <= spread.mean, "jitter must not exceed mean");

const cameraSchema = z.strictObject({
  rgb: z.literal(true).describe("Has a colour sensor, as every camera that looks at faces"),
  nir: z.boolean().describe("Has a near-infrared sensor"),
  depth: z.boolean().describe("Has a depth sensor, beside the near-infrared one"),
  width_px: z.number().int().min(16).max(1_920),
  height_px: z.number().int().min(16).max(1_080),
  exposure_ms: ms.describe("From the command to the picture having been taken"),
  transfer_ms: ms.describe("From the picture having been taken to its completion"),
  sync_window_ms: ms.describe(
    "Pictures of the other sensors asked within this time are of the same exposure",
  ),
}).refine((camera) => camera.nir || !camera.depth, {
  message: "needs nir: depth is measured by infrared light",
  path: ["depth"],
});

const cassetteSchema = z.strictObject({
  unit: z.string().regex(/^unit[0-9A-Za-z]+$/).describe("XFS4IoT storage unit"),
  value_yuan: value_yuan.describe("Of one note"),
  count: notes.describe("Notes at the start"),
  capacity: notes,
  low_below: notes.min(1).describe("Fewer notes than this: replenishmentStatus low"),
}).refine((cassette) => cassette.count <= cassette.capacity, {
  message: "must not exceed capacity",
  path: ["count"],
});

const binSchema = z.strictObject({
  unit: z.string().regex(/^unit[0-9A-Za-z]+$/),
  capacity: notes.min(1).describe("Notes it can hold"),
  high_above: notes.min(1).describe("More notes than this: replenishmentStatus high"),
});

const dispenserSchema = z.strictObject({
  max_notes: z.number().int().min(1).max(100).describe("Most notes in one bunch"),
  start_ms: ms.describe("From the command to the first pick"),
  pick_ms: ms.describe("One note, from its cassette to the stacker"),
  transport_ms: ms.describe("The whole bunch, from the stacker to the shutter or back to a bin"),
  shutter_ms: ms.describe("The shutter, opening or closing"),
  take_timeout_s: s.describe("Cash not taken is retracted after this time"),
  hurry_after_s: s.describe("The customer is told again after this time"),
}).refine((dispenser) => dispenser.hurry_after_s < dispenser.take_timeout_s, {
  message: "must be before take_timeout_s",
  path: ["hurry_after_s"],
});

const keypadSchema = z.strictObject({
  entry_timeout_s: s.describe("The keypad's own limit on a whole PIN entry (entryTimeout)"),
  bounce_ms: ms.describe("A bouncing key (fault K3) reports itself a second time after this"),
  pin_block_ms: ms.describe("Making a PIN block"),
});

const printerSchema = z.strictObject({
  line_ms: ms.describe("One line"),
  cut_ms: ms.describe("Cutting the paper and bringing it out"),
  paper_lines: z.number().int().min(0).describe("Lines left on the roll at the start"),
  paper_low_lines: z.number().int().min(0).describe("Fewer lines than this: paper low"),
});

const networkSchema = z.strictObject({
  latency_ms: spread_ms.describe("One way"),
  loss: z.number().min(0).max(0.5).describe("Share of messages lost, 0…0.5"),
  late_s: s.describe("How much later an answer comes under fault N5"),
  host_timeout_s: s.describe("No answer after this: the message is reversed"),
  reversal_repeat_s: s.describe("An unacknowledged reversal is repeated after this"),
});

/** Inference runs for real, but takes this much of virtual time: runs are repeatable (rule 4). */
const inferenceSchema = z.strictObject({
  detect_ms: ms.describe("Finding the face and its landmarks in one frame"),
  liveness_ms: ms.describe("Judging one frame set"),
  embed_ms: ms.describe("Making one template"),
});

const limitsSchema = z.strictObject({
  per_withdrawal_yuan: z.number().int().min(1),
  per_day_yuan: z.number().int().min(1),
  per_day_count: z.number().int().min(1),
  pin_tries: z.number().int().min(1).max(10),
  pin_lock_h: z.number().min(0).max(8760).optional().describe(
    "How long too many wrong PINs lock a customer; absent: until somebody at a branch lifts it",
  ),
  face_refusals: z.number().int().min(1).max(100).optional().describe(
    "Faces in a row, over all visits, that were not the customer's, until the way with the face is " +
      "closed for them; absent: they are not counted beyond one visit",
  ),
  face_lock_h: z.number().min(0).max(8760).optional().describe(
    "How long it is closed; absent: until somebody at a branch opens it",
  ),
  face_tries: z.number().int().min(1).max(10),
  number_tries: z.number().int().min(1).max(10),
});

const policiesSchema = z.strictObject({
  first_use: z.enum(["id_photo_reference", "card_present_enrollment"]).describe(
    "Whom a customer without a template is compared with, or how they enrol",
  ),
  retract_credit: z.boolean().default(false).describe(
    "Credit retracted cash automatically when every presented note came back",
  ),
  message_mac: z.enum(["required"]).optional().describe(
    "Every message to the bank and back carries an authentication code; absent: none does",
  ),
  frame_seals: z.enum(["required"]).optional().describe(
    "The camera seals every exposure, under a key that the face engine has too; absent: none is",
  ),
  dispense_tokens: z.enum(["required"]).optional().describe(
    "Every Dispense needs a token of the bank's (XFS4IoT end-to-end security); absent: none does",
  ),
});

const timeoutsSchema = z.strictObject({
  idle_s: s.describe("A customer who does nothing this long has left"),
  goodbye_s: s.describe("How long the last page stays"),
  look_again_ms: ms.describe("Between two exposures of one look"),
});

function unique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** The orders that the session core knows. */
export const FLOWS = [
  ["face", "number", "pin", "service"],
  ["face", "number", "service", "pin"],
  ["number", "face", "pin", "service"],
  ["number", "face", "service", "pin"],
] as const;

const flowSchema = z.array(z.enum(["face", "number", "pin", "service"])).refine(
  (steps) => FLOWS.some((flow) => flow.join() === steps.join()),
  { message: `must be one of ${FLOWS.map((flow) => `[${flow.join(", ")}]`).join(", ")}` },
).describe("The order of the steps: face or number first, the PIN before the service or after it");

export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: words,
  flow: flowSchema,
  camera: cameraSchema,
  cassettes: z.array(cassetteSchema).min(1).max(8),
  reject_bin: binSchema,
  retract_bin: binSchema.extend({
    max_retracts: z.number().int().min(1).describe("Retract operations it can take"),
  }),
  dispenser: dispenserSchema,
  keypad: keypadSchema,
  printer: printerSchema,
  network: networkSchema,
  inference: inferenceSchema,
  limits: limitsSchema,
  policies: policiesSchema,
  timeouts: timeoutsSchema,
}).refine(
  (profile) =>
    unique([
      ...profile.cassettes.map((cassette) => cassette.unit),
      profile.reject_bin.unit,
      profile.retract_bin.unit,
    ]),
  { message: "must name each unit once", path: ["cassettes"] },
);
export type Profile = z.infer<typeof profileSchema>;

/** The sensors of a camera, the one that triggers the others first. */
export function sensorsOf(camera: Profile["camera"]): ("rgb" | "nir" | "depth")[] {
  return (["rgb", "nir", "depth"] as const).filter((sensor) => camera[sensor]);
}

/** The XFS4IoT name of a yuan note: `typeCNY100`. */
export function noteTypeOf(value_yuan: number): `type${string}` {
  return `typeCNY${value_yuan}`;
}
