/**
 * The sensors around the machine: service name `auxiliaries`, interface Auxiliaries.
 *
 * **What it models.** The proximity sensor: somebody stands in front, or nobody does. It answers
 * `Common.Status`, and tells a change as `Common.StatusChangedEvent { auxiliaries: {
 * proximitySensor } }` (always: `Auxiliaries.Register` is not needed here).
 *
 * **Timings.** None: the sensor is told at once. **Faults.** None yet.
 *
 * **Invariants.** One event for one change.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import type { CommandMessage } from "../../core/xfs4iot/mod.ts";
import type { Device, FaultEntry, Surroundings } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import { Service } from "../service.ts";

export const AUXILIARIES_FAULTS: readonly FaultEntry[] = [];

export interface Auxiliaries extends Device {
  /** Somebody steps in front of the machine (`true`) or walks away. */
  presence(present: boolean): void;
}

export function createAuxiliaries(_profile: Profile, surroundings: Surroundings): Auxiliaries {
  return new VirtualAuxiliaries(surroundings);
}

class VirtualAuxiliaries implements Auxiliaries {
  readonly name = "auxiliaries";
  readonly interfaces = ["Auxiliaries"] as const;
  readonly faults = AUXILIARIES_FAULTS;
  readonly #service: Service;
  readonly #active = new FaultSet(AUXILIARIES_FAULTS);
  #present = false;

  constructor(surroundings: Surroundings) {
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {},
      events: [],
      status: () => ({
        common: { device: "online" },
        auxiliaries: { proximitySensor: this.#present ? "present" : "notPresent" },
      }),
      capabilities: () => ({ auxiliaries: { proximitySensor: true } }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    this.#active.set(id, active);
  }

  presence(present: boolean): void {
    if (present === this.#present) return;
    this.#present = present;
    this.#service.changed();
  }

  state(): JsonObject {
    return { proximity: this.#present };
  }
}
