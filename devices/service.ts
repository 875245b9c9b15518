/**
 * What every XFS4IoT service does, whatever device stands behind it.
 *
 *   command ─► acknowledge at once ─► FIFO queue ─► handler ─► event* ─► one completion
 *                                └─► Status, Capabilities, Cancel, transaction state, nonces:
 *                                    answered beside the queue
 *
 * Refused in the acknowledge, and nothing follows: `invalidMessage` (not an envelope),
 * `invalidRequestID` (not a positive integer, or one still in use), `tooManyRequests` (queue full).
 * Refused in the completion: `unsupportedCommand` (no handler, or another major version),
 * `invalidData` (a payload that does not fit its schema; the description names the field).
 *
 * A `timeout` counts from the command's arrival, in virtual time. It and `Common.Cancel` end a
 * request that waits in the queue, or whose handler declared itself interruptible, and no other.
 *
 * One service has one client here: an edge that serves many gives their requests ids of its own.
 *
 * @module
 */
import { assert } from "../core/assert.ts";
import { sameJson } from "../core/json.ts";
import { milliseconds } from "../core/units.ts";
import {
  acknowledge,
  type AcknowledgeMessage,
  type CapabilitiesTree,
  type CommandMessage,
  type CommandName,
  type CommandOf,
  type CommandPayload,
  commandSchema,
  completion,
  type EventName,
  type EventPayload,
  findCommand,
  findEvent,
  type InterfaceName,
  isTrusted,
  readCommand,
  refusal,
  type StatusTree,
  unsolicited,
  type UnsolicitedName,
} from "../core/xfs4iot/mod.ts";
import type { Surroundings, Timer } from "./device.ts";
import { GenericFaults } from "./generic_faults.ts";
import { type BareCode, DeviceRequest, type Interruption } from "./request.ts";

/** Wraps a handler in what has to hold before it. */
export type Guard = <N extends CommandName>(
  handler: (request: DeviceRequest<N>) => void,
) => (request: DeviceRequest<N>) => void;

/** What a device does for each command it knows. */
export type Handlers = { readonly [N in CommandName]?: (request: DeviceRequest<N>) => void };

/** A device as its service sees it. */
export interface ServiceBody {
  /** Interfaces beside Common. */
  readonly interfaces: readonly InterfaceName[];
  readonly handlers: Handlers;
  /** Every event it may tell: Capabilities lists them. */
  readonly events: readonly (EventName | UnsolicitedName)[];
  status(): StatusTree;
  /** A fault is about to end the command under way: what it moved stays where it is. */
  stopped?(): void;
  /** The nonce of end-to-end security, where the device has one. */
  readonly nonce?: { fresh(): string; clear(): void };
  /** Its own part of the capabilities; interfaces and what every service has are put in here. */
  capabilities(): Omit<CapabilitiesTree, "interfaces">;
}

/** Commands waiting, the one being carried out included. */
export const QUEUE_MAX = 32;

interface Waiting {
  readonly message: CommandMessage;
  readonly timer: Timer | null;
  readonly client: number;
}

const COMMON_COMMANDS = [
  "Common.Status",
  "Common.Capabilities",
  "Common.Cancel",
  "Common.GetTransactionState",
  "Common.SetTransactionState",
] as const;
const NONCE_COMMANDS = ["Common.GetCommandNonce", "Common.ClearCommandNonce"] as const;
type ImmediateName = (typeof COMMON_COMMANDS)[number] | (typeof NONCE_COMMANDS)[number];

/** Answered at once, beside the queue. */
export const IMMEDIATE_COMMANDS: readonly string[] = [...COMMON_COMMANDS, ...NONCE_COMMANDS];

const COMMON_EVENTS = ["Common.StatusChangedEvent", "Common.ErrorEvent"] as const;

export class Service {
  readonly #name: string;
  readonly #body: ServiceBody;
  readonly #surroundings: Surroundings;
  #queue: Waiting[] = [];
  #current: { readonly waiting: Waiting; readonly request: DeviceRequest | null } | null = null;
  #pumping = false;
  #told: StatusTree = {};
  #transaction: CommandPayload<"Common.SetTransactionState"> = { state: "inactive" };
  readonly #generic: GenericFaults;

  constructor(name: string, body: ServiceBody, surroundings: Surroundings) {
    this.#name = name;
    this.#body = body;
    this.#surroundings = surroundings;
    this.#generic = new GenericFaults(surroundings, {
      tell: (payload) => this.unsolicited("Common.ErrorEvent", payload),
      abort: (code) => {
        this.#body.stopped?.();
        this.#current?.request?.abort(code);
      },
      forget: () => {
        this.#current?.request?.abandon();
        this.drop();
      },
      pump: () => this.#pump(),
      changed: () => this.changed(),
    });
    this.#told = this.#status();
  }

  /** Turns a fault that any device can have on or off; false: the id is not one of those. */
  fault(id: string, active: boolean): boolean {
    return this.#generic.set(id, active);
  }

  receive(message: CommandMessage, client = 0): void {
    const status = this.#statusOf(message);
    this.#surroundings.send(acknowledge(message, status));
    if (status !== undefined) return;
    if (isImmediate(message.header.name)) return this.#answerBeside(message);
    const { timeout = 0 } = message.header;
    const timer = timeout === 0 ? null : this.#surroundings.after(
      milliseconds(timeout),
      () => this.#interrupt(message.header.requestId, "timeOut"),
    );
    this.#queue.push({ message, timer, client });
    this.#pump();
  }

  /** Tells an event that belongs to no command. */
  unsolicited<N extends UnsolicitedName>(name: N, payload: EventPayload<N>): void {
    this.#generic.send(unsolicited(name, payload));
  }

  /** Tells the world that the device changed, and the client what of its status did. */
  changed(): void {
    this.#surroundings.changed();
    const now = this.#status();
    const difference = changedOnly(this.#told, now);
    this.#told = now;
    if (difference !== null) this.unsolicited("Common.StatusChangedEvent", difference);
  }

  /** Ends the command under way from the device's side, whatever it was doing. */
  abort(code: BareCode, why: string): void {
    this.#current?.request?.refuse(code, why);
  }

  /** Whether the client says that a customer's transaction is under way. */
  get inTransaction(): boolean {
    return this.#transaction.state === "active";
  }

  /** Power is gone: whatever was asked is forgotten and never answered. */
  drop(): void {
    const forgotten = this.#open;
    this.#current?.request?.drop();
    this.#current = null;
    this.#queue = [];
    for (const { timer, message } of forgotten) {
      timer?.cancel();
      this.#surroundings.over?.(message.header.requestId);
    }
    this.#transaction = { state: "inactive" };
  }

  /** The one being carried out comes last: its end starts the next, unless that is over by then. */
  get #open(): readonly Waiting[] {
    return this.#current === null ? this.#queue : [...this.#queue, this.#current.waiting];
  }

  #statusOf(message: CommandMessage): AcknowledgeMessage["header"]["status"] {
    const issues = isTrusted(message) ? [] : commandSchema.safeParse(message).error?.issues ?? [];
    if (issues.some((issue) => issue.path.join(".") === "header.requestId")) {
      return "invalidRequestID";
    }
    if (issues.length > 0) return "invalidMessage";
    const { requestId } = message.header;
    const current = this.#current?.waiting.message.header.requestId;
    const waits = this.#queue.some((waiting) => waiting.message.header.requestId === requestId);
    if (waits || requestId === current) return "invalidRequestID";
    if (isImmediate(message.header.name)) return undefined;
    const waiting = this.#queue.length + (this.#current === null ? 0 : 1);
    return waiting >= QUEUE_MAX || this.#generic.tooBusy ? "tooManyRequests" : undefined;
  }

  /** Starts the next request, and the next, until one takes time. */
  #pump(): void {
    if (this.#pumping) return; // a completion within the loop below calls again
    this.#pumping = true;
    while (this.#current === null) {
      const [waiting] = this.#queue;
      if (waiting === undefined || this.#generic.holds(waiting)) break;
      this.#queue.shift();
      this.#start(waiting);
    }
    this.#pumping = false;
  }

  #start(waiting: Waiting): void {
    const { message } = waiting;
    const name = message.header.name as CommandName;
    const handler = this.#body.handlers[name];
    const read = this.#read(message, handler !== undefined);
    const broken = this.#generic.refusal();
    if (!read.ok || broken !== null) {
      waiting.timer?.cancel();
      this.#generic.send(read.ok ? refusal(message, broken ?? "internalError") : read.refusal);
      return;
    }
    const known = message as CommandOf<CommandName>;
    const request = new DeviceRequest(
      known,
      read.payload,
      this.#surroundings,
      {
        send: (answer) => this.#generic.send(answer),
        done: () => {
          waiting.timer?.cancel();
          this.#current = null;
          this.#pump();
        },
      },
      waiting.client,
    );
    this.#current = { waiting, request };
    // The table is typed by name, and `name` is the key it was found under.
    (handler as (request: DeviceRequest) => void)(request);
    this.#generic.begun(() => request.open);
  }

  /** How the device is: what it says itself, and what every device can have. */
  #status(): StatusTree {
    const own = this.#body.status();
    const { health, foreignObject } = this.#generic;
    const antiFraudModule = foreignObject ? "deviceDetected" as const : "ok" as const;
    const common = { ...own.common, antiFraudModule };
    return { ...own, common: health === null ? common : { ...common, device: health } };
  }

  #read(message: CommandMessage, handled: boolean): ReturnType<typeof readCommand> {
    if (handled) return readCommand(message);
    const why = `${this.#name} has no ${message.header.name}`;
    return { ok: false, refusal: refusal(message, "unsupportedCommand", why) };
  }

  #answerBeside(message: CommandMessage): void {
    const { nonce } = this.#body;
    const name = message.header.name as ImmediateName;
    const read = this.#read(
      message,
      nonce !== undefined || !NONCE_COMMANDS.some((n) => n === name),
    );
    if (!read.ok) return this.#surroundings.send(read.refusal);
    switch (name) {
      case "Common.Status": {
        const to = message as CommandOf<"Common.Status">;
        return this.#surroundings.send(completion(to, "success", this.#status()));
      }
      case "Common.Capabilities": {
        const to = message as CommandOf<"Common.Capabilities">;
        return this.#surroundings.send(completion(to, "success", this.#capabilities()));
      }
      case "Common.Cancel":
        return this.#cancel(
          message as CommandOf<"Common.Cancel">,
          (read.payload as CommandPayload<"Common.Cancel">).requestIds,
        );
      case "Common.GetTransactionState": {
        const to = message as CommandOf<"Common.GetTransactionState">;
        return this.#surroundings.send(completion(to, "success", this.#transaction));
      }
      case "Common.SetTransactionState": {
        this.#transaction = read.payload as CommandPayload<"Common.SetTransactionState">;
        const to = message as CommandOf<"Common.SetTransactionState">;
        return this.#surroundings.send(completion(to, "success"));
      }
      case "Common.GetCommandNonce": {
        const to = message as CommandOf<"Common.GetCommandNonce">;
        const commandNonce = nonce?.fresh() ?? "";
        return this.#surroundings.send(completion(to, "success", { commandNonce }));
      }
      case "Common.ClearCommandNonce": {
        nonce?.clear();
        const to = message as CommandOf<"Common.ClearCommandNonce">;
        return this.#surroundings.send(completion(to, "success"));
      }
    }
  }

  /** Completes at once; what it hit completes after it, as `canceled`. */
  #cancel(message: CommandOf<"Common.Cancel">, requestIds?: readonly number[]): void {
    const open = this.#open.map((waiting) => waiting.message.header.requestId);
    const hit = requestIds === undefined ? open : open.filter((id) => requestIds.includes(id));
    this.#surroundings.send(
      hit.length > 0 ? completion(message, "success") : completion(message, "commandErrorCode", {
        errorCode: "noMatchingRequestIDs",
      }),
    );
    for (const id of hit) this.#interrupt(id, "canceled");
  }

  #interrupt(requestId: number, why: Interruption): void {
    const at = this.#queue.findIndex((waiting) => waiting.message.header.requestId === requestId);
    if (at >= 0) {
      const [waiting] = this.#queue.splice(at, 1);
      assert(waiting !== undefined, "what was found in the queue is there");
      waiting.timer?.cancel();
      return this.#surroundings.send(refusal(waiting.message, why));
    }
    if (this.#current?.waiting.message.header.requestId !== requestId) return;
    this.#current.request?.interrupt(why);
  }

  #capabilities(): CapabilitiesTree {
    const { nonce, handlers } = this.#body;
    const commands = [
      ...COMMON_COMMANDS,
      ...(nonce === undefined ? [] : NONCE_COMMANDS),
      ...Object.keys(handlers),
    ];
    const nonceEvents = nonce === undefined ? [] : ["Common.NonceClearedEvent"];
    const events = [...COMMON_EVENTS, ...nonceEvents, ...this.#body.events];
    const interfaces = (["Common", ...this.#body.interfaces] as const).map((name) => ({
      name,
      commands: versionsOf(name, commands, (command) => findCommand(command)?.version),
      events: versionsOf(name, events, (event) => findEvent(event)?.version),
      maximumRequests: QUEUE_MAX,
    }));
    const { common, ...own } = this.#body.capabilities();
    const always = { serviceVersion: "1.0", powerSaveControl: false, antiFraudModule: true };
    return { interfaces, common: { ...always, ...common }, ...own };
  }
}

const IMMEDIATE: ReadonlySet<string> = new Set(IMMEDIATE_COMMANDS);

function isImmediate(name: string): boolean {
  return IMMEDIATE.has(name);
}

/** The messages of one interface, each with the one version spoken. */
function versionsOf(
  interfaceName: string,
  names: readonly string[],
  versionOf: (name: string) => string | undefined,
): Record<string, { versions: string[] }> {
  const own = names.filter((name) => name.startsWith(`${interfaceName}.`));
  return Object.fromEntries(own.map((name) => {
    const version = versionOf(name);
    assert(version !== undefined, `${name} is in the registry`);
    return [name, { versions: [version] }];
  }));
}

/**
 * The properties of `now` that are not as they were `before`, in the same tree; null when all are.
 */
function changedOnly(before: StatusTree, now: StatusTree): StatusTree | null {
  let changes: Record<string, Record<string, unknown>> | null = null;
  const [were, are] = [before, now] as Tree[];
  for (const part in are) {
    const [properties, old] = [are[part], were?.[part]];
    for (const property in properties) {
      const value = properties[property];
      if (sameJson(value, old?.[property] ?? null)) continue;
      changes ??= {};
      (changes[part] ??= {})[property] = value;
    }
  }
  return changes;
}

/** The status by part and property, whatever they are. */
type Tree = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
