/**
 * Every XFS4IoT message this twin speaks, by name: the one place for versions and payload shapes.
 *
 * @module
 */
import type { z } from "zod";
import { cameraCommands } from "./interfaces/camera.ts";
import { cashDispenserCommands, cashDispenserEvents } from "./interfaces/cash_dispenser.ts";
import { cashManagementCommands, cashManagementEvents } from "./interfaces/cash_management.ts";
import { commonCommands, commonEvents } from "./interfaces/common.ts";
import type { CommandEntry, EventEntry } from "./interfaces/interface.ts";
import { keyboardCommands, keyboardEvents } from "./interfaces/keyboard.ts";
import { keyManagementEvents, pinPadCommands } from "./interfaces/pin_pad.ts";
import { printerCommands, printerEvents } from "./interfaces/printer.ts";
import { storageCommands, storageEvents } from "./interfaces/storage.ts";

export const commands = {
  ...commonCommands,
  ...cameraCommands,
  ...keyboardCommands,
  ...pinPadCommands,
  ...cashDispenserCommands,
  ...cashManagementCommands,
  ...storageCommands,
  ...printerCommands,
} as const;

export const events = {
  ...commonEvents,
  ...keyboardEvents,
  ...keyManagementEvents,
  ...cashDispenserEvents,
  ...cashManagementEvents,
  ...storageEvents,
  ...printerEvents,
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
