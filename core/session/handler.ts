/**
 * What a state does with each kind of event, as a type: a table of these is total, so the compiler
 * proves that every pair of state and event is handled, if only by saying `ignore`.
 */
import { type Fields, type Mti, otherThanAsked } from "../iso8583/mod.ts";
import { type CompletionMessage, payloadOf } from "../xfs4iot/mod.ts";
import type { SessionEventBody } from "./event.ts";
import { endSession } from "./ending.ts";
import type { SessionName, StateOf } from "./state.ts";
import type { Turn } from "./turn.ts";

export type EventOf<T extends SessionEventBody["type"]> = Extract<SessionEventBody, { type: T }>;

export type Handlers<N extends SessionName> = {
  readonly [T in SessionEventBody["type"]]: (
    turn: Turn,
    state: StateOf<N>,
    event: EventOf<T>,
  ) => void;
};

/** The event does not concern this state. */
export function ignore(): void {}

/** The completion of this request, or `null` when the event is something else. */
export function completionOf(
  event: EventOf<"device">,
  request: number | null,
): CompletionMessage | null {
  const { message } = event;
  if (message.header.type !== "completion") return null;
  return message.header.requestId === request ? message as CompletionMessage : null;
}

/** What the host says to the request with these elements, or `null` when the event is something else. */
export function answerTo(
  turn: Turn,
  { message }: EventOf<"host">,
  mti: Mti,
  asked: Fields,
): Fields | null {
  const { fields } = message;
  const mine = { ...asked, 41: turn.config.terminal };
  return message.mti === mti && otherThanAsked(mine, fields) === null ? fields : null;
}

/**
 * The key pressed in the entry with this request id, or `null` when the event is something else. A
 * PIN's digit is reported without its name: `{ key: undefined }`.
 */
export function keyPressedIn(
  event: EventOf<"device">,
  request: number,
): { readonly key: string | undefined } | null {
  const { message } = event;
  if (message.header.type !== "event" || message.header.requestId !== request) return null;
  if (message.header.name !== "Keyboard.KeyEvent") return null;
  return { key: payloadOf(message, "Keyboard.KeyEvent", "event").digit };
}

/** Before money moves, the customer may always stop or take the way without a face. */
export function leaveByTouch(turn: Turn, _state: unknown, event: EventOf<"touch">): void {
  if (event.control === "cancel") endSession(turn, "cancelled", "customer_cancelled");
  if (event.control === "other_way") endSession(turn, "cancelled", "other_way");
}

/** Before money moves, a customer who does nothing loses the session. */
export function leaveWhenIdle(turn: Turn, _state: unknown, event: EventOf<"timer">): void {
  if (event.timer === "idle") endSession(turn, "timed_out", "customer_timed_out");
}
