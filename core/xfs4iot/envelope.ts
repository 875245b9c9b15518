/**
 * The XFS4IoT envelope, 2024-3 generation (CEN CWA 17852): what every message on the wire looks like.
 *
 *   command ──► acknowledge ──► event* ──► exactly one completion        unsolicited, any time
 *
 * `status` belongs to acknowledges, `completionCode` and `errorDescription` to completions. Only a
 * completion whose code is `commandErrorCode` carries `payload.errorCode`.
 *
 * @module
 */
import * as z from "zod";

/** Codes of a completion's header, as the standard spells them. */
export const completionCodeSchema = z.enum([
  "success",
  "commandErrorCode",
  "canceled",
  "deviceNotReady",
  "hardwareError",
  "internalError",
  "invalidCommand",
  "invalidRequestID",
  "timeOut",
  "unsupportedCommand",
  "invalidData",
  "userError",
  "unsupportedData",
  "fraudAttempt",
  "sequenceError",
  "authorisationRequired",
  "noCommandNonce",
  "invalidToken",
  "invalidTokenNonce",
  "invalidTokenHMAC",
  "invalidTokenFormat",
  "invalidTokenKeyNoValue",
  "notEnoughSpace",
]);
export type CompletionCode = z.infer<typeof completionCodeSchema>;

const name = z.string().regex(/^[A-Za-z]+\.[A-Za-z0-9]+$/);
const version = z.string().regex(/^[1-9][0-9]*\.([1-9][0-9]*|0)$/);
const requestId = z.number().int().min(1);
const payload = z.record(z.string(), z.unknown());

export const commandSchema = z.object({
  header: z.strictObject({
    type: z.literal("command"),
    name,
    version,
    requestId,
    /** Milliseconds; 0 or absent waits for ever. */
    timeout: z.number().int().min(0).optional(),
  }),
  payload: payload.optional(),
});

export const acknowledgeSchema = z.object({
  header: z.strictObject({
    type: z.literal("acknowledge"),
    name,
    version,
    requestId,
    /** Absent: accepted. Present: refused, and nothing follows. */
    status: z.enum(["invalidMessage", "invalidRequestID", "tooManyRequests"]).optional(),
  }),
});

/**
 * An acknowledge that refuses something which was hardly a message: of the header it answers, as much
 * as could be read.
 */
export const refusingAcknowledgeSchema = z.strictObject({
  header: z.strictObject({
    type: z.literal("acknowledge"),
    name: z.string().min(1),
    version: z.string().optional(),
    requestId: z.number().optional(),
    status: acknowledgeSchema.shape.header.shape.status.unwrap(),
  }),
});

export const eventSchema = z.object({
  header: z.strictObject({ type: z.literal("event"), name, version, requestId }),
  payload: payload.optional(),
});

export const completionSchema = z.object({
  header: z.strictObject({
    type: z.literal("completion"),
    name,
    version,
    requestId,
    completionCode: completionCodeSchema,
    errorDescription: z.string().optional(),
  }),
  payload: payload.optional(),
});

export const unsolicitedSchema = z.object({
  header: z.strictObject({ type: z.literal("unsolicited"), name, version }),
  payload: payload.optional(),
});

export type CommandMessage = z.infer<typeof commandSchema>;
export type AcknowledgeMessage = z.infer<typeof acknowledgeSchema>;
export type RefusingAcknowledge = z.infer<typeof refusingAcknowledgeSchema>;
export type EventMessage = z.infer<typeof eventSchema>;
export type CompletionMessage = z.infer<typeof completionSchema>;
export type UnsolicitedMessage = z.infer<typeof unsolicitedSchema>;

/** What a device may say to its client. */
export type DeviceMessage =
  | AcknowledgeMessage
  | EventMessage
  | CompletionMessage
  | UnsolicitedMessage;

/** What a service may say over a wire, to clients of all kinds. */
export type WireMessage = DeviceMessage | RefusingAcknowledge;

export type XfsMessage = CommandMessage | DeviceMessage;
