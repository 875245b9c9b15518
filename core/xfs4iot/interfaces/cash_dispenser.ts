/**
 * CashDispenser: from a wish ("300 yuan") to notes at the shutter.
 *
 * @module
 */
import * as z from "zod";
import {
  itemTargetData,
  outputPosition,
  position,
  replenishmentStatus,
  storageInOut,
  unitStatus,
} from "./cash_management.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { count, currency, flags, nothing, positive, unitName } from "./values.ts";

/** Amounts by currency, in units of the currency (yuan, not fen), as the standard has them. */
const currencies = z.record(currency, z.number().min(0));
const noteCounts = z.record(unitName, count);
const cashBox = z.strictObject({ currencies: currencies.optional() });
const mix = z.string().regex(/^mix[0-9A-Za-z]+$/);
/** End-to-end security: a host-signed permission to dispense. */
const token = z.string().regex(
  new RegExp(
    "^(?=[!-~]{0,1024}$)NONCE=[0-9A-F]+,TOKENFORMAT=1,TOKENLENGTH=[0-9]{4}," +
      "(?:[A-Z0-9]+=[^,=]+?,)+HMACSHA256=[0-9A-F]{64}$",
  ),
);

/** What it came to: amounts by currency, notes by unit. */
const denomination = z.strictObject({ currencies, values: noteCounts, cashBox }).partial();
export type Denomination = z.infer<typeof denomination>;

/** Exactly one of: the application counts the notes (`app`), or the device does (`service`). */
const denominateRequest = z.strictObject({
  denomination: z.strictObject({
    app: z.strictObject({ currencies, counts: noteCounts, cashBox }).partial().optional(),
    service: z.strictObject({ currencies, partial: noteCounts, mix, cashBox }).partial().optional(),
  }).refine(
    (given) => (given.app === undefined) !== (given.service === undefined),
    "must have exactly one of app and service",
  ),
  tellerID: count.optional(),
});
export type DenominateRequest = z.infer<typeof denominateRequest>;

const denominateErrors = [
  "invalidCurrency",
  "invalidTellerID",
  "cashUnitError",
  "invalidDenomination",
  "invalidMixNumber",
  "noCurrencyMix",
  "notDispensable",
  "tooManyItems",
  "exchangeActive",
  "noCashBoxPresent",
  "amountNotInMixTable",
] as const;

export const cashDispenserStatus = z.strictObject({
  intermediateStacker: z.enum([
    "empty",
    "notEmpty",
    "notEmptyCustomer",
    "notEmptyUnknown",
    "unknown",
  ]),
  positions: z.array(
    z.strictObject({
      position: outputPosition,
      shutter: z.enum([
        "closed",
        "open",
        "jammedOpen",
        "jammedPartiallyOpen",
        "jammedClosed",
        "jammedUnknown",
        "unknown",
      ]),
      positionStatus: z.enum(["empty", "notEmpty", "unknown"]),
      transport: z.enum(["ok", "inoperative", "unknown"]),
      transportStatus: z.enum(["empty", "notEmpty", "notEmptyCustomer", "unknown"]),
    }).partial(),
  ),
}).partial();

const movements = ["present", "retract", "reject", "itemCassette", "cashIn"] as const;

export const cashDispenserCapabilities = z.strictObject({
  type: z.enum(["tellerBill", "selfServiceBill", "tellerCoin", "selfServiceCoin"]),
  maxDispenseItems: positive,
  shutterControl: z.boolean(),
  retractAreas: flags("retract", "transport", "stacker", "reject", "itemCassette", "cashIn"),
  retractTransportActions: flags(...movements),
  retractStackerActions: flags(...movements),
  intermediateStacker: z.boolean(),
  itemsTakenSensor: z.boolean(),
  positions: flags("left", "right", "center", "top", "bottom", "front", "rear"),
  moveItems: flags("fromCashUnit", "toCashUnit", "toTransport", "toStacker"),
}).partial();

/** A row of a mix table: how an amount is paid out. */
const mixRow = z.strictObject({
  amount: z.number(),
  mix: z.array(z.strictObject({ value: z.number(), count: positive }).partial()),
}).partial();

export const cashDispenserCommands = {
  "CashDispenser.GetMixTypes": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        mixes: z.record(
          mix,
          z.strictObject({
            type: z.enum(["individual", "algorithm", "table"]),
            algorithm: z.string().regex(/^[A-Za-z0-9]*$/),
            name: z.string(),
          }).partial(),
        ),
      }).partial(),
    },
  },
  "CashDispenser.Denominate": {
    version: "3.0",
    payload: z.strictObject({ request: denominateRequest }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(denominateErrors),
        result: denomination,
      }).partial(),
    },
  },
  "CashDispenser.Dispense": {
    version: "3.0",
    payload: z.strictObject({
      denomination: denominateRequest,
      position: outputPosition.optional(),
      /** Of any form: for one that is none there is `invalidTokenFormat`. */
      token: z.string().max(1024).optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum([
          ...denominateErrors,
          "unsupportedPosition",
          "safeDoorOpen",
          "itemsLeft",
          "shutterOpen",
        ]),
        denomination,
        bunches: z.string().regex(/^unknown$|^[0-9]*$/),
        storage: storageInOut,
      }).partial(),
    },
  },
  "CashDispenser.Present": {
    version: "2.0",
    payload: z.strictObject({ position: outputPosition.optional() }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "shutterNotOpen",
          "shutterOpen",
          "noItems",
          "exchangeActive",
          "presentErrorNoItems",
          "presentErrorItems",
          "presentErrorUnknown",
          "unsupportedPosition",
        ]),
        position: z.strictObject({
          position,
          additionalBunches: z.string().regex(/^unknown$|^[0-9]*$/),
        }).partial(),
      }).partial(),
    },
  },
  "CashDispenser.Reject": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["cashUnitError", "noItems", "exchangeActive"]),
      }).partial(),
    },
  },
  "CashDispenser.GetPresentStatus": {
    version: "2.0",
    payload: z.strictObject({
      position: outputPosition.optional(),
      nonce: z.string().regex(/^[0-9A-F]{32}$|^[0-9]*$/).optional(),
    }),
    completion: {
      version: "3.0",
      payload: z.strictObject({
        errorCode: z.enum(["unsupportedPosition"]),
        denomination,
        presentState: z.enum(["presented", "notPresented", "unknown"]),
        token,
      }).partial(),
    },
  },
  "CashDispenser.Count": {
    version: "2.0",
    payload: z.strictObject({ unit: unitName, position: outputPosition }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "cashUnitError",
          "unsupportedPosition",
          "safeDoorOpen",
          "exchangeActive",
        ]),
        countedCashUnits: z.record(
          z.string(),
          z.strictObject({
            dispensed: positive,
            counted: positive,
            replenishmentStatus,
            status: unitStatus,
          }).partial(),
        ),
      }).partial(),
    },
  },
  "CashDispenser.GetMixTable": {
    version: "2.0",
    payload: z.strictObject({ mix: z.string() }),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum(["invalidMix"]),
        mixNumber: positive,
        name: z.string(),
        mixRows: z.array(mixRow),
      }).partial(),
    },
  },
  "CashDispenser.PrepareDispense": {
    version: "2.0",
    payload: z.strictObject({ action: z.enum(["start", "stop"]) }),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["exchangeActive"]) }).partial(),
    },
  },
  "CashDispenser.SetMixTable": {
    version: "2.0",
    payload: z.strictObject({ mixNumber: positive, name: z.string(), mixRows: z.array(mixRow) })
      .partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["invalidMixNumber", "invalidMixTable"]) })
        .partial(),
    },
  },
  "CashDispenser.TestCashUnits": {
    version: "2.0",
    payload: z.strictObject({ target: itemTargetData }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({
        errorCode: z.enum([
          "cashUnitError",
          "unsupportedPosition",
          "shutterNotOpen",
          "shutterOpen",
          "invalidCashUnit",
          "exchangeActive",
          "presentErrorNoItems",
          "presentErrorItems",
          "presentErrorUnknown",
        ]),
      }).partial(),
    },
  },
} as const satisfies CommandTable;

export const cashDispenserEvents = {
  "CashDispenser.StartDispenseEvent": { type: "event", version: "2.0", payload: nothing },
  "CashDispenser.DelayedDispenseEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({ delay: z.number().min(0) }).partial(),
  },
  "CashDispenser.IncompleteDispenseEvent": {
    type: "event",
    version: "3.0",
    payload: denomination,
  },
} as const satisfies EventTable;
