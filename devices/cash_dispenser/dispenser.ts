/**
 * The dispenser as a device: its handlers by name, and its physical side. See `mod.ts`.
 *
 * @module
 */
import { assert } from "../../core/assert.ts";
import type { JsonObject } from "../../core/json.ts";
import { yuan } from "../../core/units.ts";
import type { CommandMessage } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Guard, type Handlers, Service } from "../service.ts";
import { Body, isOurPosition, POSITION } from "./body.ts";
import { count, getBankNoteTypes, getItemInfo, testCashUnits } from "./count.ts";
import { denominate, denominationOf, MIXES } from "./denominate.ts";
import { dispense } from "./dispense.ts";
import { allUnits, endExchange, setStorage, startExchange } from "./exchange.ts";
import { CASH_DISPENSER_FAULTS } from "./faults.ts";
import { operate, type OperatorDeed } from "./operator.ts";
import { yuanOf } from "./notes.ts";
import { NONCE_TIMEOUT_S, Permission } from "./permission.ts";
import { present, reject } from "./present.ts";
import { closeShutter, openShutter, reset, retract } from "./retract.ts";
import { struck } from "./struck.ts";

export interface CashDispenser extends Device {
  /** A customer takes notes that lie at the open shutter; returns how many yuan they came to. */
  take(howMany: "all" | number): number;
  /**
   * Power is gone for a moment: motion stops, nothing is answered, the notes stay where they are.
   */
  powerCut(): void;
  /** An operator's hand inside the safe; why it was not done, null when it was. */
  operate(deed: OperatorDeed): string | null;
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
      forgets: () => body.faults.has("D34"),
      cleared: (reasonDescription) =>
        this.#service.unsolicited("Common.NonceClearedEvent", { reasonDescription }),
    });
    const permission = this.#permission;
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: this.#handlers(),
      events: EVENTS,
      status: () => {
        const status = body.status();
        return { ...status, common: { ...status.common, endToEndSecurity: permission.status } };
      },
      stopped: () => body.settle(),
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
        cashManagement: {
          cashBox: false,
          exchangeType: { byHand: true },
          itemInfoTypes: { serialNumber: true },
          classificationList: false,
        },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage, client?: number): void {
    this.#service.receive(command, client);
  }

  /** The exchange that it began is over: nobody else knows that there is one to end. */
  left(client: number): void {
    if (this.#body.exchangeOf !== client) return;
    this.#body.exchangeOf = null;
    this.#body.settle();
  }

  fault(id: string, active: boolean): void {
    const body = this.#body;
    if (this.#service.fault(id, active)) return;
    if (!body.faults.set(id, active)) return;
    if (id === "D33" && active) {
      this.#service.abort("hardwareError", "the dispenser has lost its power");
      this.#permission.clear();
      body.losePower();
    }
    if (id === "D34" && active) this.#permission.lose();
    struck(body, id, active);
    body.settle();
  }

  operate(deed: OperatorDeed): string | null {
    const refused = operate(this.#body, deed);
    this.#body.settle();
    return refused;
  }

  take(howMany: "all" | number): number {
    const body = this.#body;
    const there = body.notes.at("position").length;
    const wanted = howMany === "all" ? there : Math.min(howMany, there);
    assert(Number.isInteger(wanted) && wanted >= 0, "a hand takes whole notes");
    if (body.shutter !== "open" || wanted === 0 || body.faults.has("D22")) return 0;
    const taken = body.notes.move("position", "customer", wanted);
    if (wanted === there && !body.faults.has("D32")) {
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

  #handlers(): Handlers {
    const body = this.#body;
    /** Without power of its own nothing is done. */
    const powered: Guard = (handler) => (request) =>
      body.faults.has("D33")
        ? request.refuse("deviceNotReady", "the dispenser has no power")
        : handler(request);
    return {
      "CashDispenser.GetMixTypes": getMixTypes,
      "CashDispenser.Denominate": powered((request) => getDenomination(body, request)),
      "CashDispenser.Dispense": powered((request) => dispense(body, request, this.#permission)),
      "CashDispenser.Present": powered((request) => present(body, request)),
      "CashDispenser.Reject": powered((request) => reject(body, request)),
      "CashDispenser.PrepareDispense": powered((request) => prepare(body, request)),
      "CashDispenser.TestCashUnits": powered((request) => testCashUnits(body, request)),
      "CashDispenser.Count": powered((request) => count(body, request)),
      "CashDispenser.GetPresentStatus": powered((request) =>
        getPresentStatus(body, request, this.#permission)
      ),
      "CashManagement.Retract": powered((request) => retract(body, request)),
      "CashManagement.Reset": powered((request) => reset(body, request)),
      "CashManagement.OpenShutter": powered((request) => openShutter(body, request)),
      "CashManagement.CloseShutter": powered((request) => closeShutter(body, request)),
      "CashManagement.GetItemInfo": powered((request) => getItemInfo(body, request)),
      "CashManagement.GetBankNoteTypes": getBankNoteTypes,
      "Storage.GetStorage": (request) => request.succeed({ storage: allUnits(body) }),
      "Storage.SetStorage": powered((request) => setStorage(body, request)),
      "Storage.StartExchange": powered((request) =>
        startExchange(body, request, this.#service.inTransaction)
      ),
      "Storage.EndExchange": powered((request) => endExchange(body, request)),
    };
  }
}

const EVENTS = [
  "CashDispenser.StartDispenseEvent",
  "CashDispenser.DelayedDispenseEvent",
  "CashDispenser.IncompleteDispenseEvent",
  "CashManagement.InfoAvailableEvent",
  "CashManagement.NoteErrorEvent",
  "CashManagement.IncompleteRetractEvent",
  "CashManagement.MediaDetectedEvent",
  "CashManagement.ItemsPresentedEvent",
  "CashManagement.ItemsTakenEvent",
  "CashManagement.ShutterStatusChangedEvent",
  "Storage.CountsChangedEvent",
  "Storage.StorageChangedEvent",
  "Storage.StorageThresholdEvent",
  "Storage.StorageErrorEvent",
] as const;

function getMixTypes(request: DeviceRequest<"CashDispenser.GetMixTypes">): void {
  request.succeed({
    mixes: Object.fromEntries(
      Object.entries(MIXES).map(([mix, { algorithm, name }]) =>
        [mix, { type: "algorithm", algorithm, name }] as const
      ),
    ),
  });
}

function getDenomination(body: Body, request: DeviceRequest<"CashDispenser.Denominate">): void {
  if (body.exchanging) return request.fail("exchangeActive");
  const bounds = { notes_max: body.maxNotes, currency: body.currency };
  const found = denominate(request.payload.request, body.choices(), bounds);
  if (found.ok) request.succeed({ result: denominationOf(found.yuan, found.counts) });
  else request.fail(found.error);
}

/** The motors run, or rest: they are up to speed by the time notes are picked either way. */
function prepare(body: Body, request: DeviceRequest<"CashDispenser.PrepareDispense">): void {
  if (body.exchanging) request.fail("exchangeActive");
  else request.succeed();
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
