/**
 * One WebSocket message of a client, judged before anything else sees it.
 *
 *   frame ─► text? ─► short enough? ─► shallow enough? ─► JSON? ─► a header? ─► an envelope? ─► command
 *              │            │                └────────┬──────────────┘               │
 *            1003         1009                      1007                 acknowledge with a status
 *
 * Whoever can be answered is answered: a message whose header names a command gets an acknowledge
 * with `invalidMessage` or `invalidRequestID`, and nothing follows. Whoever cannot (no JSON, no
 * header, no text) is told why by the close of the connection, with the codes of RFC 6455 §7.4.1:
 * an acknowledge without a name and a requestId would fit no envelope.
 *
 * Members that are `null` are treated as absent, at every depth, as the standard has them.
 *
 * @module
 */
import {
  type CommandMessage,
  commandSchema,
  knownPart,
  type RefusingAcknowledge,
} from "../../core/xfs4iot/mod.ts";

/** A receipt image in base64 fits; a flood does not. */
export const MESSAGE_BYTES_MAX = 256 * 1024;

/** Objects and lists within one another; the deepest message of the standard needs about ten. */
export const JSON_DEPTH_MAX = 32;

/** Nobody waits longer than a day: more could not be counted in microseconds for ever. */
const TIMEOUT_MS_MAX = 24 * 60 * 60 * 1000;

/** Why a connection is closed by this end (RFC 6455 §7.4.1). */
export interface Closing {
  readonly code: 1001 | 1003 | 1007 | 1008 | 1009;
  readonly reason: string;
}

export type Judged =
  | { readonly is: "command"; readonly command: CommandMessage }
  | { readonly is: "refused"; readonly acknowledge: RefusingAcknowledge }
  | { readonly is: "hopeless"; readonly closing: Closing };

/** Judges one frame; anything that is not a string is binary. */
export function judgeFrame(frame: unknown): Judged {
  if (typeof frame !== "string") return hopeless(1003, "XFS4IoT messages are text frames");
  if (bytesOf(frame) > MESSAGE_BYTES_MAX) {
    return hopeless(1009, `a message has at most ${MESSAGE_BYTES_MAX} bytes`);
  }
  if (depthOf(frame) > JSON_DEPTH_MAX) {
    return hopeless(1007, `a message is at most ${JSON_DEPTH_MAX} levels deep`);
  }
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return hopeless(1007, "a message is JSON");
  }
  return judgeMessage(withoutNulls(value));
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  if (text.length > MESSAGE_BYTES_MAX) return text.length; // never fewer bytes than code units
  return new TextEncoder().encode(text).length;
}

/** How deep a JSON text is, without parsing it: brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === "\\") i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") deepest = Math.max(deepest, ++depth);
    else if (character === "}" || character === "]") depth--;
  }
  return deepest;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

function judgeMessage(sent: unknown): Judged {
  const value = knownPart(commandSchema, sent);
  const parsed = commandSchema.safeParse(value);
  if (parsed.success) return { is: "command", command: bounded(parsed.data) };
  const header = headerOf(value);
  if (header === null) {
    return hopeless(1007, "a message is an object with a header that has a name");
  }
  const { requestId } = header;
  const badId = parsed.error.issues.some((issue) => issue.path.join(".") === "header.requestId");
  const { name, version } = header;
  return {
    is: "refused",
    acknowledge: {
      header: {
        type: "acknowledge",
        name,
        ...(isShort(version) ? { version } : {}),
        ...(Number.isFinite(requestId) ? { requestId: Number(requestId) } : {}),
        status: badId ? "invalidRequestID" : "invalidMessage",
      },
    },
  };
}

/** A header that an acknowledge can be addressed with. */
function headerOf(value: unknown): Record<string, unknown> & { name: string } | null {
  if (!isObject(value) || !isObject(value["header"])) return null;
  const { name } = value["header"];
  return isShort(name) ? { ...value["header"], name } : null;
}

/** What is echoed is short, whatever was sent. */
function isShort(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 100;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bounded(command: CommandMessage): CommandMessage {
  const { timeout = 0 } = command.header;
  if (timeout <= TIMEOUT_MS_MAX) return command;
  return { ...command, header: { ...command.header, timeout: TIMEOUT_MS_MAX } };
}

function hopeless(code: Closing["code"], reason: string): Judged {
  return { is: "hopeless", closing: { code, reason } };
}
