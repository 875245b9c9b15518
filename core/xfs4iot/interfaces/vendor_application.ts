/**
 * VendorApplication: the manufacturer's own maintenance program.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { flags, nothing } from "./values.ts";

export const vendorApplicationCapabilities = z.strictObject({
  supportedAccessLevels: flags("basic", "intermediate", "full"),
}).partial();

export const vendorApplicationStatus = z.strictObject({
  accessLevel: z.enum(["notActive", "basic", "intermediate", "full"]),
}).partial();

export const vendorApplicationCommands = {
  "VendorApplication.GetActiveInterface": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ activeInterface: z.enum(["consumer", "operator"]) }).partial(),
    },
  },
  "VendorApplication.SetActiveInterface": {
    version: "2.0",
    payload: z.strictObject({ activeInterface: z.enum(["consumer", "operator"]) }),
    completion: { version: "2.0", payload: nothing },
  },
  "VendorApplication.StartLocalApplication": {
    version: "2.0",
    payload: z.strictObject({
      appName: z.string(),
      accessLevel: z.enum(["basic", "intermediate", "full"]),
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const vendorApplicationEvents = {
  "VendorApplication.InterfaceChangedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ activeInterface: z.enum(["consumer", "operator"]) }).partial(),
  },
  "VendorApplication.VendorAppExitedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: nothing,
  },
} as const satisfies EventTable;
