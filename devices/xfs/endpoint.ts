/**
 * One service and all its clients: hands out ids, puts them back, and tells everybody what is
 * nobody's.
 *
 *   connection ─┐                    ┌─► acknowledge, event, completion ─► the one who asked
 *   connection ─┼─► ids ─► device ───┤
 *   connection ─┘                    └─► unsolicited ─► every open connection
 *
 * `Common.Cancel` is translated: it reaches requests of the connection it came over, and no other.
 * A connection that ends cancels what it had asked for; what cannot be cancelled any more (notes on
 * their way) is carried out, and nobody hears of it.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import {
  acknowledge,
  type CapabilitiesTree,
  command,
  type CommandMessage,
  type DeviceMessage,
  findCommand,
  payloadOf,
  payloadProblem,
  type UnsolicitedMessage,
} from "../../core/xfs4iot/mod.ts";
import { type Behind, Connection, type Wire } from "./connection.ts";
import { answerSetVersions, asSpokenHere } from "./versions.ts";

/** What answers behind an endpoint: a device, or the publisher. */
export interface Answering {
  receive(command: CommandMessage, client?: number): void;
  /** Who has commanded it under this number is connected no more. */
  left?(client: number): void;
  /** What they want to be told of a message that is nobody's; null: nothing. */
  toldTo?(client: number, message: UnsolicitedMessage): UnsolicitedMessage | null;
}

export interface EndpointOptions {
  /** The picture behind a reference, as base64 PNG. */
  picture(reference: string): string;
  /**
   * Does something once the device is done with what it is doing: a client may be lost in the middle
   * of a handler, and a handler is not cancelled while it runs.
   */
  soon(task: () => void): void;
}

/** Whoever asked for one request. */
interface Asker {
  hear(message: DeviceMessage): void;
  /** Nothing follows. */
  over?(): void;
}

export class Endpoint implements Behind {
  readonly #answering: Answering;
  readonly #options: EndpointOptions;
  /** Each with the number that the device knows it by. */
  readonly #connections = new Map<Connection, number>();
  /** Who asked, by our id. */
  readonly #askers = new Map<number, Asker>();
  #lastId = 0;
  #lastClient = 0;

  constructor(answering: Answering, options: EndpointOptions) {
    this.#answering = answering;
    this.#options = options;
  }

  connect(wire: Wire): Connection {
    const connection = new Connection(wire, this);
    this.#connections.set(connection, ++this.#lastClient);
    return connection;
  }

  /** What the service says it can do, the wire's own commands put in; null: it does not say. */
  capabilities(): CapabilitiesTree | null {
    const heard: DeviceMessage[] = [];
    const ownId = this.#newId({ hear: (message) => heard.push(message) });
    this.#answering.receive(command("Common.Capabilities", ownId, {}));
    const answer = heard.at(-1);
    assert(answer?.header.type === "completion", "capabilities are answered at once");
    if (answer.header.completionCode !== "success") return null;
    return asSpokenHere(payloadOf(answer, "Common.Capabilities", "completion"));
  }

  take(message: CommandMessage, from: Connection): void {
    const { name, requestId } = message.header;
    const spoken = name === "Common.SetVersions" ? this.capabilities() : null;
    if (spoken !== null) {
      from.send(acknowledge(message));
      return from.send(answerSetVersions(message, spoken));
    }
    const asked = name === "Common.Cancel" ? withOwnIds(message, from) : message;
    const ownId = this.#newId({
      hear: (answer) => {
        const said = this.#forTheWire(answer);
        from.send({ ...said, header: { ...said.header, requestId } } as DeviceMessage);
      },
      over: () => from.over(requestId),
    });
    from.opened(requestId, ownId);
    const own = { ...asked, header: { ...asked.header, requestId: ownId } };
    this.#answering.receive(own, this.#connections.get(from));
  }

  /** A message of the device, on its way to whom it concerns. */
  deliver(message: DeviceMessage): void {
    const { header } = message;
    if (header.type === "unsolicited") return this.#tellAll({ ...message, header });
    const last = header.type === "completion" ||
      (header.type === "acknowledge" && header.status !== undefined);
    const asker = this.#askers.get(header.requestId);
    if (last) this.over(header.requestId);
    asker?.hear(message); // nobody hears what was asked over a connection that is gone
  }

  /** Nothing more is said to this request: another may take its place. */
  over(ownId: number): void {
    this.#askers.get(ownId)?.over?.();
    this.#askers.delete(ownId);
  }

  /** Power is gone: every connection drops, and whatever was asked is forgotten with it. */
  drop(): void {
    this.#askers.clear();
    for (const [connection, client] of this.#connections) {
      connection.drop();
      this.#options.soon(() => this.#answering.left?.(client));
    }
    this.#connections.clear();
  }

  left(connection: Connection): void {
    const client = this.#connections.get(connection);
    this.#connections.delete(connection);
    const requestIds = [...connection.ownIds];
    for (const id of requestIds) this.#askers.delete(id);
    this.#options.soon(() => {
      if (client !== undefined) this.#answering.left?.(client);
      if (requestIds.length === 0) return;
      const ownId = this.#newId({ hear: () => {} });
      this.#answering.receive(command("Common.Cancel", ownId, { requestIds }));
    });
  }

  #tellAll(message: UnsolicitedMessage): void {
    // A copy: whoever cannot take it any more leaves meanwhile.
    for (const [connection, client] of [...this.#connections]) {
      const answering = this.#answering;
      const told = answering.toldTo === undefined ? message : answering.toldTo(client, message);
      if (told !== null) connection.send(told);
    }
  }

  #newId(asker: Asker): number {
    const id = ++this.#lastId;
    this.#askers.set(id, asker);
    return id;
  }

  /** In process a picture goes by reference; on the wire its pixels stand in the message. */
  #forTheWire(message: DeviceMessage): DeviceMessage {
    if (message.header.type !== "completion" || !("payload" in message)) return message;
    const { payload } = message;
    switch (message.header.name) {
      case "Camera.TakePicture": {
        const reference = payload?.["pictureFile"];
        if (typeof reference !== "string") return message;
        return {
          ...message,
          payload: { ...payload, pictureFile: this.#options.picture(reference) },
        };
      }
      case "Common.Capabilities":
        return { ...message, payload: asSpokenHere(payload ?? {}) };
      default:
        return message;
    }
  }
}

/** A Cancel in our ids: those named, or all of this connection's; a wrong payload stays as it is. */
function withOwnIds(message: CommandMessage, from: Connection): CommandMessage {
  const schema = findCommand("Common.Cancel")?.payload;
  assert(schema !== undefined, "Common.Cancel is in the registry");
  if (payloadProblem(schema, message.payload) !== null) return message;
  const { requestIds } = payloadOf(message, "Common.Cancel", "command");
  return {
    ...message,
    payload: {
      requestIds: requestIds === undefined ? [...from.ownIds] : from.ownIdsOf(requestIds),
    },
  };
}
