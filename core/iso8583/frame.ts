/**
 * Messages on a stream: two bytes of length, big-endian, then the message.
 *
 * ```
 *   00 2A │ 42 bytes of message │ 00 17 │ 23 bytes of message │ …
 * ```
 *
 * The length does not count itself. An empty frame, `00 00`, is no message: some hosts keep a line
 * alive with it. A stream knows no messages: it hands over any number of bytes at a time, and what
 * comes out here is the same however it was cut.
 */
import { assert } from "../assert.ts";
import { joined } from "./elements.ts";

/** The longest message on this network; one with everything in it has some 1,300 bytes. */
export const FRAME_BYTES_MAX = 4_096;

const HEADER_BYTES = 2;

/** Why a stream is of no use any more: where the next message begins cannot be known. */
export type FrameProblem = "a frame that is too long";

export interface Frames {
  readonly messages: readonly Uint8Array[];
  /** Once there is one, it stays. */
  readonly problem: FrameProblem | null;
}

/** A message with its length before it. */
export function frame(message: Uint8Array): Uint8Array {
  const { length } = message;
  assert(length > 0 && length <= FRAME_BYTES_MAX, "a message fits its frame");
  return joined([Uint8Array.of(length >> 8, length & 0xff), message]);
}

/** Cuts a stream into messages. Holds at most one unfinished message. */
export class FrameReader {
  #held = new Uint8Array();
  #problem: FrameProblem | null = null;

  /** Takes what the stream handed over and returns the messages it completes, in order. */
  push(chunk: Uint8Array): Frames {
    const messages: Uint8Array[] = [];
    if (this.#problem !== null) return { messages, problem: this.#problem };
    const bytes = joined([this.#held, chunk]);
    let offset = 0;
    while (bytes.length - offset >= HEADER_BYTES) {
      const length = ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
      if (length > FRAME_BYTES_MAX) this.#problem = "a frame that is too long";
      if (this.#problem !== null) return { messages, problem: this.#problem };
      const end = offset + HEADER_BYTES + length;
      if (end > bytes.length) break;
      if (length > 0) messages.push(bytes.slice(offset + HEADER_BYTES, end));
      offset = end;
    }
    this.#held = bytes.slice(offset);
    return { messages, problem: null };
  }

  /** Whether the stream may end here: nothing of a message has been begun. */
  get between(): boolean {
    return this.#held.length === 0;
  }
}
