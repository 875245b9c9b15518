/**
 * Lights: what guides a hand to the slot.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable } from "./interface.ts";
import { flags } from "./values.ts";

const light = z.enum([
  "cardReader",
  "pinPad",
  "notesDispenser",
  "coinDispenser",
  "receiptPrinter",
  "passbookPrinter",
  "envelopeDepository",
  "checkUnit",
  "billAcceptor",
  "envelopeDispenser",
  "documentPrinter",
  "coinAcceptor",
  "scanner",
  "contactless",
  "cardReader2",
  "notesDispenser2",
  "billAcceptor2",
  "statusGood",
  "statusWarning",
  "statusBad",
  "statusSupervisor",
  "statusInService",
  "fasciaLight",
]);

const positionCaps = z.strictObject({
  flashRate: flags("off", "slow", "medium", "quick", "continuous"),
  color: flags("red", "green", "yellow", "blue", "cyan", "magenta", "white"),
  direction: flags("entry", "exit"),
}).partial();

export const lightsCapabilities = z.strictObject({
  individualFlashRates: z.boolean(),
  lights: z.partialRecord(light, z.record(z.string(), positionCaps)),
}).partial();

export const positionStatus = z.strictObject({
  flashRate: z.enum(["off", "slow", "medium", "quick", "continuous"]),
  color: z.enum(["red", "green", "yellow", "blue", "cyan", "magenta", "white"]),
  direction: z.enum(["entry", "exit"]),
}).partial();

/** By light, by where on it: `default` where a light has one place only. */
export const lightsStatus = z.partialRecord(light, z.record(z.string(), positionStatus));

export const lightsCommands = {
  "Lights.SetLight": {
    version: "3.0",
    payload: lightsStatus,
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["invalidLight", "lightError"]) }).partial(),
    },
  },
} as const satisfies CommandTable;
