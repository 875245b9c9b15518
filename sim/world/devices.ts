/** The machine of a run: every device of the profile, each with its own chance and its own voice. */
import {
  type Auxiliaries,
  type Camera,
  type CameraOptions,
  type CashDispenser,
  createAuxiliaries,
  createCamera,
  createCashDispenser,
  createKeyboard,
  createPrinter,
  type Keyboard,
  type Printer,
  type Profile,
  type Surroundings,
} from "../../devices/mod.ts";
import type { DeviceName } from "../../core/session/mod.ts";
import { PIN_KEY } from "./settings.ts";

export interface MachineDevices {
  readonly camera: Camera;
  readonly pinpad: Keyboard;
  readonly cashdispenser: CashDispenser;
  readonly printer: Printer;
  readonly auxiliaries: Auxiliaries;
}

export function createMachine(
  profile: Profile,
  surroundings: (device: DeviceName) => Surroundings,
  pin_key: Uint8Array,
  camera: CameraOptions,
  token_key: Uint8Array,
): MachineDevices {
  return {
    camera: createCamera(profile, surroundings("camera"), camera),
    pinpad: createKeyboard(profile, surroundings("pinpad"), { keys: { [PIN_KEY]: pin_key } }),
    cashdispenser: createCashDispenser(profile, surroundings("cashdispenser"), { token_key }),
    printer: createPrinter(profile, surroundings("printer")),
    auxiliaries: createAuxiliaries(profile, surroundings("auxiliaries")),
  };
}
