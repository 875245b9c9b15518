/**
 * One client's connection to one service: text frames in, text frames out, no socket in sight.
 *
 *   client ──frame──► judge ──command, id of the device's own──► endpoint ──► device
 *          ◄──text─── the client's own id put back ◄──────────── endpoint ◄──┘
 *
 * Two clients may choose the same requestId: each connection keeps its own, and what the device sees
 * are numbers of the endpoint's. A requestId still open here is `invalidRequestID`; more than
 * {@linkcode REQUESTS_MAX} open ones are `tooManyRequests`, so one client alone cannot fill the queue.
 *
 * A client that never reads is let go when more than {@linkcode UNREAD_BYTES_MAX} lie in front of it.
 *
 * @module
 */
import {
  acknowledge,
  type CommandMessage,
  type DeviceMessage,
  type WireMessage,
} from "../../core/xfs4iot/mod.ts";
import { IMMEDIATE_COMMANDS } from "../service.ts";
import { bytesOf, type Closing, judgeFrame } from "./frame.ts";

/** Requests of one client that a service keeps at a time: half of its queue. */
export const REQUESTS_MAX = 16;

/** Text sent and not yet taken: some ten pictures. */
export const UNREAD_BYTES_MAX = 4 * 1024 * 1024;

/** The socket of a connection, as far as a connection knows one. */
export interface Wire {
  send(text: string): void;
  /** Bytes given to {@linkcode send} that have not left for the client. */
  unread(): number;
  close(closing: Closing): void;
}

/** What stands behind a connection. */
export interface Behind {
  /** Takes a command, under an id of its own. */
  take(command: CommandMessage, from: Connection): void;
  /** The connection is gone. */
  left(connection: Connection): void;
}

/** Commands that a service answers beside its queue: they fill no place in it. */
const BESIDE: readonly string[] = [...IMMEDIATE_COMMANDS, "Common.SetVersions"];

export class Connection {
  readonly #wire: Wire;
  readonly #behind: Behind;
  /** The client's open requests: its id and ours. */
  readonly #open = new Map<number, number>();
  #closed = false;

  constructor(wire: Wire, behind: Behind) {
    this.#wire = wire;
    this.#behind = behind;
  }

  /** A message of the client: a string, or anything else for a binary one. */
  receive(frame: unknown): void {
    if (this.#closed) return;
    const judged = judgeFrame(frame);
    switch (judged.is) {
      case "hopeless":
        return this.#close(judged.closing);
      case "refused":
        return this.#write(judged.acknowledge);
      case "command": {
        const { name, requestId } = judged.command.header;
        if (this.#open.has(requestId)) {
          return this.#write(acknowledge(judged.command, "invalidRequestID"));
        }
        if (this.#open.size >= REQUESTS_MAX && !BESIDE.includes(name)) {
          return this.#write(acknowledge(judged.command, "tooManyRequests"));
        }
        return this.#behind.take(judged.command, this);
      }
    }
  }

  /** The machine has no power any more: nothing of this client's is carried out to its end. */
  drop(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wire.close({ code: 1001, reason: "the machine lost its power" });
  }

  /** The client is gone, or the line to it. */
  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#behind.left(this);
  }

  /** Its requests now carry these ids of the endpoint's. */
  get ownIds(): readonly number[] {
    return [...this.#open.values()];
  }

  /** The endpoint's ids of these requests of the client's, as far as they are open. */
  ownIdsOf(requestIds: readonly number[]): number[] {
    return requestIds.flatMap((id) => this.#open.get(id) ?? []);
  }

  opened(requestId: number, ownId: number): void {
    this.#open.set(requestId, ownId);
  }

  over(requestId: number): void {
    this.#open.delete(requestId);
  }

  send(message: DeviceMessage): void {
    this.#write(message);
  }

  #write(message: WireMessage): void {
    if (this.#closed) return;
    const text = JSON.stringify(message);
    if (this.#wire.unread() + bytesOf(text) > UNREAD_BYTES_MAX) {
      return this.#close({ code: 1008, reason: "this client does not read what it is sent" });
    }
    this.#wire.send(text);
  }

  #close(closing: Closing): void {
    this.closed();
    this.#wire.close(closing);
  }
}
