/** The fault catalogue, gathered from the devices themselves: what can be broken, by id. */
import {
  AUXILIARIES_FAULTS,
  CAMERA_FAULTS,
  CASH_DISPENSER_FAULTS,
  type FaultEntry,
  GENERIC_FAULTS,
  KEYBOARD_FAULTS,
  NETWORK_FAULTS,
  PRINTER_FAULTS,
} from "../../devices/mod.ts";
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
] as const;

const BY_DEVICE: Readonly<Record<string, readonly FaultEntry[]>> = {
  camera: CAMERA_FAULTS,
  pinpad: KEYBOARD_FAULTS,
  cashdispenser: CASH_DISPENSER_FAULTS,
  printer: PRINTER_FAULTS,
  network: NETWORK_FAULTS,
  auxiliaries: AUXILIARIES_FAULTS,
  power: POWER_FAULTS,
  [EVERY_DEVICE]: GENERIC_FAULTS,
};

export const FAULT_CATALOGUE: readonly CatalogueEntry[] = Object.entries(BY_DEVICE)
  .flatMap(([device, faults]) => faults.map((fault) => ({ ...fault, device })));
