/**
 * The lines of a trace: the product's memory of one run.
 *
 *   header      pins everything the result depends on, and records what it ran on
 *   line 1…n    every event, effect, message and decision, in order, hash-chained
 *   end         how many lines, the root, and the SHA-256 of every byte before it
 *
 * Each line is canonical JSON. Line i carries `chain` = SHA-256(chain of i−1 ‖ canonical line without
 * `chain`). The chain starts from the header's pinned part; the runtime stands beside it, so that two
 * runtimes can be compared by one root. Never in a trace: a PIN digit, a clear PIN block, a template, an
 * unmasked account, phone or identity number. Frames stand by hash and scene: they are rendered again.
 *
 * @module
 */
import * as z from "zod";

const json = z.record(z.string(), z.unknown());

/** What is recorded. `t` is virtual time in µs; `wall_ms` the machine's clock at the start. */
const recordBodies = [
  /** An XFS4IoT message between the core and a device (masked). */
  z.object({
    type: z.literal("xfs"),
    device: z.string(),
    from: z.enum(["core", "device"]),
    message: json,
  }),
  /** An ISO 8583 message (masked); `seen` says at which end of the link it was recorded. */
  z.object({
    type: z.literal("host"),
    from: z.enum(["atm", "bank"]),
    seen: z.enum(["sent", "received", "lost", "refused"]),
    message: json,
  }),
  z.object({ type: z.literal("screen"), screen: json }),
  z.object({ type: z.literal("touch"), control: z.string() }),
  /** What a person did: pressed a key, took the cash, walked away. Digits are never told. */
  z.object({ type: z.literal("customer"), does: z.string(), detail: json.optional() }),
  /** One exposure of the three sensors: the scene it can be rendered from, and what it gave. */
  z.object({
    type: z.literal("frame"),
    rgb: z.string(),
    nir: z.string(),
    depth: z.string(),
    /** Something covered the lenses: the pictures are black, not what the scene renders to. */
    covered: z.boolean(),
    /** Faults that changed the pixels after the scene was rendered, in order. */
    faults: z.array(z.string()).optional(),
    scene: json,
  }),
  z.object({ type: z.literal("face"), request: json }),
  z.object({ type: z.literal("face_result"), result: json }),
  /** The session went from one state to another. */
  z.object({ type: z.literal("state"), from: z.string(), to: z.string() }),
  /** The visible inside of a device, whenever it changed. */
  z.object({ type: z.literal("device"), device: z.string(), state: json }),
  /** An entry of the bank's ledger, amounts in fen. */
  z.object({ type: z.literal("ledger"), entry: json }),
  z.object({ type: z.literal("fault"), id: z.string(), active: z.boolean() }),
  z.object({ type: z.literal("timer"), timer: z.string() }),
  z.object({ type: z.literal("journal"), wall_ms: z.number(), entry: json }),
  /** An oracle found its sentence broken. */
  z.object({ type: z.literal("oracle"), oracle: z.string(), finding: z.string() }),
  z.object({ type: z.literal("outcome"), outcome: z.string(), reason: z.string() }),
] as const;

export const traceBodySchema = z.discriminatedUnion("type", [...recordBodies]);
export type TraceBody = z.infer<typeof traceBodySchema>;

/** Something as a line holds it: no copy, since nobody changes what was told. */
export function asTold(value: object): Record<string, unknown> {
  return value as Record<string, unknown>;
}

/** A line before it is chained: number and virtual time, and what it says. */
export type RecordedLine = TraceBody & { readonly n: number; readonly t: number };

const stamp = { n: z.number().int().min(1), t: z.number().int().min(0), chain: z.string() };
export const traceLineSchema = z.intersection(z.object(stamp), traceBodySchema);
export type TraceLine = z.infer<typeof traceLineSchema>;

export const traceHeaderSchema = z.strictObject({
  type: z.literal("header"),
  schema: z.literal(1),
  /** Where the chain starts: everything the result depends on. */
  pinned: z.strictObject({
    plan: json,
    renderer: z.string(),
    /** SHA-256 of each model file by role. */
    models: z.record(z.string(), z.string()),
    /** SHA-256 of each language's text. */
    locale: z.record(z.string(), z.string()),
    /** Where the devices were, when they were not the run's own: such a run cannot be run again. */
    devices: z.string().exactOptional(),
    /** Where the bank was, when it was not the run's own, and after which number its messages begin. */
    bank: z.strictObject({
      address: z.string(),
      first_stan: z.number().int().min(0),
      /** How PINs travelled; absent: in ISO 9564 format 4. */
      pin_format: z.enum(["iso0", "iso3"]).exactOptional(),
    }).exactOptional(),
  }),
  /** What it ran on: told, not chained. */
  runtime: z.strictObject({
    commit: z.string(),
    program: z.string(),
    v8: z.string(),
    platform: z.string(),
  }),
  /** SHA-256 over the canonical `pinned`. */
  chain: z.string(),
  /** SHA-256 over this whole line without `seal`. */
  seal: z.string(),
});
export type TraceHeader = z.infer<typeof traceHeaderSchema>;

export const traceEndSchema = z.strictObject({
  type: z.literal("end"),
  lines: z.number().int(),
  /** The chain value of the last line. */
  root: z.string(),
  /** SHA-256 of every byte of the file before this line. */
  sha256: z.string(),
});
export type TraceEnd = z.infer<typeof traceEndSchema>;

/** A whole trace in memory. */
export interface Trace {
  readonly header: TraceHeader;
  readonly lines: readonly TraceLine[];
  readonly end: TraceEnd;
}
