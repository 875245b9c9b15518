/**
 * CashManagement beyond the notes on their way: note types, serial numbers, lists of suspects, tellers,
 * the shutter by itself.
 *
 * @module
 */
import * as z from "zod";
import { itemTargetData, position } from "./cash_management.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { base64, count, currency, flags, noteType, nothing, positive, unitName } from "./values.ts";

const cashItem = z.strictObject({ noteID: positive, currency, value: z.number(), release: count })
  .partial();

const bankNote = z.strictObject({ cashItem, enabled: z.boolean() }).partial();

const classificationElement = z.strictObject({
  serialNumber: z.string(),
  currency,
  value: z.number(),
  level: z.enum(["unrecognized", "counterfeit", "suspect", "fit", "unfit", "inked"]),
}).partial();

const itemInfo = z.strictObject({
  noteType,
  orientation: z.enum(["frontTop", "frontBottom", "backTop", "backBottom", "unknown"]),
  signature: base64,
  level: z.enum(["unrecognized", "counterfeit", "suspect", "fit", "unfit", "inked"]),
  serialNumber: z.string(),
  image: base64,
  onClassificationList: z.enum([
    "onClassificationList",
    "notOnClassificationList",
    "classificationListUnknown",
  ]),
  itemLocation: z.string().regex(
    /^customer$|^unknown$|^stacker$|^output$|^transport$|^deviceUnknown$|^unit[0-9A-Za-z]+$/,
  ),
}).partial();

const noteLevel = z.enum(["unrecognized", "counterfeit", "suspect", "fit", "unfit", "inked"]);

const tellerTotals = z.strictObject({
  itemsReceived: z.number(),
  itemsDispensed: z.number(),
  coinsReceived: z.number(),
  coinsDispensed: z.number(),
  cashBoxReceived: z.number(),
  cashBoxDispensed: z.number(),
}).partial();

const tellerDetails = z.strictObject({
  tellerID: count,
  inputPosition: z.enum([
    "inDefault",
    "inLeft",
    "inRight",
    "inCenter",
    "inTop",
    "inBottom",
    "inFront",
    "inRear",
  ]),
  outputPosition: z.enum([
    "outDefault",
    "outLeft",
    "outRight",
    "outCenter",
    "outTop",
    "outBottom",
    "outFront",
    "outRear",
  ]),
  tellerTotals: z.record(z.string(), tellerTotals),
}).partial();

export const cashItemsCommands = {
  "CashManagement.CalibrateCashUnit": {
    version: "2.0",
    payload: z.strictObject({ unit: unitName, numOfBills: positive, position: itemTargetData })
      .partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "cashUnitError",
          "unsupportedPosition",
          "exchangeActive",
          "invalidCashUnit",
        ]),
        result: z.strictObject({ unit: unitName, numOfBills: count, position: itemTargetData })
          .partial(),
      }).partial(),
    },
  },
  "CashManagement.CloseShutter": {
    version: "2.0",
    payload: z.strictObject({ position }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "unsupportedPosition",
          "shutterClosed",
          "exchangeActive",
          "shutterNotClosed",
          "tooManyItems",
          "foreignItemsDetected",
        ]),
      }).partial(),
    },
  },
  "CashManagement.GetBankNoteTypes": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ items: z.record(z.string(), bankNote) }).partial(),
    },
  },
  "CashManagement.GetClassificationList": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        version: z.string(),
        classificationElements: z.array(classificationElement),
      }).partial(),
    },
  },
  "CashManagement.GetItemInfo": {
    version: "2.0",
    payload: z.strictObject({
      items: z.strictObject({ level: noteLevel, index: count }).partial(),
      itemInfoType: flags("serialNumber", "signature", "image"),
    }).partial(),
    completion: {
      version: "3.0",
      payload: z.strictObject({ itemsList: z.array(itemInfo) }).partial(),
    },
  },
  "CashManagement.GetTellerInfo": {
    version: "2.0",
    payload: z.strictObject({ tellerID: count, currency }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["invalidCurrency", "invalidTellerId"]),
        tellerDetails: z.array(tellerDetails),
      }).partial(),
    },
  },
  "CashManagement.OpenShutter": {
    version: "2.0",
    payload: z.strictObject({ position }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "unsupportedPosition",
          "shutterNotOpen",
          "shutterOpen",
          "exchangeActive",
          "foreignItemsDetected",
        ]),
      }).partial(),
    },
  },
  "CashManagement.SetClassificationList": {
    version: "2.0",
    payload: z.strictObject({
      version: z.string(),
      classificationElements: z.array(classificationElement),
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "CashManagement.SetTellerInfo": {
    version: "2.0",
    payload: z.strictObject({ action: z.enum(["create", "modify", "delete"]), tellerDetails })
      .partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "invalidCurrency",
          "invalidTellerId",
          "unsupportedPosition",
          "exchangeActive",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const cashItemsEvents = {
  "CashManagement.InfoAvailableEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({
      itemInfoSummary: z.array(
        z.strictObject({ level: noteLevel, numOfItems: positive }).partial(),
      ),
    }).partial(),
  },
  "CashManagement.ItemsInsertedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ position }).partial(),
  },
  "CashManagement.TellerInfoChangedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ tellerID: count }).partial(),
  },
} as const satisfies EventTable;
