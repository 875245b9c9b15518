/**
 * The virtual devices: the metal of the machine, and the XFS4IoT services it answers with.
 *
 *   core/session ──commands──► service (queue, timeouts, schemas) ──► handlers ──► parts
 *                ◄─completions, events──────────────────────────────────┘
 *
 * Every device is made as `createX(profile, surroundings, options)` and knows neither clock nor
 * thread: whoever makes it lends both. The link to the bank stands beside them and speaks no
 * XFS4IoT.
 *
 * @module
 */
export type { Device, FaultEntry, Surroundings, Timer } from "./device.ts";
export { GENERIC_FAULTS, TOLD_AGAIN_AFTER } from "./generic_faults.ts";
export { type Auxiliaries, AUXILIARIES_FAULTS, createAuxiliaries } from "./auxiliaries/mod.ts";
export { createLights, LIGHTS_FAULTS } from "./lights/mod.ts";
export { createPower, PowerSupply, SUPPLY_FAULTS } from "./power/mod.ts";
export {
  type Biometric,
  BIOMETRIC_FAULTS,
  type BiometricOptions,
  createBiometric,
  type FaceReader,
} from "./biometric/mod.ts";
export {
  type Camera,
  CAMERA_FAULTS,
  type CameraOptions,
  createCamera,
  type ExposureRecord,
  type Frame,
} from "./camera/service.ts";
export {
  CASH_DISPENSER_FAULTS,
  type CashDispenser,
  createCashDispenser,
  type OperatorDeed,
} from "./cash_dispenser/mod.ts";
export {
  Contacts,
  createKeyboard,
  type Keyboard,
  KEYBOARD_FAULTS,
  type KeyboardOptions,
} from "./keyboard/mod.ts";
export {
  createLineEnd,
  createLink,
  type Direction,
  type LineEnd,
  type Link,
  type LinkOptions,
  type LinkSurroundings,
  NETWORK_FAULTS,
} from "./network/mod.ts";
export { createPrinter, type Printer, PRINTER_FAULTS } from "./printer/mod.ts";
export { createVendorApplication, type VendorApplication } from "./vendor_application/mod.ts";
export { createVendorMode } from "./vendor_mode/mod.ts";
export { FaultSet } from "./fault_set.ts";
export { FLOWS, noteTypeOf, type Profile, profileSchema, sensorsOf } from "./profiles/mod.ts";
