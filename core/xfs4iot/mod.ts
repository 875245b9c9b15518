/** The language of the devices: XFS4IoT (CEN CWA 17852), 2024-3 generation. @module */
export { fromBase64, toBase64 } from "./base64.ts";
export * from "./envelope.ts";
export { type CameraName } from "./interfaces/camera.ts";
export { type DenominateRequest, type Denomination } from "./interfaces/cash_dispenser.ts";
export { type CashCounts, countNotes } from "./interfaces/cash_management.ts";
export type { EntryCompletion } from "./interfaces/keyboard.ts";
export { type StorageUnit, type StorageUnits } from "./interfaces/storage.ts";
export {
  type CapabilitiesTree,
  type DeviceHealth,
  type InterfaceName,
  type StatusTree,
} from "./interfaces/trees.ts";
export * from "./messages.ts";
export { knownPart, majorOf, readCommand, readDeviceMessage } from "./reading.ts";
export {
  type CommandName,
  type CommandPayload,
  commands,
  type CompletionPayload,
  type ErrorCode,
  type EventName,
  type EventPayload,
  events,
  findCommand,
  findEvent,
  type UnsolicitedName,
} from "./registry.ts";
export {
  type DispenseToken,
  makeDispenseToken,
  makePresentToken,
  readDispenseToken,
} from "./token.ts";
export { DIGIT_KEYS, type DigitKey } from "./keys.ts";
