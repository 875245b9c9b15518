/**
 * The two trees that every service answers with: how it is, and what it can.
 *
 * @module
 */
import * as z from "zod";
import { auxiliariesCapabilities, auxiliariesStatus } from "./auxiliaries.ts";
import { biometricCapabilities, biometricStatus } from "./biometric.ts";
import { cameraCapabilities, cameraStatus } from "./camera.ts";
import { cashDispenserCapabilities, cashDispenserStatus } from "./cash_dispenser.ts";
import { cashManagementCapabilities, cashManagementStatus } from "./cash_management.ts";
import { cryptoCapabilities } from "./crypto.ts";
import { keyManagementCapabilities, keyManagementStatus } from "./key_management_state.ts";
import { keyboardCapabilities, keyboardStatus } from "./keyboard.ts";
import { lightsCapabilities, lightsStatus } from "./lights.ts";
import { pinPadCapabilities } from "./pin_pad.ts";
import { powerManagementCapabilities, powerManagementStatus } from "./power_management.ts";
import { printerCapabilities, printerStatus } from "./printer.ts";
import { count, positive, unmodelled } from "./values.ts";
import { vendorApplicationCapabilities, vendorApplicationStatus } from "./vendor_application.ts";
import { vendorModeStatus } from "./vendor_mode.ts";

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

export const statusTree = z.strictObject({
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
  biometric: biometricStatus,
  camera: cameraStatus,
  lights: lightsStatus,
  banknoteNeutralization: unmodelled,
  auxiliaries: auxiliariesStatus,
  deposit: unmodelled,
  vendorMode: vendorModeStatus,
  vendorApplication: vendorApplicationStatus,
  powerManagement: powerManagementStatus,
}).partial();
export type StatusTree = z.infer<typeof statusTree>;

/** As they begin the names of their messages; some services out there send `cashDispenser`. */
const interfaceName = z.enum([
  "Common",
  "CardReader",
  "CashAcceptor",
  "CashDispenser",
  "CashManagement",
  "PinPad",
  "Crypto",
  "KeyManagement",
  "Keyboard",
  "TextTerminal",
  "Printer",
  "BarcodeReader",
  "Camera",
  "Lights",
  "Auxiliaries",
  "VendorMode",
  "VendorApplication",
  "Storage",
  "Biometric",
  "Check",
  "MixedMedia",
  "Deposit",
  "German",
  "BanknoteNeutralization",
  "PowerManagement",
]);
export type InterfaceName = z.infer<typeof interfaceName>;

const versions = z.record(z.string(), z.strictObject({ versions: z.array(z.string()) }));

export const capabilitiesTree = z.strictObject({
  interfaces: z.array(z.strictObject({
    name: interfaceName,
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
        firmware: z.array(
          z.strictObject({
            firmwareName: z.string(),
            firmwareVersion: z.string(),
            hardwareRevision: z.string(),
          }).partial(),
        ),
        software: z.array(
          z.strictObject({ softwareName: z.string(), softwareVersion: z.string() }).partial(),
        ),
      }).partial(),
    ),
    powerSaveControl: z.boolean(),
    antiFraudModule: z.boolean(),
    endToEndSecurity: z.strictObject({
      required: z.enum(["ifConfigured", "always"]),
      hardwareSecurityElement: z.boolean(),
      responseSecurityEnabled: z.enum(["ifConfigured", "always"]),
      commands: z.array(z.string().regex(/^[A-Za-z][A-Za-z0-9]*\.[A-Za-z][A-Za-z0-9]*$/)),
      commandNonceTimeout: count,
    }).partial(),
    persistentDataStore: z.strictObject({ capacity: positive }).partial(),
  }).partial(),
  cardReader: unmodelled,
  cashAcceptor: unmodelled,
  cashDispenser: cashDispenserCapabilities,
  cashManagement: cashManagementCapabilities,
  check: unmodelled,
  mixedMedia: unmodelled,
  pinPad: pinPadCapabilities,
  crypto: cryptoCapabilities,
  keyManagement: keyManagementCapabilities,
  keyboard: keyboardCapabilities,
  textTerminal: unmodelled,
  printer: printerCapabilities,
  barcodeReader: unmodelled,
  biometric: biometricCapabilities,
  camera: cameraCapabilities,
  german: unmodelled,
  lights: lightsCapabilities,
  banknoteNeutralization: unmodelled,
  auxiliaries: auxiliariesCapabilities,
  deposit: unmodelled,
  vendorApplication: vendorApplicationCapabilities,
  powerManagement: powerManagementCapabilities,
}).partial();
export type CapabilitiesTree = z.infer<typeof capabilitiesTree>;
