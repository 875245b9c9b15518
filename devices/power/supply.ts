/**
 * Where the machine's current comes from: mains, and a battery for when there is none.
 *
 *   mains ──────► powering ─► charging
 *   no mains ───► the battery powers: discharging ─► low ─► critical
 *
 * The body behind two services: PowerManagement tells of mains and battery, Auxiliaries of the UPS.
 *
 * @module
 */
import type { StatusTree } from "../../core/xfs4iot/mod.ts";

type Info = NonNullable<NonNullable<StatusTree["powerManagement"]>["info"]>;
type Ups = NonNullable<NonNullable<StatusTree["auxiliaries"]>["UPS"]>;

/** Faults that the supply has, by the service that lists them. */
export interface SupplyState {
  readonly mains: boolean;
  readonly battery: "full" | "low" | "critical";
  /** Mains have come back, and nobody has used the battery since. */
  readonly recovered: boolean;
}

export class PowerSupply {
  #state: SupplyState = { mains: true, battery: "full", recovered: false };
  readonly #watchers: (() => void)[] = [];

  get state(): SupplyState {
    return this.#state;
  }

  /** Told after every change. */
  watch(changed: () => void): void {
    this.#watchers.push(changed);
  }

  set(change: Partial<SupplyState>): void {
    this.#state = { ...this.#state, ...change };
    for (const changed of this.#watchers) changed();
  }

  /** As PowerManagement tells it. */
  info(): Info {
    const { mains, battery } = this.#state;
    return {
      powerInStatus: mains ? "powering" : "noPower",
      powerOutStatus: "powering",
      batteryStatus: battery,
      batteryChargingStatus: mains
        ? battery === "full" ? "notCharging" : "charging"
        : "discharging",
    };
  }

  /** As Auxiliaries tells it. */
  ups(): Ups {
    const { mains, battery, recovered } = this.#state;
    return { low: battery !== "full", engaged: !mains, powering: !mains, recovered };
  }
}
