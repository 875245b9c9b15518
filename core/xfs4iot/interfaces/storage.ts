/**
 * Storage: cassettes and bins, what they hold, and where their notes went.
 *
 * How many notes are in a unit is never sent: it is `initial + in − out`.
 *
 * @module
 */
import { z } from "zod";
import { cashCounts, storageIn, storageOut } from "./cash_management.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { count, currency, flags, nothing, positive, unitName } from "./values.ts";

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

const cash = z.strictObject({
  capabilities: z.strictObject({
    types,
    items,
    hardwareSensors: z.boolean(),
    retractAreas: positive,
    retractThresholds: z.boolean(),
    cashItems: z.array(z.string()),
  }).partial(),
  configuration: z.strictObject({
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
  }).partial(),
  status: z.strictObject({
    index: positive,
    initial: cashCounts,
    out: storageOut,
    in: storageIn,
    accuracy: z.enum(["accurate", "accurateSet", "inaccurate", "unknown"]),
    replenishmentStatus: z.enum(["ok", "full", "high", "low", "empty"]),
    operationStatus: z.enum(["dispenseInoperative", "depositInoperative"]),
  }).partial(),
}).partial();

export const storageUnit = z.strictObject({
  id: z.string().regex(/^.{1,5}$/),
  positionName: z.string(),
  capacity: count,
  status: z.enum(["ok", "inoperative", "missing", "notConfigured", "manipulated"]),
  serialNumber: z.string(),
  cash,
}).partial();
export type StorageUnit = z.infer<typeof storageUnit>;

const units = z.record(unitName, storageUnit);
export type StorageUnits = z.infer<typeof units>;

export const storageCommands = {
  "Storage.GetStorage": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.1",
      payload: z.strictObject({ storage: units }).partial(),
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
