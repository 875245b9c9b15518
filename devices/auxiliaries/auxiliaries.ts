/**
 * The auxiliaries' XFS4IoT handlers. See `mod.ts`.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import type {
  CommandMessage,
  CommandPayload,
  StatusTree,
  UnsolicitedMessage,
} from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import { PowerSupply } from "../power/mod.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Handlers, Service } from "../service.ts";
import {
  AUXILIARIES_FAULTS,
  type AuxiliariesFaultId,
  type AuxiliariesStatus,
  QUIET,
  REGISTERED_AS,
  SHOWN,
} from "./sensors.ts";

export interface Auxiliaries extends Device {
  /** Somebody steps in front of the machine (`true`) or walks away. */
  presence(present: boolean): void;
  /** Something around the machine is not as it was: a door, a switch, the light. */
  notice(change: AuxiliariesStatus): void;
}

/** When the machine starts by itself, as it was told. */
type StartupTime = CommandPayload<"Auxiliaries.SetAutoStartupTime">;

/** Bytes that the machine's store has left. */
const STORE_BYTES = 1_000_000;

export function createAuxiliaries(
  _profile: Profile,
  surroundings: Surroundings,
  supply: PowerSupply = new PowerSupply(),
): Auxiliaries {
  return new VirtualAuxiliaries(surroundings, supply);
}

class VirtualAuxiliaries implements Auxiliaries {
  readonly name = "auxiliaries";
  readonly interfaces = ["Auxiliaries"] as const;
  readonly faults = AUXILIARIES_FAULTS;
  readonly #service: Service;
  readonly #supply: PowerSupply;
  readonly #active = new FaultSet<AuxiliariesFaultId>(AUXILIARIES_FAULTS);
  /** By client, sensors whose changes they do not want to hear of. */
  readonly #silent = new Map<number, Set<string>>();
  #now: AuxiliariesStatus = QUIET;
  #startup: StartupTime | null = null;

  constructor(surroundings: Surroundings, supply: PowerSupply) {
    this.#supply = supply;
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: this.#handlers(),
      events: [],
      status: () => this.#status(),
      capabilities: () => ({ auxiliaries: CAPABILITIES }),
    }, surroundings);
    supply.watch(() => this.#service.changed());
  }

  receive(command: CommandMessage, client?: number): void {
    this.#service.receive(command, client);
  }

  left(client: number): void {
    this.#silent.delete(client);
  }

  toldTo(client: number, message: UnsolicitedMessage): UnsolicitedMessage | null {
    const silent = this.#silent.get(client);
    const { auxiliaries, ...others } = statusIn(message);
    if (silent === undefined || auxiliaries === undefined) return message;
    const heard = Object.entries(auxiliaries).filter(([name]) => !silent.has(name));
    if (heard.length === 0 && Object.keys(others).length === 0) return null;
    const told = heard.length === 0
      ? others
      : { ...others, auxiliaries: Object.fromEntries(heard) };
    return { ...message, payload: told };
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    if (id === "E5" && active) {
      this.#service.unsolicited("Common.ErrorEvent", {
        eventId: "fraudAttempt",
        action: "maintenance",
        vendorDescription: "attack on the machine",
      });
    }
    this.#service.changed();
  }

  presence(present: boolean): void {
    this.notice({ proximitySensor: present ? "present" : "notPresent" });
  }

  notice(change: AuxiliariesStatus): void {
    const before = new Map(Object.entries(this.#now));
    if (Object.entries(change).every(([name, value]) => before.get(name) === value)) return;
    this.#now = { ...this.#now, ...change };
    this.#service.changed();
  }

  state(): JsonObject {
    const { operatorSwitch, safeDoor, cabinetDoor } = this.#told();
    return {
      proximity: this.#now.proximitySensor === "present",
      ...(operatorSwitch === QUIET.operatorSwitch ? {} : { operator_switch: operatorSwitch }),
      ...(safeDoor === QUIET.safeDoor ? {} : { safe_door: safeDoor ?? "" }),
      ...(cabinetDoor === QUIET.cabinetDoor ? {} : { cabinet_door: cabinetDoor ?? "" }),
      ...(this.#active.list().length === 0 ? {} : { faults: [...this.#active.list()] }),
    };
  }

  #handlers(): Handlers {
    return {
      "Auxiliaries.Register": (request) => this.#register(request),
      "Auxiliaries.SetAuxiliaries": (request) => this.#setAuxiliaries(request),
      "Auxiliaries.SetAutoStartupTime": (request) => {
        if (this.#active.has("E9")) return request.refuse("notEnoughSpace", "the store is full");
        this.#startup = request.payload;
        request.succeed();
      },
      "Auxiliaries.GetAutoStartupTime": (request) => request.succeed(this.#startup ?? {}),
      "Auxiliaries.ClearAutoStartupTime": (request) => {
        this.#startup = null;
        request.succeed();
      },
    };
  }

  #register(request: DeviceRequest<"Auxiliaries.Register">): void {
    const asked = Object.entries(request.payload).map(([name, wish]) =>
      [REGISTERED_AS[name] ?? name, wish] as const
    );
    const fitted = Object.keys(this.#told());
    if (!asked.every(([name]) => fitted.includes(name))) return request.fail("invalidAuxiliary");
    const silent = this.#silent.get(request.client) ?? new Set();
    for (const [name, wish] of asked) {
      if (wish === "register") silent.delete(name);
      else silent.add(name);
    }
    this.#silent.set(request.client, silent);
    request.succeed();
  }

  #setAuxiliaries(request: DeviceRequest<"Auxiliaries.SetAuxiliaries">): void {
    const { safeDoor, openClose, audibleAlarm, volume, ups, ...others } = request.payload;
    const open = this.#told().safeDoor === "open" || this.#told().safeDoor === "tampered";
    // The battery is always engaged where there is no mains; it cannot be told to stand by.
    const standBy = ups === "disengage" && !this.#supply.state.mains;
    if (Object.keys(others).length > 0 || (safeDoor !== undefined && open) || standBy) {
      return request.fail("invalidAuxiliary");
    }
    this.notice({
      ...(safeDoor === undefined ? {} : { safeDoor: safeDoor === "bolt" ? "bolted" : "locked" }),
      ...(openClose === undefined ? {} : { openClosedIndicator: openClose }),
      ...(audibleAlarm === undefined ? {} : { audibleAlarm }),
      ...(volume === undefined ? {} : { volume }),
    });
    request.succeed();
  }

  /** What the sensors say, with what is happening put over it. */
  #told(): AuxiliariesStatus {
    const shown = AUXILIARIES_FAULTS.filter(({ id }) => this.#active.has(id))
      .map(({ id }) => SHOWN[id]);
    return Object.assign({ ...this.#now, UPS: this.#supply.ups() }, ...shown);
  }

  #status(): StatusTree {
    const remaining = this.#active.has("E9") ? 0 : STORE_BYTES;
    return {
      common: { device: "online", persistentDataStore: { remaining } },
      auxiliaries: this.#told(),
    };
  }
}

/** What a message says that changed; nothing where it says something else. */
function statusIn({ header, payload }: UnsolicitedMessage): StatusTree {
  return header.name === "Common.StatusChangedEvent" ? payload as StatusTree : {};
}

const DOOR = { closed: true, open: true, locked: true, bolted: true, tampered: true } as const;

const CAPABILITIES = {
  operatorSwitch: { run: true, maintenance: true, supervisor: true },
  tamperSensor: true,
  internalTamperSensor: true,
  seismicSensor: true,
  heatSensor: true,
  proximitySensor: true,
  ambientLightSensor: true,
  consumerDisplaySensor: true,
  cabinetDoor: DOOR,
  safeDoor: DOOR,
  vandalShield: { open: true, closed: true, tampered: true },
  openCloseIndicator: true,
  audibleAlarm: true,
  volume: 1000,
  ups: { low: true, engaged: true, powering: true, recovered: true },
  autoStartupMode: { specific: true, daily: true, weekly: true },
};
