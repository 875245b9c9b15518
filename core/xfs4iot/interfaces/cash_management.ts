/**
 * CashManagement: notes that come back, the shutter, and the counts every cash unit keeps.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { count, flags, noteType, positive, unitName } from "./values.ts";

export const outputPosition = z.enum([
  "outDefault",
  "outLeft",
  "outRight",
  "outCenter",
  "outTop",
  "outBottom",
  "outFront",
  "outRear",
]);

export const position = z.enum([
  "inDefault",
  "inLeft",
  "inRight",
  "inCenter",
  "inTop",
  "inBottom",
  "inFront",
  "inRear",
  ...outputPosition.options,
]);

/** Where notes go, or were found. */
export const itemTargetData = z.strictObject({
  target: z.enum([
    "singleUnit",
    "retract",
    "transport",
    "stacker",
    "reject",
    "itemCassette",
    "cashIn",
    ...outputPosition.options,
  ]),
  unit: unitName,
  index: positive,
}).partial();

export const replenishmentStatus = z.enum(["ok", "full", "high", "low", "empty"]);
export const unitStatus = z.enum(["ok", "inoperative", "missing", "notConfigured", "manipulated"]);

const levels = ["fit", "unfit", "suspect", "counterfeit", "inked"] as const;
const countByLevel = z.partialRecord(z.enum(levels), count);

/** Notes by type: `{ typeCNY100: { fit: 3 } }`. What could not be recognised is a bare number. */
export const cashCounts = z.record(
  z.union([noteType, z.literal("unrecognized")]),
  z.union([countByLevel, count]),
).refine(
  (counts) =>
    Object.entries(counts).every(([type, of]) =>
      (type === "unrecognized") === (typeof of === "number")
    ),
  "only unrecognized is a bare number",
);
export type CashCounts = z.infer<typeof cashCounts>;

/** How many notes of whatever type and level these counts come to. */
export function countNotes(counts: CashCounts | undefined): number {
  let total = 0;
  for (const ofType of Object.values(counts ?? {})) {
    if (typeof ofType === "number") total += ofType;
    else for (const level of levels) total += ofType[level] ?? 0;
  }
  return total;
}

export const storageIn = z.strictObject({
  retractOperations: count,
  deposited: cashCounts,
  retracted: cashCounts,
  rejected: cashCounts,
  distributed: cashCounts,
  transport: cashCounts,
}).partial();

export const storageOut = z.strictObject({
  presented: cashCounts,
  rejected: cashCounts,
  distributed: cashCounts,
  unknown: cashCounts,
  stacked: cashCounts,
  diverted: cashCounts,
  transport: cashCounts,
}).partial();

export const storageInOut = z.strictObject({
  in: z.record(unitName, storageIn),
  out: z.record(unitName, storageOut),
}).partial();

export const cashManagementStatus = z.strictObject({
  dispenser: z.enum(["ok", "attention", "stop", "unknown"]),
  acceptor: z.enum(["ok", "attention", "stop", "unknown"]),
}).partial();

export const cashManagementCapabilities = z.strictObject({
  cashBox: z.boolean(),
  exchangeType: flags("byHand"),
  itemInfoTypes: flags("serialNumber", "signature", "image"),
  classificationList: z.boolean(),
  classifications: flags("unrecognized", "counterfeit", "suspect", "inked", "fit", "unfit"),
}).partial();

const comesBack = {
  storage: z.record(unitName, storageIn),
  transport: cashCounts,
  stacker: cashCounts,
};

export const cashManagementCommands = {
  "CashManagement.Retract": {
    version: "2.0",
    payload: z.strictObject({
      location: z.strictObject({
        outputPosition,
        retractArea: z.enum([
          "retract",
          "transport",
          "stacker",
          "reject",
          "itemCassette",
          "cashIn",
        ]),
        index: positive,
      }).partial().refine(
        (location) => location.outputPosition === undefined || location.retractArea === undefined,
        "must not have both outputPosition and retractArea",
      ).optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "cashUnitError",
          "noItems",
          "exchangeActive",
          "shutterNotClosed",
          "itemsTaken",
          "invalidRetractPosition",
          "notRetractArea",
          "foreignItemsDetected",
          "positionNotEmpty",
          "incompleteRetract",
        ]),
        ...comesBack,
      }).partial(),
    },
  },
  "CashManagement.Reset": {
    version: "2.0",
    payload: z.strictObject({
      position: itemTargetData.optional(),
    }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "cashUnitError",
          "unsupportedPosition",
          "invalidCashUnit",
          "invalidRetractPosition",
          "notRetractArea",
          "positionNotEmpty",
          "foreignItemsDetected",
          "incompleteRetract",
        ]),
        ...comesBack,
      }).partial(),
    },
  },
} as const satisfies CommandTable;

const bunchAtPosition = z.strictObject({
  position,
  additionalBunches: z.string().regex(/^unknown$|^[0-9]*$/),
}).partial();

export const cashManagementEvents = {
  "CashManagement.ItemsPresentedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: bunchAtPosition,
  },
  "CashManagement.ItemsTakenEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: bunchAtPosition,
  },
  "CashManagement.ShutterStatusChangedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({
      position,
      shutter: z.enum(["closed", "open", "jammed", "unknown"]),
    }).partial(),
  },
  "CashManagement.NoteErrorEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      reason: z.enum([
        "doubleNote",
        "longNote",
        "skewedNote",
        "incorrectCount",
        "notesTooClose",
        "otherNoteError",
        "shortNote",
      ]),
    }).partial(),
  },
  "CashManagement.IncompleteRetractEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      itemNumberList: z.record(unitName, storageIn),
      reason: z.enum([
        "retractFailure",
        "retractAreaFull",
        "foreignItemsDetected",
        "invalidBunch",
      ]),
    }).partial(),
  },
  "CashManagement.MediaDetectedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: itemTargetData,
  },
} as const satisfies EventTable;
