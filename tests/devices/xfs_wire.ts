/** Devices on a wire without sockets: what is sent is kept, and every message is held to its schema. */
import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import { type DeviceMessage, problemOf, type WireMessage } from "../../core/xfs4iot/mod.ts";
import type { Device, Profile, Surroundings } from "../../devices/mod.ts";
import { type Answering, type Closing, type Connection, Endpoint } from "../../devices/xfs/mod.ts";
import { lobbyProfile, TestWorld } from "./surroundings.ts";

/** A client that keeps what it reads, and may stop reading. */
export class WireClient {
  readonly messages: WireMessage[] = [];
  readonly connection: Connection;
  closing: Closing | null = null;
  /** Bytes in front of a client that does not read; null while it does. */
  unread: number | null = null;

  constructor(endpoint: Endpoint) {
    this.connection = endpoint.connect({
      send: (text) => {
        assert.equal(this.closing, null, "nothing is sent over a closed connection");
        const message = JSON.parse(text) as WireMessage;
        assert.equal(problemOf(message), null, text.slice(0, 300));
        this.messages.push(message);
        if (this.unread !== null) this.unread += text.length;
      },
      unread: () => this.unread ?? 0,
      close: (closing) => {
        this.closing = closing;
      },
    });
  }

  command(name: string, requestId: number, payload?: unknown, header: object = {}): void {
    this.connection.receive(JSON.stringify({
      header: { type: "command", name, version: "2.0", requestId, ...header },
      ...(payload === undefined ? {} : { payload }),
    }));
  }

  /** `type name id`, with what it came to, of every message so far. */
  log(): string[] {
    return this.messages.map(({ header }) => {
      const id = "requestId" in header ? ` ${header.requestId}` : "";
      const code = "completionCode" in header ? ` ${header.completionCode}` : "";
      const status = "status" in header && header.status !== undefined ? ` ${header.status}` : "";
      return `${header.type} ${header.name}${id}${code}${status}`;
    });
  }

  /** What one request came to. */
  code(requestId: number): string | undefined {
    const last = this.messages.findLast(({ header }) =>
      header.type === "completion" && header.requestId === requestId
    );
    return last?.header.type === "completion" ? last.header.completionCode : undefined;
  }
}

/** A device behind an endpoint, in a world whose time a test moves. */
export function onTheWire<D extends Device>(
  create: (profile: Profile, surroundings: Surroundings) => D,
  picture: (reference: string) => string = (reference) => reference,
): { world: TestWorld; device: D; endpoint: Endpoint; connect: () => WireClient } {
  const world = new TestWorld();
  const link: { endpoint: Endpoint | null } = { endpoint: null };
  const device = create(lobbyProfile(), {
    now: () => world.now(),
    after: (delay, task) => world.after(delay, task),
    random: world.random,
    changed: () => world.changed(),
    send: (message: DeviceMessage) => {
      world.send(message);
      link.endpoint?.deliver(message);
    },
  });
  const answering: Answering = {
    receive: (command, client) => device.receive(command, client),
    left: (client) => device.left?.(client),
  };
  const endpoint = new Endpoint(answering, {
    picture,
    soon: (task) => void world.after(micros(0), task),
  });
  link.endpoint = endpoint;
  return { world, device, endpoint, connect: () => new WireClient(endpoint) };
}
