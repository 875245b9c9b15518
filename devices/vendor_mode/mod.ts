/**
 * Vendor mode: service name `vendormode`, interface VendorMode.
 *
 * **What it models.** The handshake by which a maintenance program takes the machine out of service:
 * every registered application is asked, and the mode changes when all of them have agreed.
 *
 *   inactive ──EnterModeRequest──► enterPending ──all acknowledged──► active
 *      ▲                                                                │ ExitModeRequest
 *      └──────all acknowledged── exitPending ◄──────────────────────────┘
 *
 * - `EnterModeRequestEvent` and `ExitModeRequestEvent` go to everybody; each registered application
 *   answers with `EnterModeAcknowledge` or `ExitModeAcknowledge`. Where none is registered the mode
 *   changes at once.
 * - An acknowledge that nobody waits for, and a request that is not the next step, is
 *   `sequenceError`.
 *
 * **Timings.** None. **Faults.** None of its own.
 *
 * **Invariants.** `ModeEnteredEvent` and `ModeExitedEvent` alternate, the first one entered.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import type { CommandMessage, StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import { Service } from "../service.ts";

type Mode = NonNullable<NonNullable<StatusTree["vendorMode"]>["service"]>;

/** Applications that may be registered at a time. */
export const APPLICATIONS_MAX = 16;

export function createVendorMode(surroundings: Surroundings): Device {
  return new VirtualVendorMode(surroundings);
}

class VirtualVendorMode implements Device {
  readonly name = "vendormode";
  readonly interfaces = ["VendorMode"] as const;
  readonly faults = [];
  readonly #service: Service;
  /** Registered applications, in the order they came. */
  readonly #applications = new Set<string>();
  #mode: Mode = "inactive";
  /** Acknowledges that are still waited for. */
  #waiting = 0;

  constructor(surroundings: Surroundings) {
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "VendorMode.Register": (request) => {
          const { appName } = request.payload;
          const full = this.#applications.size >= APPLICATIONS_MAX;
          if (full && !this.#applications.has(appName)) {
            return request.refuse("notEnoughSpace", `${APPLICATIONS_MAX} are registered already`);
          }
          this.#applications.add(appName);
          request.succeed();
        },
        "VendorMode.EnterModeRequest": (request) => {
          if (this.#mode !== "inactive") return request.refuse("sequenceError", this.#mode);
          request.succeed();
          this.#ask("enterPending");
        },
        "VendorMode.ExitModeRequest": (request) => {
          if (this.#mode !== "active") return request.refuse("sequenceError", this.#mode);
          request.succeed();
          this.#ask("exitPending");
        },
        "VendorMode.EnterModeAcknowledge": (request) => {
          if (this.#mode !== "enterPending") return request.refuse("sequenceError", this.#mode);
          request.succeed();
          this.#agreed();
        },
        "VendorMode.ExitModeAcknowledge": (request) => {
          if (this.#mode !== "exitPending") return request.refuse("sequenceError", this.#mode);
          request.succeed();
          this.#agreed();
        },
      },
      events: [
        "VendorMode.EnterModeRequestEvent",
        "VendorMode.ExitModeRequestEvent",
        "VendorMode.ModeEnteredEvent",
        "VendorMode.ModeExitedEvent",
      ],
      status: () => ({
        common: { device: "online" },
        vendorMode: { device: "online", service: this.#mode },
      }),
      capabilities: () => ({}),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    this.#service.fault(id, active);
  }

  /** A machine that starts again is in service, and knows nobody. */
  powerCut(): void {
    this.#service.drop();
    this.#applications.clear();
    this.#waiting = 0;
    this.#mode = "inactive";
    this.#service.changed();
  }

  state(): JsonObject {
    return { mode: this.#mode, applications: [...this.#applications], waiting: this.#waiting };
  }

  #ask(pending: "enterPending" | "exitPending"): void {
    this.#mode = pending;
    this.#waiting = this.#applications.size;
    this.#service.changed();
    const enter = pending === "enterPending";
    this.#service.unsolicited(
      enter ? "VendorMode.EnterModeRequestEvent" : "VendorMode.ExitModeRequestEvent",
      {},
    );
    if (this.#waiting === 0) this.#change();
  }

  #agreed(): void {
    this.#waiting--;
    if (this.#waiting === 0) this.#change();
  }

  #change(): void {
    const entered = this.#mode === "enterPending";
    this.#mode = entered ? "active" : "inactive";
    this.#service.changed();
    if (entered) return this.#service.unsolicited("VendorMode.ModeEnteredEvent", {});
    this.#service.unsolicited("VendorMode.ModeExitedEvent", {
      connectedApplications: [...this.#applications],
    });
  }
}
