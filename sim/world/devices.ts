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
  createLights,
  createPower,
  createPrinter,
  type Device,
  type Keyboard,
  PowerSupply,
  type Printer,
  type Profile,
  type Surroundings,
} from "../../devices/mod.ts";
import type { Tdea } from "../../core/pin/mod.ts";
import type { DeviceName } from "../../core/session/mod.ts";
import { PIN_KEY } from "./settings.ts";

/** Everything whose inside is recorded from the start, in the order it is first told. */
export const RECORDED = [
  "camera",
  "pinpad",
  "cashdispenser",
  "printer",
  "auxiliaries",
  "network",
] as const;

/** Everything that has an inside. */
export type Told = DeviceName | "lights" | "powermanagement" | "network";

/** Whether the core commands it; what lamps and power supply say is recorded, and no more. */
export function isCommanded(name: Told): name is DeviceName {
  return name !== "lights" && name !== "powermanagement" && name !== "network";
}

export interface MachineDevices {
  readonly camera: Omit<Camera, "shot" | "works">;
  readonly pinpad: Keyboard;
  readonly cashdispenser: CashDispenser;
  readonly printer: Printer;
  /** A machine that is somewhere else notices by itself what happens around it. */
  readonly auxiliaries: Omit<Auxiliaries, "notice"> & Partial<Pick<Auxiliaries, "notice">>;
  /** Services that the core commands nothing of; a machine of somebody else's need not have them. */
  readonly lights?: Device;
  readonly powermanagement?: Device;
}

/** The machine in process, with everything there is to reach in it. */
export interface LocalDevices extends MachineDevices {
  readonly camera: Camera;
  readonly auxiliaries: Auxiliaries;
}

/** What the devices share with the bank. */
export interface MachineKeys {
  /** Seals PIN blocks: AES-128, or of TDEA where that is given. */
  readonly pin_key: Uint8Array;
  /** The pad has TDEA too, for legacy PIN blocks; absent: AES alone. */
  readonly tdea?: Tdea | undefined;
  /** Of dispense tokens: HMAC-SHA256. */
  readonly token_key: Uint8Array;
}

export function createMachine(
  profile: Profile,
  surroundings: (device: DeviceName | "lights" | "powermanagement") => Surroundings,
  { pin_key, tdea, token_key }: MachineKeys,
  camera: CameraOptions,
): LocalDevices {
  const supply = new PowerSupply();
  const auxiliaries = createAuxiliaries(profile, surroundings("auxiliaries"), supply);
  return {
    camera: createCamera(profile, surroundings("camera"), {
      ...camera,
      light: (ambientLightSensor) => auxiliaries.notice({ ambientLightSensor }),
    }),
    pinpad: createKeyboard(profile, surroundings("pinpad"), {
      keys: { [PIN_KEY]: pin_key },
      ...(tdea === undefined ? {} : { tdea }),
      tampered: (on) => auxiliaries.notice({ internalTamperSensor: on ? "on" : "off" }),
    }),
    cashdispenser: createCashDispenser(profile, surroundings("cashdispenser"), { token_key }),
    printer: createPrinter(profile, surroundings("printer")),
    auxiliaries,
    lights: createLights(surroundings("lights")),
    powermanagement: createPower(surroundings("powermanagement"), supply),
  };
}
