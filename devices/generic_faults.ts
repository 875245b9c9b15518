/**
 * What can go wrong with any device, in one place: every service carries these faults, whatever stands
 * behind it.
 *
 *   command ─► busy? (G7) ─► queue ─► held? (G6, G12) ─► refused? (G1…G5, G8, G9, G11) ─► handler
 *   message ◄─ swallowed? (G15) ◄─ damaged? (G14) ◄─ told again? (G13) ◄──────────────────────┘
 *
 * Common.Status and the other immediate commands are answered through all of it: a client learns from
 * `common.device` what its completions told.
 *
 * @module
 */
import { milliseconds } from "../core/units.ts";
import type {
  CompletionMessage,
  DeviceHealth,
  DeviceMessage,
  EventPayload,
} from "../core/xfs4iot/mod.ts";
import type { FaultEntry, Surroundings } from "./device.ts";
import { FaultSet } from "./fault_set.ts";
import type { BareCode } from "./request.ts";

export const GENERIC_FAULTS = [
  {
    id: "G1",
    does: "The line to the device is lost, and with it what was asked",
    wire: "The WebSocket closes; who comes back finds device offline, commands deviceNotReady",
  },
  {
    id: "G2",
    does: "The device has no power; what it was doing ends",
    wire: "device powerOff; commands deviceNotReady",
  },
  {
    id: "G3",
    does: "The device is not there; what it was doing ends",
    wire: "device noDevice; commands hardwareError",
  },
  {
    id: "G4",
    does: "A hardware fault that only a service engineer can mend",
    wire: "Common.ErrorEvent hardware/maintenance; device hardwareError; commands hardwareError",
  },
  {
    id: "G5",
    does: "The device is not ready yet: it is starting",
    wire: "device starting; commands deviceNotReady",
  },
  {
    id: "G6",
    does: "The device hangs: it takes no further command, until it is cleared",
    wire: "Commands end with timeOut when their time is over, or wait where they have none",
  },
  {
    id: "G7",
    does: "The service has too much to do",
    wire: "Acknowledge with status tooManyRequests, and nothing follows",
  },
  {
    id: "G8",
    does: "The device's software fails",
    wire: "Common.ErrorEvent software/softwareError; commands internalError",
  },
  {
    id: "G9",
    does: "Somebody has used the device wrongly, and it waits to be put right",
    wire: "device userError; commands userError",
  },
  {
    id: "G10",
    does: "Something foreign is attached to the device; it works on",
    wire: "Common.ErrorEvent fraudAttempt; antiFraudModule deviceDetected; device potentialFraud",
  },
  {
    id: "G11",
    does: "A passing fault: two commands fail, then all is well",
    wire: "Common.ErrorEvent hardware/suspend; hardwareError twice, then as usual",
  },
  {
    id: "G12",
    does: "The device is slow: every command waits before it begins",
    wire: "Everything as usual, 1500 ms later",
  },
  {
    id: "G13",
    does: "Events are told twice: at once, and again later, whatever happened since",
    wire: "Every event a second time 300 ms later; unsolicited ones also after all is over",
  },
  {
    id: "G14",
    does: "Completions are damaged on their way",
    wire: "A completion with a completionCode that no standard knows, and without its payload",
  },
  {
    id: "G15",
    does: "Completions are never sent",
    wire: "Acknowledge and events as usual, then nothing",
  },
  {
    id: "G16",
    does: "The device resets in the middle of each command",
    wire: "The command ends with canceled; device starting",
  },
] as const satisfies readonly FaultEntry[];

type GenericId = (typeof GENERIC_FAULTS)[number]["id"];

/** How the device is while a fault is on, and how commands end that begin meanwhile. */
const HEALTH: readonly (readonly [GenericId, DeviceHealth | null, BareCode | null])[] = [
  ["G1", "offline", "deviceNotReady"],
  ["G2", "powerOff", "deviceNotReady"],
  ["G3", "noDevice", "hardwareError"],
  ["G4", "hardwareError", "hardwareError"],
  ["G5", "starting", "deviceNotReady"],
  ["G8", null, "internalError"],
  ["G9", "userError", "userError"],
  ["G10", "potentialFraud", null],
  ["G16", "starting", null],
];

/** What is told when a fault strikes. */
const TOLD: { readonly [Id in GenericId]?: EventPayload<"Common.ErrorEvent"> } = {
  G4: { eventId: "hardware", action: "maintenance", vendorDescription: "hardware fault" },
  G8: { eventId: "software", action: "softwareError", vendorDescription: "software fault" },
  G10: { eventId: "fraudAttempt", action: "maintenance", vendorDescription: "foreign object" },
  G11: { eventId: "hardware", action: "suspend", vendorDescription: "passing fault" },
};

/** Faults that end what the device is doing, and how. */
const ENDS: { readonly [Id in GenericId]?: BareCode } = {
  G2: "deviceNotReady",
  G3: "hardwareError",
  G16: "canceled",
};

/** Commands that fail under G11 before it has passed. */
const PASSING = 2;
/** Three pictures, one after another, still come within the five seconds that a look gives them. */
const SLOW = milliseconds(1_500);
/** So much later an event comes once more under G13. */
export const TOLD_AGAIN_AFTER = milliseconds(300);
/** Into a command, under G16: long enough for parts to have begun to move. */
const RESET_AFTER = milliseconds(10);

/** What the faults do to the service they belong to. */
export interface Afflicted {
  tell(payload: EventPayload<"Common.ErrorEvent">): void;
  /** Ends the command under way. */
  abort(code: BareCode): void;
  /** Forgets it, and everything that waits: nothing of it is completed. */
  forget(): void;
  /** Goes on with what waits in the queue. */
  pump(): void;
  changed(): void;
}

export class GenericFaults {
  readonly #active = new FaultSet<GenericId>(GENERIC_FAULTS);
  readonly #surroundings: Surroundings;
  readonly #service: Afflicted;
  #failing = 0;
  /** The command that is held before it begins, and the one that has been held long enough. */
  #held: object | null = null;
  #released: object | null = null;

  constructor(surroundings: Surroundings, service: Afflicted) {
    this.#surroundings = surroundings;
    this.#service = service;
  }

  /** Whether the id is one of these; if so it is now on or off. */
  set(id: string, active: boolean): boolean {
    const known = GENERIC_FAULTS.find((fault) => fault.id === id)?.id;
    if (known === undefined) return false;
    if (!this.#active.set(known, active)) return true;
    if (known === "G11") this.#failing = active ? PASSING : 0;
    if (active) this.#strike(known);
    else if (known === "G6" || known === "G12") this.#service.pump();
    this.#service.changed();
    return true;
  }

  list(): readonly string[] {
    return this.#active.list();
  }

  /** Whether the acknowledge of the next command refuses it. */
  get tooBusy(): boolean {
    return this.#active.has("G7");
  }

  /** What common.device is by these faults; null: what the device itself says. */
  get health(): DeviceHealth | null {
    if (this.#active.none) return null;
    const on = HEALTH.find(([id, health]) => health !== null && this.#active.has(id));
    return on?.[1] ?? null;
  }

  get foreignObject(): boolean {
    return this.#active.has("G10");
  }

  /** How the command that is about to begin ends instead; null: it begins. */
  refusal(): BareCode | null {
    if (this.#active.none) return null;
    if (this.#failing > 0) {
      this.#failing--;
      return "hardwareError";
    }
    const on = HEALTH.find(([id, , code]) => code !== null && this.#active.has(id));
    return on?.[2] ?? null;
  }

  /** Whether this command must not begin yet; when it may, the queue is pumped. */
  holds(waiting: object): boolean {
    if (this.#active.has("G6")) return true;
    if (!this.#active.has("G12") || this.#released === waiting) return false;
    if (this.#held === waiting) return true;
    this.#held = waiting;
    this.#surroundings.after(SLOW, () => {
      this.#released = waiting;
      this.#service.pump();
    });
    return true;
  }

  /** A command has begun: under G16 not for long. */
  begun(isOpen: () => boolean): void {
    if (!this.#active.has("G16")) return;
    this.#surroundings.after(RESET_AFTER, () => {
      if (isOpen()) this.#service.abort("canceled");
    });
  }

  /** A message on its way out. */
  send(message: DeviceMessage): void {
    if (isCompletion(message)) return this.#complete(message);
    this.#surroundings.send(message);
    if (!this.#active.has("G13") || message.header.type === "acknowledge") return;
    this.#surroundings.after(TOLD_AGAIN_AFTER, () => this.#surroundings.send(message));
  }

  #complete(message: CompletionMessage): void {
    if (this.#active.has("G15")) return this.#surroundings.over?.(message.header.requestId);
    this.#surroundings.send(this.#active.has("G14") ? damaged(message) : message);
  }

  #strike(id: GenericId): void {
    const told = TOLD[id];
    if (told !== undefined) this.#service.tell(told);
    const code = ENDS[id];
    if (code !== undefined) this.#service.abort(code);
    if (id !== "G1") return;
    this.#service.forget();
    this.#surroundings.lineLost?.();
  }
}

function isCompletion(message: DeviceMessage): message is CompletionMessage {
  return message.header.type === "completion";
}

/** One letter is missing, and the rest did not arrive: what a bad cable or a bad program makes. */
function damaged({ header }: DeviceMessage): DeviceMessage {
  return { header: { ...header, completionCode: "sucess" } } as unknown as DeviceMessage;
}
