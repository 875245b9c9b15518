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
 * - An application whose connection ends is registered no more: nobody waits for its acknowledge.
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
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";

type Acknowledge =
  | DeviceRequest<"VendorMode.EnterModeAcknowledge">
  | DeviceRequest<"VendorMode.ExitModeAcknowledge">;
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
  /** Registered applications, in the order they came, each with the client that it is. */
  readonly #applications = new Map<string, number>();
  #mode: Mode = "inactive";
  /** Clients whose acknowledge is still waited for: one for each of their applications. */
  #waiting: readonly number[] = [];

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
          this.#applications.set(appName, request.client);
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
          this.#acknowledge(request, "enterPending");
        },
        "VendorMode.ExitModeAcknowledge": (request) => {
          this.#acknowledge(request, "exitPending");
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

  receive(command: CommandMessage, client?: number): void {
    this.#service.receive(command, client);
  }

  /** An application that is connected no more is not asked, nor waited for. */
  left(client: number): void {
    for (const [appName, whose] of this.#applications) {
      if (whose === client) this.#applications.delete(appName);
    }
    if (!this.#waiting.includes(client)) return;
    this.#waiting = this.#waiting.filter((whose) => whose !== client);
    if (this.#waiting.length === 0) this.#change();
  }

  fault(id: string, active: boolean): void {
    this.#service.fault(id, active);
  }

  /** A machine that starts again is in service, and knows nobody. */
  powerCut(): void {
    this.#service.drop();
    this.#applications.clear();
    this.#waiting = [];
    this.#mode = "inactive";
    this.#service.changed();
  }

  state(): JsonObject {
    const applications = [...this.#applications.keys()];
    return { mode: this.#mode, applications, waiting: this.#waiting.length };
  }

  #ask(pending: "enterPending" | "exitPending"): void {
    this.#mode = pending;
    this.#waiting = [...this.#applications.values()];
    this.#service.changed();
    const enter = pending === "enterPending";
    this.#service.unsolicited(
      enter ? "VendorMode.EnterModeRequestEvent" : "VendorMode.ExitModeRequestEvent",
      {},
    );
    if (this.#waiting.length === 0) this.#change();
  }

  #acknowledge(request: Acknowledge, pending: Mode): void {
    if (this.#mode !== pending) return request.refuse("sequenceError", this.#mode);
    const at = this.#waiting.indexOf(request.client);
    if (at < 0) return request.refuse("sequenceError", "this application is not waited for");
    request.succeed();
    this.#waiting = this.#waiting.toSpliced(at, 1);
    if (this.#waiting.length === 0) this.#change();
  }

  #change(): void {
    const entered = this.#mode === "enterPending";
    this.#mode = entered ? "active" : "inactive";
    this.#service.changed();
    if (entered) return this.#service.unsolicited("VendorMode.ModeEnteredEvent", {});
    this.#service.unsolicited("VendorMode.ModeExitedEvent", {
      connectedApplications: [...this.#applications.keys()],
    });
  }
}
