/**
 * Common: what every service answers, whatever device stands behind it.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { capabilitiesTree, statusTree } from "./trees.ts";
import { count, nothing, positive } from "./values.ts";

const transactionState = z.enum(["active", "inactive"]);

/** By message name, the major version the client will speak and expects to hear. */
const majors = z.record(z.string(), positive);

export const commonCommands = {
  "Common.Status": {
    version: "2.0",
    payload: nothing,
    completion: { version: "3.0", payload: statusTree },
  },
  "Common.Capabilities": {
    version: "2.0",
    payload: nothing,
    completion: { version: "3.0", payload: capabilitiesTree },
  },
  "Common.Cancel": {
    version: "2.0",
    /** Absent: every request of this client. */
    payload: z.strictObject({ requestIds: z.array(positive).optional() }),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["noMatchingRequestIDs"]) }).partial(),
    },
  },
  "Common.ClearCommandNonce": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "Common.GetCommandNonce": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ commandNonce: z.string().regex(/^[0-9A-F]{32}$|^[0-9]*$/) })
        .partial(),
    },
  },
  "Common.GetTransactionState": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ state: transactionState, transactionID: z.string() })
        .partial(),
    },
  },
  "Common.PowerSaveControl": {
    version: "2.0",
    payload: z.strictObject({ maxPowerSaveRecoveryTime: count }),
    completion: { version: "2.0", payload: nothing },
  },
  "Common.SetTransactionState": {
    version: "2.0",
    payload: z.strictObject({
      state: transactionState,
      transactionID: z.string().optional(),
    }),
    completion: { version: "2.0", payload: nothing },
  },
  "Common.SetVersions": {
    version: "2.0",
    payload: z.strictObject({
      commands: majors,
      events: majors,
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const commonEvents = {
  "Common.StatusChangedEvent": { type: "unsolicited", version: "3.0", payload: statusTree },
  "Common.ErrorEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({
      eventId: z.enum(["hardware", "software", "user", "fraudAttempt"]),
      action: z.enum([
        "reset",
        "softwareError",
        "configuration",
        "clear",
        "maintenance",
        "suspend",
      ]),
      vendorDescription: z.string(),
    }).partial(),
  },
  "Common.NonceClearedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ reasonDescription: z.string() }).partial(),
  },
} as const satisfies EventTable;
