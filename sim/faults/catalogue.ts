/** The fault catalogue, gathered from the devices themselves: what can be broken, by id. */
import {
  AUXILIARIES_FAULTS,
  BIOMETRIC_FAULTS,
  CAMERA_FAULTS,
  CASH_DISPENSER_FAULTS,
  type FaultEntry,
  GENERIC_FAULTS,
  KEYBOARD_FAULTS,
  LIGHTS_FAULTS,
  NETWORK_FAULTS,
  PRINTER_FAULTS,
  SUPPLY_FAULTS,
} from "../../devices/mod.ts";
import { CLOCK_FAULTS, FACE_FAULTS, PROGRAM_FAULTS, SERVICES_FAULTS } from "./around.ts";
import { POWER_FAULTS } from "./power.ts";

export interface CatalogueEntry extends FaultEntry {
  readonly device: string;
}

/** Stands for a device: the fault is any device's, and a plan says whose. */
export const EVERY_DEVICE = "every device";

/** The services that a run has, by the names under which a plan breaks them. */
export const BREAKABLE_DEVICES = [
  "camera",
  "pinpad",
  "cashdispenser",
  "printer",
  "auxiliaries",
  "powermanagement",
  "lights",
] as const;

const BY_DEVICE: Readonly<Record<string, readonly FaultEntry[]>> = {
  camera: CAMERA_FAULTS,
  biometric: BIOMETRIC_FAULTS,
  pinpad: KEYBOARD_FAULTS,
  cashdispenser: CASH_DISPENSER_FAULTS,
  printer: PRINTER_FAULTS,
  network: NETWORK_FAULTS,
  auxiliaries: AUXILIARIES_FAULTS,
  powermanagement: SUPPLY_FAULTS,
  lights: LIGHTS_FAULTS,
  power: POWER_FAULTS,
  clock: CLOCK_FAULTS,
  program: PROGRAM_FAULTS,
  services: SERVICES_FAULTS,
  face: FACE_FAULTS,
  [EVERY_DEVICE]: GENERIC_FAULTS,
};

export const FAULT_CATALOGUE: readonly CatalogueEntry[] = Object.entries(BY_DEVICE)
  .flatMap(([device, faults]) => faults.map((fault) => ({ ...fault, device })));
