/**
 * Auxiliaries: the sensors around the machine. What this twin has of them is in its status.
 *
 * @module
 */
import { z } from "zod";

export const auxiliariesStatus = z.strictObject({
  operatorSwitch: z.enum(["run", "maintenance", "supervisor"]),
  tamperSensor: z.enum(["on", "off"]),
  internalTamperSensor: z.enum(["on", "off"]),
  proximitySensor: z.enum(["present", "notPresent"]),
  ambientLightSensor: z.enum(["veryDark", "dark", "mediumLight", "light", "veryLight"]),
  safeDoor: z.enum(["closed", "open", "locked", "bolted", "tampered"]),
  cabinetDoor: z.enum(["closed", "open", "locked", "bolted", "tampered"]),
}).partial();

export const auxiliariesCapabilities = z.strictObject({
  tamperSensor: z.boolean(),
  internalTamperSensor: z.boolean(),
  proximitySensor: z.boolean(),
  ambientLightSensor: z.boolean(),
}).partial();
