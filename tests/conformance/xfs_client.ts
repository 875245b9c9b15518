/**
 * An ATM application's XFS4IoT client, written from the standard alone: it knows the envelope, the
 * ports and the publisher, and learns everything else from the services themselves.
 */
import assert from "node:assert/strict";

export interface Message {
  readonly header: {
    readonly type: "acknowledge" | "event" | "completion" | "unsolicited";
    readonly name: string;
    readonly version: string;
    readonly requestId?: number;
    readonly status?: string;
    readonly completionCode?: string;
    readonly errorDescription?: string;
  };
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Ports at which a publisher may be; 80 needs rights that a test does not have. */
const PORTS = Array.from({ length: 11 }, (_, i) => 5846 + i);

/** A service that says nothing for so long has hung; no test waits for it on purpose. */
const HUNG_MS = 60_000;

/** One connection to one service. */
export class Service {
  readonly messages: Message[] = [];
  readonly #socket: WebSocket;
  readonly #end: Promise<CloseEvent>;
  readonly #waiting = new Set<() => void>();
  #versions = new Map<string, string>();
  #requestId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#end = new Promise((resolve) => {
      socket.onclose = resolve;
    });
    socket.onmessage = ({ data }) => {
      this.messages.push(JSON.parse(data));
      for (const look of [...this.#waiting]) look();
    };
  }

  static async connect(uri: string): Promise<Service> {
    const socket = new WebSocket(uri);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`nobody answers at ${uri}`));
    await promise;
    return new Service(socket);
  }

  /** Connects to a device's service and learns which versions it speaks. */
  static async open(uri: string): Promise<Service> {
    const service = await Service.connect(uri);
    const { payload } = await service.ask("Common.Capabilities", {}, "2.0");
    type Table = Record<string, { versions: string[] }>;
    for (const each of payload?.["interfaces"] as { commands?: Table }[]) {
      for (const [name, { versions }] of Object.entries(each.commands ?? {})) {
        service.#versions.set(name, versions[0]!);
      }
    }
    return service;
  }

  /** Whether the service says that it has this command. */
  speaks(name: string): boolean {
    return this.#versions.has(name);
  }

  /** Sends a command; the version is the one the service says it speaks. */
  send(name: string, payload: object = {}, version = this.#versions.get(name)): number {
    assert(version !== undefined, `the service speaks ${name}`);
    const requestId = ++this.#requestId;
    const header = { type: "command", name, version, requestId, timeout: 0 };
    this.#socket.send(JSON.stringify({ header, payload }));
    return requestId;
  }

  /** Sends a command and waits for its completion, having seen its acknowledge first. */
  async ask(name: string, payload: object = {}, version?: string): Promise<Message> {
    return await this.completion(this.send(name, payload, version));
  }

  async completion(requestId: number): Promise<Message> {
    const of = ({ header }: Message) => header.requestId === requestId;
    const last = await this.seen(
      (message) => of(message) && message.header.type === "completion",
      `the completion of request ${requestId}`,
    );
    const [first] = this.messages.filter(of);
    assert.equal(first!.header.type, "acknowledge");
    assert.equal(first!.header.status, undefined);
    return last;
  }

  /** The first message like this, once it is there; `from`: messages before it do not count. */
  seen(like: (message: Message) => boolean, what: string, from = 0): Promise<Message> {
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    const look = () => {
      const found = this.messages.slice(from).find(like);
      if (found === undefined) return;
      this.#waiting.delete(look);
      clearTimeout(hung);
      resolve(found);
    };
    const hung = setTimeout(() => {
      this.#waiting.delete(look);
      reject(new Error(`never came: ${what}; came: ${JSON.stringify(this.messages.slice(-5))}`));
    }, HUNG_MS);
    this.#waiting.add(look);
    look();
    return promise;
  }

  /** The first unsolicited message or event of this name after the `from`-th message. */
  told(name: string, from = 0): Promise<Message> {
    return this.seen(({ header }) => header.name === name, name, from);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.ended();
  }

  /** How the connection ended, once it has. */
  ended(): Promise<CloseEvent> {
    return this.#end;
  }
}

/** Every publisher on this computer, and the services each knows. */
export async function findPublishers(): Promise<{ port: number; services: string[] }[]> {
  const found: { port: number; services: string[] }[] = [];
  for (const port of PORTS) {
    let publisher: Service;
    try {
      publisher = await Service.connect(`ws://127.0.0.1:${port}/xfs4iot/v1.0`);
    } catch {
      continue; // nobody there, or somebody who is no publisher: the standard says to try the next
    }
    const { payload } = await publisher.ask("ServicePublisher.GetServices", {}, "2.0");
    await publisher.close();
    const services = payload?.["services"] as { serviceURI: string }[];
    found.push({ port, services: services.map(({ serviceURI }) => serviceURI) });
  }
  return found;
}
