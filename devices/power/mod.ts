/**
 * The power supply: service name `powermanagement`, interface PowerManagement.
 *
 * **What it models.** Mains, and a battery that takes over without a gap:
 *
 *   mains ──E1──► battery powers, discharging ──E2──► low, then critical ──► nothing (E3)
 *     ▲─────E4───────┘
 *
 * - Mains and battery are told here (`powerManagement.info`), and as `UPS` by Auxiliaries: two services,
 *   one {@linkcode PowerSupply}.
 * - `PowerSaveControl` puts the machine to sleep in name only: nothing of it needs time to wake.
 *
 * **Timings.** Under E2 the battery is low at once and critical after {@linkcode CRITICAL_AFTER}.
 *
 * **Faults.** E1, E2, E4: see {@linkcode SUPPLY_FAULTS}. E3, the hard cut, is the whole machine's.
 *
 * **Invariants.** `powerOutStatus` is `powering` as long as a message can say anything at all.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import { seconds } from "../../core/units.ts";
import type { CommandMessage } from "../../core/xfs4iot/mod.ts";
import type { Device, FaultEntry, Surroundings, Timer } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import { Service } from "../service.ts";
import { PowerSupply } from "./supply.ts";

export { PowerSupply } from "./supply.ts";

export const SUPPLY_FAULTS = [
  {
    id: "E1",
    does: "The mains fail; the battery takes over",
    wire: "powerInStatus noPower, batteryChargingStatus discharging; auxiliaries UPS powering",
  },
  {
    id: "E2",
    does: "The mains fail and the battery runs down",
    wire: "batteryStatus low, after twenty seconds critical; auxiliaries UPS low",
  },
  {
    id: "E4",
    does: "The mains come back after a failure, and fail no more",
    wire: "powerInStatus powering, batteryChargingStatus charging; auxiliaries UPS recovered",
  },
] as const satisfies readonly FaultEntry[];

/** From low to critical, under E2. */
const CRITICAL_AFTER = seconds(20);

export function createPower(surroundings: Surroundings, supply: PowerSupply): Device {
  return new VirtualPower(surroundings, supply);
}

class VirtualPower implements Device {
  readonly name = "powermanagement";
  readonly interfaces = ["PowerManagement"] as const;
  readonly faults = SUPPLY_FAULTS;
  readonly #surroundings: Surroundings;
  readonly #service: Service;
  readonly #supply: PowerSupply;
  readonly #active = new FaultSet<(typeof SUPPLY_FAULTS)[number]["id"]>(SUPPLY_FAULTS);
  #draining: Timer | null = null;

  constructor(surroundings: Surroundings, supply: PowerSupply) {
    this.#surroundings = surroundings;
    this.#supply = supply;
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: { "PowerManagement.PowerSaveControl": (request) => request.succeed() },
      events: [],
      status: () => ({
        common: { device: "online" },
        powerManagement: { info: supply.info(), powerSaveRecoveryTime: 0 },
      }),
      capabilities: () => ({
        powerManagement: { powerSaveControl: true, batteryRechargeable: true },
      }),
    }, surroundings);
    supply.watch(() => this.#service.changed());
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    const mains = this.#active.has("E4") || !(this.#active.has("E1") || this.#active.has("E2"));
    const battery = !this.#active.has("E2") ? "full" : id === "E2" ? "low" : undefined;
    this.#supply.set({
      mains,
      ...(battery === undefined ? {} : { battery }),
      recovered: this.#active.has("E4"),
    });
    if (id === "E1") return;
    // Under E4 the mains charge the battery; once they are gone again it begins to run down anew.
    this.#draining?.cancel();
    if (this.#active.has("E2") && !mains) this.#drain();
  }

  state(): JsonObject {
    return { ...this.#supply.state, faults: [...this.#active.list()] };
  }

  #drain(): void {
    this.#draining = this.#surroundings.after(CRITICAL_AFTER, () => {
      this.#supply.set({ battery: "critical" });
    });
  }
}
