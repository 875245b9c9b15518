/**
 * Common: what every service answers, whatever device stands behind it.
 *
 * @module
 */
import { z } from "zod";
import { auxiliariesCapabilities, auxiliariesStatus } from "./auxiliaries.ts";
import { cameraCapabilities, cameraStatus } from "./camera.ts";
import { cashDispenserCapabilities, cashDispenserStatus } from "./cash_dispenser.ts";
import { cashManagementCapabilities, cashManagementStatus } from "./cash_management.ts";
import type { CommandTable, EventTable } from "./interface.ts";
import { keyboardCapabilities, keyboardStatus } from "./keyboard.ts";
import { keyManagementStatus, pinPadCapabilities } from "./pin_pad.ts";
import { printerCapabilities, printerStatus } from "./printer.ts";
import { count, nothing, positive, unmodelled } from "./values.ts";

const device = z.enum([
  "online",
  "offline",
  "powerOff",
  "noDevice",
  "hardwareError",
  "userError",
  "deviceBusy",
  "fraudAttempt",
  "potentialFraud",
  "starting",
]);
export type DeviceHealth = z.infer<typeof device>;

const common = z.strictObject({
  device,
  devicePosition: z.enum(["inPosition", "notInPosition", "unknown"]),
  powerSaveRecoveryTime: count,
  antiFraudModule: z.enum(["ok", "inoperable", "deviceDetected", "unknown"]),
  exchange: z.enum(["active", "inactive"]),
  endToEndSecurity: z.enum(["notEnforced", "notConfigured", "enforced"]),
  persistentDataStore: z.strictObject({ remaining: count.optional() }),
}).partial();

const statusTree = z.strictObject({
  common,
  cardReader: unmodelled,
  cashAcceptor: unmodelled,
  cashDispenser: cashDispenserStatus,
  cashManagement: cashManagementStatus,
  check: unmodelled,
  mixedMedia: unmodelled,
  keyManagement: keyManagementStatus,
  keyboard: keyboardStatus,
  textTerminal: unmodelled,
  printer: printerStatus,
  barcodeReader: unmodelled,
  biometric: unmodelled,
  camera: cameraStatus,
  lights: unmodelled,
  banknoteNeutralization: unmodelled,
  auxiliaries: auxiliariesStatus,
  deposit: unmodelled,
  vendorMode: unmodelled,
  vendorApplication: unmodelled,
  powerManagement: unmodelled,
}).partial();
export type StatusTree = z.infer<typeof statusTree>;

const versions = z.record(z.string(), z.strictObject({ versions: z.array(z.string()) }));

const capabilitiesTree = z.strictObject({
  interfaces: z.array(z.strictObject({
    /** Spelled as the standard's enum (`CashDispenser`); some services send `cashDispenser`. */
    name: z.string().regex(/^[A-Za-z]+$/),
    commands: versions.optional(),
    events: versions.optional(),
    maximumRequests: count.optional(),
  })),
  common: z.strictObject({
    serviceVersion: z.string(),
    deviceInformation: z.array(
      z.strictObject({
        modelName: z.string(),
        serialNumber: z.string(),
        revisionNumber: z.string(),
        modelDescription: z.string(),
      }).partial(),
    ),
    powerSaveControl: z.boolean(),
    antiFraudModule: z.boolean(),
  }).partial(),
  cardReader: unmodelled,
  cashAcceptor: unmodelled,
  cashDispenser: cashDispenserCapabilities,
  cashManagement: cashManagementCapabilities,
  check: unmodelled,
  mixedMedia: unmodelled,
  pinPad: pinPadCapabilities,
  crypto: unmodelled,
  keyManagement: unmodelled,
  keyboard: keyboardCapabilities,
  textTerminal: unmodelled,
  printer: printerCapabilities,
  barcodeReader: unmodelled,
  biometric: unmodelled,
  camera: cameraCapabilities,
  german: unmodelled,
  lights: unmodelled,
  banknoteNeutralization: unmodelled,
  auxiliaries: auxiliariesCapabilities,
  deposit: unmodelled,
  vendorApplication: unmodelled,
  powerManagement: unmodelled,
}).partial();
export type CapabilitiesTree = z.infer<typeof capabilitiesTree>;

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
} as const satisfies EventTable;
