/**
 * PowerManagement: mains and battery.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable } from "./interface.ts";
import { count, flags, nothing } from "./values.ts";

export const powerManagementCapabilities = flags("powerSaveControl", "batteryRechargeable");

const powerInfo = z.strictObject({
  powerInStatus: z.enum(["powering", "noPower"]),
  powerOutStatus: z.enum(["powering", "noPower"]),
  batteryStatus: z.enum(["full", "low", "operational", "critical", "failure"]),
  batteryChargingStatus: z.enum(["charging", "discharging", "notCharging"]),
}).partial();

export const powerManagementStatus = z.strictObject({
  info: powerInfo,
  powerSaveRecoveryTime: count,
}).partial();

export const powerManagementCommands = {
  "PowerManagement.PowerSaveControl": {
    version: "1.0",
    payload: z.strictObject({ maxPowerSaveRecoveryTime: count }),
    completion: { version: "2.0", payload: nothing },
  },
} as const satisfies CommandTable;
