/**
 * The manufacturer's own program: service name `vendorapplication`, interface VendorApplication.
 *
 * **What it models.** Which of the two screens is in use, and a maintenance program that is started
 * with an access level and runs until somebody ends it at the machine.
 *
 *   notActive ──StartLocalApplication──► basic · intermediate · full ──exit()──► notActive
 *
 * - `InterfaceChangedEvent` tells a change of the active screen, and only a change.
 * - A second program while one runs is `sequenceError`.
 *
 * **Timings.** None. **Faults.** None of its own.
 *
 * **Invariants.** One `VendorAppExitedEvent` for each program that was started and ended.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import type { CommandMessage, StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { Service } from "../service.ts";

type AccessLevel = NonNullable<NonNullable<StatusTree["vendorApplication"]>["accessLevel"]>;

export interface VendorApplication extends Device {
  /** Somebody ends the program at the machine; whether one was running. */
  exit(): boolean;
}

export function createVendorApplication(surroundings: Surroundings): VendorApplication {
  return new VirtualVendorApplication(surroundings);
}

class VirtualVendorApplication implements VendorApplication {
  readonly name = "vendorapplication";
  readonly interfaces = ["VendorApplication"] as const;
  readonly faults = [];
  readonly #service: Service;
  #screen: "consumer" | "operator" = "consumer";
  #level: AccessLevel = "notActive";

  constructor(surroundings: Surroundings) {
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "VendorApplication.GetActiveInterface": (request) =>
          request.succeed({ activeInterface: this.#screen }),
        "VendorApplication.SetActiveInterface": (request) => {
          const { activeInterface } = request.payload;
          request.succeed();
          if (activeInterface === this.#screen) return;
          this.#screen = activeInterface;
          this.#service.unsolicited("VendorApplication.InterfaceChangedEvent", { activeInterface });
        },
        "VendorApplication.StartLocalApplication": (request) => {
          if (this.#level !== "notActive") return request.refuse("sequenceError", "one runs");
          this.#level = request.payload.accessLevel ?? "basic";
          request.succeed();
          this.#service.changed();
        },
      },
      events: [
        "VendorApplication.InterfaceChangedEvent",
        "VendorApplication.VendorAppExitedEvent",
      ],
      status: () => ({
        common: { device: "online" },
        vendorApplication: { accessLevel: this.#level },
      }),
      capabilities: () => ({
        vendorApplication: {
          supportedAccessLevels: { basic: true, intermediate: true, full: true },
        },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    this.#service.fault(id, active);
  }

  exit(): boolean {
    if (this.#level === "notActive") return false;
    this.#level = "notActive";
    this.#service.unsolicited("VendorApplication.VendorAppExitedEvent", {});
    this.#service.changed();
    return true;
  }

  powerCut(): void {
    this.#service.drop();
    this.#screen = "consumer";
    this.#level = "notActive";
    this.#service.changed();
  }

  state(): JsonObject {
    return { active_interface: this.#screen, access_level: this.#level };
  }
}
