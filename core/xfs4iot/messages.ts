/**
 * Making and reading XFS4IoT messages: the only way the rest of the program does either.
 *
 * What is made here fits its schema or throws: a message this program got wrong is a bug. What came
 * from outside is judged by {@linkcode problemOf} first.
 *
 * @example
 * ```ts
 * const picture = command("Camera.TakePicture", 7, { camera: "rgb" }, 5_000);
 * completion(picture, "success", { pictureFile: reference });
 * if (isMessage(message, "Camera.TakePicture", "completion")) {
 *   payloadOf(message, "Camera.TakePicture", "completion").pictureFile;
 * }
 * ```
 *
 * @module
 */
import type { z } from "zod";
import { assert } from "../assert.ts";
import {
  acknowledgeSchema,
  commandSchema,
  completionSchema,
  eventSchema,
  refusingAcknowledgeSchema,
  unsolicitedSchema,
} from "./envelope.ts";
import type {
  AcknowledgeMessage,
  CommandMessage,
  CompletionCode,
  CompletionMessage,
  EventMessage,
  RefusingAcknowledge,
  UnsolicitedMessage,
  XfsMessage,
} from "./envelope.ts";
import {
  type CommandName,
  type CommandPayload,
  commands,
  type CompletionPayload,
  type EventName,
  type EventPayload,
  events,
  findCommand,
  findEvent,
  type UnsolicitedName,
} from "./registry.ts";

/** A command message whose name is known; its payload has been, or is about to be, validated. */
export type CommandOf<N extends CommandName> = CommandMessage & {
  readonly header: { readonly name: N };
};

/** Which names there are of each type of message. */
interface NameByType {
  command: CommandName;
  completion: CommandName;
  event: EventName;
  unsolicited: UnsolicitedName;
}
type MessageType = keyof NameByType;

type PayloadOf<T extends MessageType, N extends NameByType[T]> = T extends "command"
  ? CommandPayload<N & CommandName>
  : T extends "completion" ? CompletionPayload<N & CommandName>
  : EventPayload<N & (EventName | UnsolicitedName)>;

/**
 * Whether what this program makes itself is held to its schemas, as everything from outside always is.
 * The compiler has checked the same shapes; whoever runs thousands of sessions a second checks a share
 * of them here.
 */
let own_checked = true;

class Itself {
  constructor(message: object) {
    return message;
  }
}

/**
 * The mark of messages made here while their making was not checked: a private field, which nobody else can
 * see, copy or make. A `WeakSet` says the same, and takes longer than making the message.
 */
class Unchecked extends Itself {
  readonly #here = true;

  static has(message: object): boolean {
    return #here in message;
  }
}

export function checkOwnMessages(checked: boolean): void {
  own_checked = checked;
}

/** Whether this very message was made here and nobody wants it checked. */
export function isTrusted(message: object): boolean {
  return !own_checked && Unchecked.has(message);
}

function made<M extends object>(message: M): M {
  if (!own_checked) new Unchecked(message);
  return message;
}

/** The first thing wrong with this payload, as `field: why`; null when nothing is. */
export function payloadProblem(schema: z.ZodType, payload: unknown): string | null {
  const parsed = schema.safeParse(payload ?? {});
  const issue = parsed.error?.issues[0];
  return issue === undefined ? null : `${["payload", ...issue.path].join(".")}: ${issue.message}`;
}

/** The message with its payload when that says something; the member is left out when it would be empty. */
function withPayload<H extends { readonly name: string }>(
  header: H,
  schema: z.ZodType,
  payload: Record<string, unknown>,
): { header: H; payload?: Record<string, unknown> } {
  const problem = own_checked ? payloadProblem(schema, payload) : null;
  assert(problem === null, () => `${header.name} fits its schema (${problem})`);
  for (const _ in payload) return made({ header, payload });
  return made({ header });
}

/** A command. `timeoutMs` absent waits for ever. */
export function command<N extends CommandName>(
  name: N,
  requestId: number,
  payload: CommandPayload<N>,
  timeoutMs?: number,
): CommandOf<N> {
  const { version, payload: schema } = commands[name];
  const type = "command" as const;
  const header = timeoutMs === undefined
    ? { type, name, version, requestId }
    : { type, name, version, requestId, timeout: timeoutMs };
  return withPayload(header, schema, payload);
}

/** The answer that comes at once. With a `status` the command is refused, and nothing follows. */
export function acknowledge(
  to: CommandMessage,
  status?: NonNullable<AcknowledgeMessage["header"]["status"]>,
): AcknowledgeMessage {
  const { name, version, requestId } = to.header;
  const type = "acknowledge" as const;
  return status === undefined
    ? { header: { type, name, version, requestId } }
    : { header: { type, name, version, requestId, status } };
}

/** The one last answer to a command. A `payload.errorCode` needs the code `commandErrorCode`. */
export function completion<N extends CommandName>(
  to: CommandOf<N>,
  code: CompletionCode,
  payload?: CompletionPayload<N>,
  description?: string,
): CompletionMessage {
  const { name } = to.header;
  const said: Record<string, unknown> = payload ?? {};
  assert(
    (said["errorCode"] !== undefined) === (code === "commandErrorCode"),
    () => `${name} has an errorCode exactly when its code is commandErrorCode`,
  );
  const { version, payload: schema } = commands[name].completion;
  return withPayload(ending(to, code, version, description), schema, said);
}

/** The completion of a command that never came to be carried out, known to this twin or not. */
export function refusal(
  to: CommandMessage,
  code: Exclude<CompletionCode, "success" | "commandErrorCode">,
  description?: string,
): CompletionMessage {
  const version = findCommand(to.header.name)?.completion.version ?? to.header.version;
  return { header: ending(to, code, version, description) };
}

function ending(
  to: CommandMessage,
  completionCode: CompletionCode,
  version: string,
  errorDescription: string | undefined,
): CompletionMessage["header"] {
  const { name, requestId } = to.header;
  const type = "completion" as const;
  return errorDescription === undefined
    ? { type, name, version, requestId, completionCode }
    : { type, name, version, requestId, completionCode, errorDescription };
}

/** An event of the command `to`, between its acknowledge and its completion. */
export function event<N extends EventName>(
  to: CommandMessage,
  name: N,
  payload: EventPayload<N>,
): EventMessage {
  const { version, payload: schema } = events[name];
  const { requestId } = to.header;
  return withPayload({ type: "event", name, version, requestId }, schema, payload);
}

/** An event that belongs to no command. */
export function unsolicited<N extends UnsolicitedName>(
  name: N,
  payload: EventPayload<N>,
): UnsolicitedMessage {
  const { version, payload: schema } = events[name];
  return withPayload({ type: "unsolicited", name, version }, schema, payload);
}

/** Whether the message has this name and type. */
export function isMessage<T extends MessageType>(
  message: XfsMessage,
  name: NameByType[T],
  type: T,
): message is Extract<XfsMessage, { header: { type: T } }> {
  return message.header.type === type && message.header.name === name;
}

/**
 * The validated payload of a message that must have this name and type; `{}` where it says nothing.
 */
export function payloadOf<T extends MessageType, N extends NameByType[T]>(
  message: XfsMessage,
  name: N,
  type: T,
): PayloadOf<T, N> {
  assert(
    isMessage(message, name, type),
    () => `${message.header.name} (${message.header.type}) is a ${name} (${type})`,
  );
  const payload = "payload" in message ? message.payload ?? {} : {};
  if (isTrusted(message)) return payload as PayloadOf<T, N>;
  const schema = payloadSchema(type, name);
  assert(schema !== undefined, `${name} has a schema`);
  const problem = payloadProblem(schema, payload);
  assert(problem === null, `${name} fits its schema (${problem})`);
  return payload as PayloadOf<T, N>;
}

function payloadSchema(type: MessageType, name: string): z.ZodType | undefined {
  switch (type) {
    case "command":
      return findCommand(name)?.payload;
    case "completion":
      return findCommand(name)?.completion.payload;
    case "event":
    case "unsolicited": {
      const entry = findEvent(name);
      return entry?.type === type ? entry.payload : undefined;
    }
  }
}

const envelopes = {
  command: commandSchema,
  acknowledge: acknowledgeSchema,
  event: eventSchema,
  completion: completionSchema,
  unsolicited: unsolicitedSchema,
} as const;

/** How a command may end that its service does not know. */
const ENDS_OF_UNKNOWN: readonly CompletionCode[] = ["unsupportedCommand", "canceled", "timeOut"];

/** What is wrong with a message, envelope or payload, in one line; null when nothing is. */
export function problemOf(message: XfsMessage | RefusingAcknowledge): string | null {
  const { type, name } = message.header;
  if (type === "acknowledge" && message.header.status !== undefined) {
    const refused = refusingAcknowledgeSchema.safeParse(message).error?.issues[0];
    return refused === undefined ? null : `${refused.path.join(".")}: ${refused.message}`;
  }
  const issue = envelopes[type].safeParse(message).error?.issues[0];
  if (issue !== undefined) return `${issue.path.join(".")}: ${issue.message}`;
  if (message.header.type === "acknowledge") return null;
  const { type: kind } = message.header;
  if (kind === "completion" && findCommand(name) === undefined) {
    // A service completes what it does not know with unsupportedCommand, or before it came to it.
    const { completionCode } = message.header;
    return ENDS_OF_UNKNOWN.includes(completionCode) ? null : `unknown name ${name}`;
  }
  const schema = payloadSchema(kind, name);
  if (schema === undefined) return `unknown name ${name}`;
  return payloadProblem(schema, "payload" in message ? message.payload : undefined);
}
