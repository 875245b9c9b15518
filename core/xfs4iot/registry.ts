/**
 * Every XFS4IoT message this twin speaks, by name: the one place for versions and payload shapes.
 *
 * @module
 */
import type { z } from "zod";
import { auxiliariesCommands } from "./interfaces/auxiliaries.ts";
import { biometricCommands, biometricEvents } from "./interfaces/biometric.ts";
import { cameraCommands, cameraEvents } from "./interfaces/camera.ts";
import { cashDispenserCommands, cashDispenserEvents } from "./interfaces/cash_dispenser.ts";
import { cashItemsCommands, cashItemsEvents } from "./interfaces/cash_items.ts";
import { cashManagementCommands, cashManagementEvents } from "./interfaces/cash_management.ts";
import { commonCommands, commonEvents } from "./interfaces/common.ts";
import { cryptoCommands } from "./interfaces/crypto.ts";
import { keyCertificatesCommands, keyCertificatesEvents } from "./interfaces/key_certificates.ts";
import { keyManagementCommands, keyManagementEvents } from "./interfaces/key_management.ts";
import { keyboardCommands, keyboardEvents } from "./interfaces/keyboard.ts";
import { keyboardLayoutCommands, keyboardLayoutEvents } from "./interfaces/keyboard_layout.ts";
import { lightsCommands } from "./interfaces/lights.ts";
import { pinPadCommands } from "./interfaces/pin_pad.ts";
import { powerManagementCommands } from "./interfaces/power_management.ts";
import { printerCommands, printerEvents } from "./interfaces/printer.ts";
import { printerMediaCommands, printerMediaEvents } from "./interfaces/printer_media.ts";
import {
  servicePublisherCommands,
  servicePublisherEvents,
} from "./interfaces/service_publisher.ts";
import { storageCommands, storageEvents } from "./interfaces/storage.ts";
import {
  vendorApplicationCommands,
  vendorApplicationEvents,
} from "./interfaces/vendor_application.ts";
import { vendorModeCommands, vendorModeEvents } from "./interfaces/vendor_mode.ts";
import type { CommandEntry, EventEntry } from "./interfaces/interface.ts";

export const commands = {
  ...auxiliariesCommands,
  ...biometricCommands,
  ...cameraCommands,
  ...cashDispenserCommands,
  ...cashItemsCommands,
  ...cashManagementCommands,
  ...commonCommands,
  ...cryptoCommands,
  ...keyCertificatesCommands,
  ...keyManagementCommands,
  ...keyboardCommands,
  ...keyboardLayoutCommands,
  ...lightsCommands,
  ...pinPadCommands,
  ...powerManagementCommands,
  ...printerCommands,
  ...printerMediaCommands,
  ...servicePublisherCommands,
  ...storageCommands,
  ...vendorApplicationCommands,
  ...vendorModeCommands,
} as const;

export const events = {
  ...biometricEvents,
  ...cameraEvents,
  ...cashDispenserEvents,
  ...cashItemsEvents,
  ...cashManagementEvents,
  ...commonEvents,
  ...keyCertificatesEvents,
  ...keyManagementEvents,
  ...keyboardEvents,
  ...keyboardLayoutEvents,
  ...printerEvents,
  ...printerMediaEvents,
  ...servicePublisherEvents,
  ...storageEvents,
  ...vendorApplicationEvents,
  ...vendorModeEvents,
} as const;

export type CommandName = keyof typeof commands;
export type CommandPayload<N extends CommandName> = z.infer<(typeof commands)[N]["payload"]>;
export type CompletionPayload<N extends CommandName> = z.infer<
  (typeof commands)[N]["completion"]["payload"]
>;
/** What `payload.errorCode` of this command's completion may be. */
export type ErrorCode<N extends CommandName> = NonNullable<
  Extract<CompletionPayload<N>, { errorCode?: unknown }>["errorCode"]
>;

type NameOfType<T extends EventEntry["type"]> = {
  [N in keyof typeof events]: (typeof events)[N]["type"] extends T ? N : never;
}[keyof typeof events];

/** Events that belong to a command being carried out. */
export type EventName = NameOfType<"event">;
/** Events that belong to no command. */
export type UnsolicitedName = NameOfType<"unsolicited">;
export type EventPayload<N extends EventName | UnsolicitedName> = z.infer<
  (typeof events)[N]["payload"]
>;

const commandsByName: ReadonlyMap<string, CommandEntry> = new Map(Object.entries(commands));
const eventsByName: ReadonlyMap<string, EventEntry> = new Map(Object.entries(events));

/** The entry of a command by a name from outside; undefined when this twin does not know it. */
export function findCommand(name: string): CommandEntry | undefined {
  return commandsByName.get(name);
}

export function findEvent(name: string): EventEntry | undefined {
  return eventsByName.get(name);
}
