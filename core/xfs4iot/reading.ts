/**
 * Reading what came from outside: a command by name, version and payload, or what a service said.
 *
 * **Members that nobody knows are left aside**, in the payload and in the header. The standard counts
 * a new member as a minor version and lets a service of an older minor version answer, so whoever
 * refused such a message would break every client that is newer than itself. A member that is known
 * and wrong is `invalidData` and named; what this program itself says is held to its schema exactly.
 *
 * @module
 */
import * as z from "zod";
import {
  acknowledgeSchema,
  type CommandMessage,
  type CompletionMessage,
  completionSchema,
  type DeviceMessage,
  eventSchema,
  unsolicitedSchema,
} from "./envelope.ts";
import { isTrusted, payloadProblem, problemOf, refusal } from "./messages.ts";
import { type CommandName, type CommandPayload, findCommand, findEvent } from "./registry.ts";

type Read<P> =
  | { readonly ok: true; readonly payload: P }
  | { readonly ok: false; readonly refusal: CompletionMessage };

type ReadMessage =
  | { readonly ok: true; readonly message: DeviceMessage }
  | { readonly ok: false; readonly problem: string };

/** How often unknown members may hide behind others: a bound, no message of the standard needs two. */
const PASSES_MAX = 8;

/**
 * The payload of a command, as far as it is known here; or the completion that refuses it:
 * `unsupportedCommand` for a name or a major version that is not spoken, `invalidData` for the rest.
 */
export function readCommand<N extends CommandName>(message: CommandMessage): Read<
  CommandPayload<N>
> {
  const { name, version } = message.header;
  const entry = findCommand(name);
  if (entry === undefined) {
    return { ok: false, refusal: refusal(message, "unsupportedCommand", `there is no ${name}`) };
  }
  if (majorOf(version) !== majorOf(entry.version)) {
    const why = `${name} is spoken in version ${entry.version}, not ${version}`;
    return { ok: false, refusal: refusal(message, "unsupportedCommand", why) };
  }
  if (isTrusted(message)) {
    return { ok: true, payload: (message.payload ?? {}) as CommandPayload<N> };
  }
  const payload = knownPart(entry.payload, message.payload ?? {});
  const problem = payloadProblem(entry.payload, payload);
  return problem === null
    ? { ok: true, payload: payload as CommandPayload<N> }
    : { ok: false, refusal: refusal(message, "invalidData", problem) };
}

export function majorOf(version: string): string {
  return version.split(".")[0] ?? version;
}

/**
 * A copy of `value` without the members that the schema does not know, at any depth. In time that
 * grows with the message and no faster: a client chooses how many there are.
 */
export function knownPart(schema: z.ZodType, value: unknown): unknown {
  let known = value;
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    const issues = schema.safeParse(known).error?.issues ?? [];
    const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
    if (unknown.length === 0) break;
    if (pass === 0) known = structuredClone(value);
    for (const { path, keys } of unknown) leaveOut(known, path, keys);
  }
  return known;
}

function leaveOut(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  const at = path.reduce((each, step) => (each as Members)[step], value) as Members;
  for (const key of keys) delete at[key];
}

type Members = Record<PropertyKey, unknown>;

/**
 * A message that a service sent, read as tolerantly as a command: unknown members are left aside, and
 * an event without a requestId that the standard has as unsolicited is one (some services say `event`).
 * What is wrong with one that fits no schema is said in one line, by name and member: of its values,
 * which may be secret, only a name that nobody knows.
 */
export function readDeviceMessage(value: unknown): ReadMessage {
  const header = headerSchema.safeParse(value).data?.header;
  if (header === undefined) return { ok: false, problem: "it has no header of a message" };
  const { name, requestId } = header;
  const entry = header.type === "completion" ? findCommand(name)?.completion : findEvent(name);
  const type = header.type === "event" && requestId === undefined ? "unsolicited" : header.type;
  const renamed = { ...value as object, header: { ...header, type } };
  const known = knownPart(ENVELOPES[type], renamed);
  const message = known as { payload?: unknown };
  const read = entry === undefined || message.payload === undefined
    ? known
    : { ...message, payload: knownPart(entry.payload, message.payload) };
  const problem = problemOf(read as DeviceMessage);
  return problem === null
    ? { ok: true, message: read as DeviceMessage }
    : { ok: false, problem: `${type} ${name}: ${problem}` };
}

const headerSchema = z.object({
  header: z.looseObject({
    type: z.enum(["acknowledge", "event", "completion", "unsolicited"]),
    name: z.string(),
    requestId: z.number().optional(),
  }),
});

const ENVELOPES = {
  acknowledge: acknowledgeSchema,
  event: eventSchema,
  completion: completionSchema,
  unsolicited: unsolicitedSchema,
} as const;
