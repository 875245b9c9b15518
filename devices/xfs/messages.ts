/**
 * What only the wire says: the messages of the publisher, `Common.SetVersions`, and acknowledges
 * that refuse something which was hardly a message.
 *
 * No device answers these, so they stand here and not beside the devices' messages.
 *
 * @module
 */
import { z } from "zod";
import {
  acknowledgeSchema,
  type CommandMessage,
  type CompletionMessage,
  completionSchema,
  type DeviceMessage,
  payloadProblem,
  problemOf,
  refusal,
} from "../../core/xfs4iot/mod.ts";

const majors = z.record(z.string(), z.number().int().min(1));

export const wireCommands = {
  "ServicePublisher.GetServices": {
    version: "2.0",
    payload: z.strictObject({}),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        vendorName: z.string(),
        services: z.array(z.strictObject({ serviceURI: z.string() })),
      }).partial(),
    },
  },
  "Common.SetVersions": {
    version: "2.0",
    /** By message name, the major version the client will speak and expects to hear. */
    payload: z.strictObject({ commands: majors, events: majors }).partial(),
    completion: { version: "2.0", payload: z.strictObject({}) },
  },
} as const;
export type WireCommandName = keyof typeof wireCommands;
export type WirePayload<N extends WireCommandName> = z.infer<(typeof wireCommands)[N]["payload"]>;

/** An acknowledge with a status: of the header it answers, as much as could be read. */
export const refusingAcknowledgeSchema = z.strictObject({
  header: z.strictObject({
    type: z.literal("acknowledge"),
    name: z.string().min(1),
    version: z.string().optional(),
    requestId: z.number().optional(),
    status: acknowledgeSchema.shape.header.shape.status.unwrap(),
  }),
});
export type RefusingAcknowledge = z.infer<typeof refusingAcknowledgeSchema>;

export type WireMessage = DeviceMessage | RefusingAcknowledge;

/** Its payload when it fits; a `refusal` to send when it does not. */
export function readWireCommand<N extends WireCommandName>(
  command: CommandMessage,
  name: N,
):
  | { readonly ok: true; readonly payload: WirePayload<N> }
  | { readonly ok: false; readonly refusal: CompletionMessage } {
  const { version, payload } = wireCommands[name];
  const said = command.header.version;
  if (said.split(".")[0] !== version.split(".")[0]) {
    const why = `${name} is spoken in version ${version}, not ${said}`;
    return { ok: false, refusal: refusal(command, "unsupportedCommand", why) };
  }
  const problem = payloadProblem(payload, command.payload);
  if (problem !== null) return { ok: false, refusal: refusal(command, "invalidData", problem) };
  return { ok: true, payload: (command.payload ?? {}) as WirePayload<N> };
}

/** The completion `success` of a command of this table. */
export function wireCompletion<N extends WireCommandName>(
  to: CommandMessage,
  name: N,
  payload: z.infer<(typeof wireCommands)[N]["completion"]["payload"]>,
): CompletionMessage {
  const { requestId } = to.header;
  const { version } = wireCommands[name].completion;
  return {
    header: { type: "completion", name, version, requestId, completionCode: "success" },
    ...(Object.keys(payload).length === 0 ? {} : { payload }),
  };
}

/** What is wrong with a message of the wire, in one line; null when nothing is. */
export function wireProblemOf(message: WireMessage): string | null {
  const { header } = message;
  if (header.type === "acknowledge" && header.status !== undefined) {
    return refusingAcknowledgeSchema.safeParse(message).error?.message ?? null;
  }
  const entry = new Map(Object.entries(wireCommands)).get(header.name);
  if (header.type !== "completion" || entry === undefined) {
    return problemOf(message as DeviceMessage);
  }
  const { error } = completionSchema.safeParse(message);
  if (error !== undefined) return error.message;
  return payloadProblem(entry.completion.payload, "payload" in message ? message.payload : {});
}
