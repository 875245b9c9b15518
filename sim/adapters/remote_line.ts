/**
 * One WebSocket connection to one XFS4IoT service of a machine that is somewhere else.
 *
 * What it hears is read before anybody is told: a message that fits no schema is left aside, and so is one
 * that answers nothing: to a request that is not open over this connection, or in another command's name.
 * Why is said, once for each reason: whoever wrote the service finds out nowhere else.
 * When the connection is lost, whatever was asked over it and is not answered ends as `deviceNotReady`, and
 * so does whatever is asked afterwards, or is refused by its acknowledge: a core that waits for a completion
 * gets one. It is told too that the device is offline, as it would be by a device of its own.
 */
import {
  acknowledge,
  type CommandMessage,
  type DeviceMessage,
  readDeviceMessage,
  refusal,
  unsolicited,
} from "../../core/xfs4iot/mod.ts";
import { InputError } from "../plan/mod.ts";
import { later } from "./wall_time.ts";

/** A service that has not opened its door by then will not. */
const OPEN_MS = 10_000;

/** A service that has not answered a question of our own by then will not. */
const ANSWER_MS = 30_000;

/** Reasons that are told of on one line; who has read so many knows. */
const ASIDES_MAX = 16;

/** Requests of our own, before any of the core's. */
const OWN_IDS_FROM = 1_000_000_000;

export interface RemoteLineOptions {
  /** How long a service may take to answer a question of our own. */
  readonly answer_ms?: number;
  /** Hears why a message was left aside, in words without what it has said. */
  readonly aside?: (why: string) => void;
}

export class RemoteLine {
  heard: (message: DeviceMessage) => void = () => {};
  readonly #socket: WebSocket;
  readonly #answer_ms: number;
  readonly #aside: (why: string) => void;
  /** Why messages were left aside so far. */
  readonly #asides = new Set<string>();
  /** Asked, and not completed. */
  readonly #open = new Map<number, CommandMessage>();
  readonly #own = new Map<number, (message: DeviceMessage) => void>();
  #ownId = OWN_IDS_FROM;

  private constructor(
    socket: WebSocket,
    { answer_ms = ANSWER_MS, aside = () => {} }: RemoteLineOptions,
  ) {
    this.#socket = socket;
    this.#answer_ms = answer_ms;
    this.#aside = aside;
    socket.addEventListener("message", ({ data }) => this.#read(data));
    socket.addEventListener("close", () => this.#lost());
  }

  /** Connects. Throws {@linkcode InputError} when nobody is there, or can be. */
  static async open(uri: string, options: RemoteLineOptions = {}): Promise<RemoteLine> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const refused = (message: string) => reject(problem(message));
    const socket = socketTo(uri);
    const inTime = later(OPEN_MS, () => refused(`${uri} does not answer`));
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", (event) => {
      event.preventDefault();
      refused(`nobody answers at ${uri}`);
    });
    try {
      await promise;
    } catch (error) {
      socket.close();
      throw error;
    } finally {
      inTime();
    }
    return new RemoteLine(socket, options);
  }

  /** Whether what is sent over it can still arrive. */
  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(command: CommandMessage): void {
    this.#open.set(command.header.requestId, command);
    if (this.isOpen) {
      return this.#socket.send(JSON.stringify(command));
    }
    this.#told(acknowledge(command));
    this.#told(lost(command));
  }

  /**
   * Asks something that the core does not hear of; its completion. Throws {@linkcode InputError} when
   * none comes that can be read.
   */
  async ask(name: string, version: string, payload: object = {}): Promise<DeviceMessage> {
    const requestId = ++this.#ownId;
    const { promise, resolve, reject } = Promise.withResolvers<DeviceMessage>();
    this.#own.set(requestId, resolve);
    const inTime = later(
      this.#answer_ms,
      () => reject(problem(`${this.#socket.url} gives no answer to ${name} that can be read`)),
    );
    this.send({
      header: { type: "command", name, version, requestId },
      payload: { ...payload },
    });
    try {
      return await promise;
    } finally {
      inTime();
    }
  }

  close(): void {
    this.#open.clear();
    this.heard = () => {};
    this.#socket.close();
  }

  #read(data: unknown): void {
    let value: unknown;
    try {
      value = JSON.parse(String(data));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#leave("it is no JSON");
    }
    const read = readDeviceMessage(value);
    if (read.ok) this.#told(read.message);
    else this.#leave(read.problem);
  }

  #leave(why: string): void {
    if (!this.isOpen) return; // nobody waits for anything any more
    if (this.#asides.has(why) || this.#asides.size >= ASIDES_MAX) return;
    this.#asides.add(why);
    this.#aside(`a message of ${this.#socket.url} was left aside: ${why}`);
  }

  #told(message: DeviceMessage): void {
    const { header } = message;
    if (header.type === "unsolicited") return this.heard(message);
    const { requestId } = header;
    const asked = this.#open.get(requestId);
    if (asked === undefined) {
      return this.#leave(`${header.type} ${header.name}: no request with its requestId is open`);
    }
    if (header.type !== "event" && header.name !== asked.header.name) {
      return this.#leave(
        `${header.type} ${header.name}: its requestId is that of ${asked.header.name}`,
      );
    }
    const refused = header.type === "acknowledge" ? header.status : undefined;
    const last = header.type === "completion" || refused !== undefined;
    if (last) this.#open.delete(requestId);
    const mine = this.#own.get(requestId);
    if (mine === undefined) {
      this.heard(message);
      // No completion will come of what was refused, and a core waits for one.
      if (refused !== undefined) this.heard(refusal(asked, "deviceNotReady", `it said ${refused}`));
      return;
    }
    if (!last) return;
    this.#own.delete(requestId);
    mine(message);
  }

  #lost(): void {
    for (const command of [...this.#open.values()]) this.#told(lost(command));
    this.heard(unsolicited("Common.StatusChangedEvent", { common: { device: "offline" } }));
  }
}

function lost(command: CommandMessage): DeviceMessage {
  return refusal(command, "deviceNotReady", "the connection is lost");
}

/** A publisher may name anything as the address of a service. */
function socketTo(uri: string): WebSocket {
  try {
    return new WebSocket(uri);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw problem(`${uri} is no address of a service; it is written ws://host:port/path`);
  }
}

function problem(message: string): InputError {
  return new InputError({ file: "run", field: "--devices", message });
}
