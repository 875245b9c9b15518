/**
 * VendorMode: an application takes the machine out of service for maintenance, and asks the others first.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { nothing } from "./values.ts";

export const vendorModeStatus = z.strictObject({
  device: z.enum(["online", "offline"]),
  service: z.enum(["enterPending", "active", "exitPending", "inactive"]),
}).partial();

export const vendorModeCommands = {
  "VendorMode.EnterModeAcknowledge": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "VendorMode.EnterModeRequest": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "VendorMode.ExitModeAcknowledge": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "VendorMode.ExitModeRequest": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "VendorMode.Register": {
    version: "2.0",
    payload: z.strictObject({ appName: z.string() }),
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;

export const vendorModeEvents = {
  "VendorMode.EnterModeRequestEvent": { type: "unsolicited", version: "2.0", payload: nothing },
  "VendorMode.ExitModeRequestEvent": { type: "unsolicited", version: "2.0", payload: nothing },
  "VendorMode.ModeEnteredEvent": { type: "unsolicited", version: "2.0", payload: nothing },
  "VendorMode.ModeExitedEvent": {
    type: "unsolicited",
    version: "2.0",
    payload: z.strictObject({ connectedApplications: z.array(z.string()) }).partial(),
  },
} as const satisfies EventTable;
