/**
 * A whole machine on the wire without sockets, to break by id: commands go in as JSON text, what comes
 * back is read as JSON text, faults come through the same control that `POST /control` uses.
 */
import assert from "node:assert/strict";
import { milliseconds } from "../../core/units.ts";
import { findCommand, problemOf, type WireMessage } from "../../core/xfs4iot/mod.ts";
import { defaultScene, render, type Scene, type Shot } from "../../devices/camera/mod.ts";
import type { Frame, Profile } from "../../devices/mod.ts";
import type { Connection } from "../../devices/xfs/mod.ts";
import { control, type PacedOptions, XFS_PATH, XfsServices } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "./surroundings.ts";

type Payload = Readonly<Record<string, unknown>>;

const still = render(defaultScene({ person: 1, kin: "self", visit: 0 }));

export interface BenchOptions {
  readonly profile?: Profile;
  readonly face?: PacedOptions["face"];
  readonly render?: (scene: Scene) => Shot;
  /** Faults that damage messages are looked at as they are. */
  readonly unchecked?: boolean;
}

/** What one command came to. */
export interface Answer {
  /** The command's own error code, or the header's completion code; `undefined` while it is open. */
  readonly code: string | undefined;
  readonly status: string | undefined;
  readonly payload: Payload;
}

export class FaultBench {
  readonly services: XfsServices;
  /** Everything heard of every service, as it stood on the wire. */
  readonly heard: { readonly service: string; readonly message: WireMessage }[] = [];
  readonly pictures: Frame[] = [];
  readonly #connections = new Map<string, Connection>();
  readonly #unchecked: boolean;
  #requestId = 0;
  /** Services that closed their connection. */
  readonly closed: string[] = [];

  constructor(options: BenchOptions = {}) {
    this.#unchecked = options.unchecked ?? false;
    this.services = new XfsServices({
      profile: options.profile ?? lobbyProfile(),
      seed: 1,
      render: options.render ?? (() => still),
      ...(options.face === undefined ? {} : { face: options.face }),
      png: (frame) => {
        this.pictures.push(frame);
        return new Uint8Array([1, 2, 3]);
      },
      origin: () => "ws://127.0.0.1:1",
    });
  }

  /** Breaks something, by the deed of the control. */
  break(id: string, device?: string): void {
    assert.equal(this.does({ fault: { id, ...(device === undefined ? {} : { device }) } }), null);
  }

  clear(id: string, device?: string): void {
    assert.equal(this.does({ clear: device === undefined ? id : { id, device } }), null);
  }

  does(deed: unknown): ReturnType<typeof control> {
    return control(this.services.machine, deed);
  }

  pass(ms: number): void {
    this.services.machine.advance(milliseconds(ms));
  }

  /** Sends a command and returns its id. */
  send(service: string, name: string, payload: Payload = {}, timeout?: number): number {
    const requestId = ++this.#requestId;
    const version = findCommand(name)?.version ?? "2.0";
    this.#connection(service).receive(JSON.stringify({
      header: {
        type: "command",
        name,
        version,
        requestId,
        ...(timeout === undefined ? {} : { timeout }),
      },
      payload,
    }));
    return requestId;
  }

  /** Sends a command, lets time pass, and says what came of it. */
  ask(service: string, name: string, payload: Payload = {}, ms = 60_000): Answer {
    const id = this.send(service, name, payload);
    this.pass(ms);
    return this.answer(id);
  }

  answer(id: number): Answer {
    const own = this.heard.map(({ message }) => message).filter(({ header }) =>
      "requestId" in header && header.requestId === id
    );
    const last = own.findLast(({ header }) => header.type === "completion");
    const acknowledge = own.find(({ header }) => header.type === "acknowledge");
    const payload = (last as { payload?: Payload } | undefined)?.payload ?? {};
    const header = last?.header as { completionCode?: string } | undefined;
    const refused = (acknowledge?.header as { status?: string } | undefined)?.status;
    const error = payload["errorCode"];
    return {
      code: typeof error === "string" ? error : header?.completionCode,
      status: refused,
      payload,
    };
  }

  /** The status tree of a service, asked for over the wire. */
  status(service: string): Record<string, Payload> {
    const asked = this.ask(service, "Common.Status", {}, 0);
    assert.equal(asked.code, "success");
    return asked.payload as Record<string, Payload>;
  }

  /** Payloads of every message of this name. */
  told(name: string): Payload[] {
    return this.heard.filter(({ message }) => message.header.name === name)
      .map(({ message }) => (message as { payload?: Payload }).payload ?? {});
  }

  /** The keys one hand presses, and the time it takes. */
  press(...keys: string[]): void {
    assert.equal(this.does({ press: keys }), null);
    this.pass(200 * keys.length + 50);
  }

  state(service: string): Payload {
    return (this.services.machine.state()["devices"] as Record<string, Payload>)[service] ?? {};
  }

  #connection(service: string): Connection {
    const open = this.#connections.get(service);
    if (open !== undefined) return open;
    const endpoint = this.services.at(`${XFS_PATH}/${service}`);
    assert(endpoint !== undefined, `${service} is a service of this machine`);
    const connection = endpoint.connect({
      send: (text) => {
        const message = JSON.parse(text) as WireMessage;
        if (!this.#unchecked) assert.equal(problemOf(message), null, text.slice(0, 300));
        this.heard.push({ service, message });
      },
      unread: () => 0,
      close: () => {
        this.closed.push(service);
        this.#connections.delete(service);
      },
    });
    this.#connections.set(service, connection);
    return connection;
  }
}
