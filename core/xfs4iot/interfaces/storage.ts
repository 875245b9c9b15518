/**
 * Storage: cassettes and bins, what they hold, and where their notes went.
 *
 * How many notes are in a unit is never sent: it is `initial + in − out`.
 *
 * @module
 */
import * as z from "zod";
import {
  cashCounts,
  replenishmentStatus,
  storageIn,
  storageOut,
  unitStatus,
} from "./cash_management.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { count, currency, flags, nothing, positive, unitName, unmodelled } from "./values.ts";

const types = flags(
  "cashIn",
  "cashOut",
  "replenishment",
  "cashInRetract",
  "cashOutRetract",
  "reject",
);
const items = flags(
  "fit",
  "unfit",
  "unrecognized",
  "counterfeit",
  "suspect",
  "inked",
  "coupon",
  "document",
);

const configuration = z.strictObject({
  types,
  items,
  currency,
  value: z.number(),
  highThreshold: positive,
  lowThreshold: positive,
  appLockIn: z.boolean(),
  appLockOut: z.boolean(),
  cashItems: z.array(z.string()),
  name: z.string(),
  maxRetracts: positive,
}).partial();

const cash = z.strictObject({
  capabilities: z.strictObject({
    types,
    items,
    hardwareSensors: z.boolean(),
    retractAreas: positive,
    retractThresholds: z.boolean(),
    cashItems: z.array(z.string()),
  }).partial(),
  configuration,
  status: z.strictObject({
    index: positive,
    initial: cashCounts,
    out: storageOut,
    in: storageIn,
    accuracy: z.enum(["accurate", "accurateSet", "inaccurate", "unknown"]),
    replenishmentStatus: replenishmentStatus,
    operationStatus: z.enum(["dispenseInoperative", "depositInoperative"]),
  }).partial(),
}).partial();

export const storageUnit = z.strictObject({
  id: z.string().regex(/^.{1,5}$/),
  positionName: z.string(),
  capacity: count,
  status: unitStatus,
  serialNumber: z.string(),
  cash,
  card: unmodelled,
  check: unmodelled,
  deposit: unmodelled,
  banknoteNeutralization: unmodelled,
  printer: z.strictObject({
    capabilities: z.strictObject({ maxRetracts: positive }).partial(),
    status: z.strictObject({
      index: positive,
      initial: count,
      in: count,
      replenishmentStatus: z.enum(["ok", "full", "unknown", "high"]),
    }).partial(),
  }).partial(),
}).partial();
export type StorageUnit = z.infer<typeof storageUnit>;

const units = z.record(unitName, storageUnit);
export type StorageUnits = z.infer<typeof units>;

/** What may be set of a unit: its configuration, and what was counted into it. */
const setStorageUnit = z.strictObject({
  cash: z.strictObject({
    configuration,
    status: z.strictObject({ initial: cashCounts }).partial(),
  }).partial(),
  card: unmodelled,
  check: unmodelled,
  deposit: unmodelled,
  printer: z.strictObject({ status: z.strictObject({ initial: count }).partial() }).partial(),
}).partial();

export const storageCommands = {
  "Storage.GetStorage": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.1",
      payload: z.strictObject({ storage: units }).partial(),
    },
  },
  "Storage.EndExchange": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["storageUnitError", "noExchangeActive"]) })
        .partial(),
    },
  },
  "Storage.SetStorage": {
    version: "2.1",
    payload: z.strictObject({ storage: z.record(unitName, setStorageUnit) }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["invalidUnit", "noExchangeActive", "storageUnitError"]),
      }).partial(),
    },
  },
  "Storage.StartExchange": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["storageUnitError", "exchangeActive", "transactionActive"]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const storageEvents = {
  "Storage.CountsChangedEvent": { type: "unsolicited", version: "2.0", payload: units },
  "Storage.StorageChangedEvent": { type: "unsolicited", version: "2.1", payload: units },
  "Storage.StorageThresholdEvent": { type: "unsolicited", version: "2.1", payload: units },
  "Storage.StorageErrorEvent": {
    type: "event",
    version: "2.1",
    payload: z.strictObject({
      failure: z.enum([
        "empty",
        "error",
        "full",
        "locked",
        "invalid",
        "config",
        "notConfigured",
        "feedModuleProblem",
        "physicalLocked",
        "physicalUnlocked",
      ]),
      unit: units,
    }).partial(),
  },
} as const satisfies EventTable;
