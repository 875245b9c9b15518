/**
 * The dispenser as a device: its handlers by name, and its physical side. See `mod.ts`.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { JsonObject } from "../../core/json.ts";
import { yuan } from "../../core/units.ts";
import type { CommandMessage, StorageUnits } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { Service } from "../service.ts";
import { Body, isOurPosition, POSITION } from "./body.ts";
import { denominate, denominationOf, MINIMUM_BILLS } from "./denominate.ts";
import { dispense } from "./dispense.ts";
import { CASH_DISPENSER_FAULTS } from "./faults.ts";
import { yuanOf } from "./notes.ts";
import { NONCE_TIMEOUT_S, Permission } from "./permission.ts";
import { present, reject, reset, retract } from "./present.ts";

export interface CashDispenser extends Device {
  /** A customer takes notes that lie at the open shutter; returns how many yuan they came to. */
  take(howMany: "all" | number): number;
  /**
   * Power is gone for a moment: motion stops, nothing is answered, the notes stay where they are.
   */
  powerCut(): void;
}

export interface CashDispenserOptions {
  /** Shared with the bank, for the tokens of end-to-end security; absent: none is loaded. */
  readonly token_key?: Uint8Array;
}

export function createCashDispenser(
  profile: Profile,
  surroundings: Surroundings,
  options: CashDispenserOptions = {},
): CashDispenser {
  return new VirtualCashDispenser(profile, surroundings, options);
}

class VirtualCashDispenser implements CashDispenser {
  readonly name = "cashdispenser";
  readonly interfaces = ["CashDispenser", "CashManagement", "Storage"] as const;
  readonly faults = CASH_DISPENSER_FAULTS;
  readonly #body: Body;
  readonly #service: Service;
  readonly #permission: Permission;

  constructor(profile: Profile, surroundings: Surroundings, options: CashDispenserOptions) {
    const body = new Body(profile, surroundings, {
      unsolicited: (name, payload) => this.#service.unsolicited(name, payload),
      changed: () => this.#service.changed(),
    });
    this.#body = body;
    this.#permission = new Permission(surroundings, {
      required: profile.policies.dispense_tokens === "required",
      key: options.token_key ?? null,
      cleared: (reasonDescription) =>
        this.#service.unsolicited("Common.NonceClearedEvent", { reasonDescription }),
    });
    const permission = this.#permission;
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: {
        "CashDispenser.GetMixTypes": getMixTypes,
        "CashDispenser.Denominate": (request) => getDenomination(body, request),
        "CashDispenser.Dispense": (request) => dispense(body, request, permission),
        "CashDispenser.Present": (request) => present(body, request),
        "CashDispenser.Reject": (request) => reject(body, request),
        "CashDispenser.GetPresentStatus": (request) => getPresentStatus(body, request, permission),
        "CashManagement.Retract": (request) => retract(body, request),
        "CashManagement.Reset": (request) => reset(body, request),
        "Storage.GetStorage": (request) => getStorage(body, request),
      },
      events: [
        "CashDispenser.StartDispenseEvent",
        "CashDispenser.IncompleteDispenseEvent",
        "CashManagement.ItemsPresentedEvent",
        "CashManagement.ItemsTakenEvent",
        "CashManagement.ShutterStatusChangedEvent",
        "Storage.CountsChangedEvent",
        "Storage.StorageThresholdEvent",
        "Storage.StorageErrorEvent",
      ],
      status: () => ({
        ...body.status(),
        common: { ...body.status().common, endToEndSecurity: permission.status },
      }),
      nonce: { fresh: () => permission.newNonce(), clear: () => permission.clear() },
      capabilities: () => ({
        common: {
          endToEndSecurity: {
            required: permission.status === "notEnforced" ? "ifConfigured" : "always",
            hardwareSecurityElement: false,
            responseSecurityEnabled: "ifConfigured",
            commands: ["CashDispenser.Dispense"],
            commandNonceTimeout: NONCE_TIMEOUT_S,
          },
        },
        cashDispenser: {
          type: "selfServiceBill",
          maxDispenseItems: body.timings.max_notes,
          shutterControl: true,
          retractAreas: { retract: true, reject: true },
          intermediateStacker: true,
          itemsTakenSensor: true,
          positions: { center: true },
          moveItems: { fromCashUnit: true, toStacker: true },
        },
        cashManagement: { cashBox: false, classificationList: false },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    const body = this.#body;
    if (this.#service.fault(id, active)) return;
    if (!body.faults.set(id, active)) return;
    if (id === "D8" && !active) body.jammedUnit = null;
    if (id === "D17" && body.shutter === "closed") {
      this.#service.unsolicited("CashManagement.ShutterStatusChangedEvent", {
        position: POSITION,
        shutter: active ? "jammed" : "closed",
      });
    }
    body.settle();
  }

  take(howMany: "all" | number): number {
    const body = this.#body;
    const there = body.notes.at("position").length;
    const wanted = howMany === "all" ? there : Math.min(howMany, there);
    assert(Number.isInteger(wanted) && wanted >= 0, "a hand takes whole notes");
    if (body.shutter !== "open" || wanted === 0) return 0;
    const taken = body.notes.move("position", "customer", wanted);
    if (wanted === there) {
      this.#service.unsolicited("CashManagement.ItemsTakenEvent", {
        position: POSITION,
        additionalBunches: "0",
      });
      body.closeShutterSoon();
    }
    this.#service.changed();
    return yuanOf(taken);
  }

  powerCut(): void {
    this.#service.drop();
    this.#permission.clear();
    this.#body.losePower();
    this.#service.changed();
  }

  state(): JsonObject {
    return this.#body.state();
  }
}

function getMixTypes(request: DeviceRequest<"CashDispenser.GetMixTypes">): void {
  request.succeed({
    mixes: {
      [MINIMUM_BILLS]: { type: "algorithm", algorithm: "minimumBills", name: "Minimum bills" },
    },
  });
}

function getDenomination(body: Body, request: DeviceRequest<"CashDispenser.Denominate">): void {
  const found = denominate(request.payload.request, body.choices(), body.timings.max_notes);
  if (found.ok) request.succeed({ result: denominationOf(found.yuan, found.counts) });
  else request.fail(found.error);
}

/** A nonce that can be signed: the standard's pattern has no end, and allows none at all. */
const NONCE = /^[0-9A-F]{1,64}$/;

function getPresentStatus(
  body: Body,
  request: DeviceRequest<"CashDispenser.GetPresentStatus">,
  permission: Permission,
): void {
  if (!isOurPosition(request.payload.position)) return request.fail("unsupportedPosition");
  const { nonce } = request.payload;
  if (nonce !== undefined && !NONCE.test(nonce)) {
    return request.refuse("invalidData", "payload.nonce: not 1 to 64 digits");
  }
  const { presentState, dispensed: denomination, retracted } = body;
  // What is unknown is not signed: the token has only YES and NO for it.
  const token = presentState === "unknown" ? undefined : permission.report(nonce, {
    dispensed: yuan(denomination.currencies?.["CNY"] ?? 0),
    presented: presentState === "presented",
    retracted,
  });
  request.succeed({ presentState, denomination, ...(token === undefined ? {} : { token }) });
}

function getStorage(body: Body, request: DeviceRequest<"Storage.GetStorage">): void {
  const storage: StorageUnits = {};
  for (const unit of body.units.names) storage[unit] = body.units.unit(unit);
  request.succeed({ storage });
}
