/**
 * What the sensors say, and what they say while something happens to the machine.
 *
 * @module
 */
import type { StatusTree } from "../../core/xfs4iot/mod.ts";
import type { FaultEntry } from "../device.ts";

export type AuxiliariesStatus = NonNullable<StatusTree["auxiliaries"]>;

export const AUXILIARIES_FAULTS = [
  {
    id: "E5",
    does: "Somebody attacks the machine: blows, heat, a tool in the housing",
    wire: "tamperSensor, seismicSensor and heatSensor on; Common.ErrorEvent fraudAttempt",
  },
  {
    id: "E6",
    does: "The doors stand open, the safe was forced, the shield before the screen is jammed",
    wire: "cabinetDoor open, safeDoor tampered, vandalShield jammed",
  },
  {
    id: "E7",
    does: "Somebody turns the operator switch to supervisor, whatever a customer is doing",
    wire: "operatorSwitch supervisor",
  },
  {
    id: "E8",
    does: "The screen in front of the customer fails",
    wire: "consumerDisplaySensor displayError",
  },
  {
    id: "E9",
    does: "The machine's store is full",
    wire: "persistentDataStore remaining 0; SetAutoStartupTime notEnoughSpace",
  },
] as const satisfies readonly FaultEntry[];

export type AuxiliariesFaultId = (typeof AUXILIARIES_FAULTS)[number]["id"];

/** An ordinary day: everything shut, nobody there. */
export const QUIET = {
  operatorSwitch: "run",
  tamperSensor: "off",
  internalTamperSensor: "off",
  seismicSensor: "off",
  heatSensor: "off",
  proximitySensor: "notPresent",
  ambientLightSensor: "mediumLight",
  consumerDisplaySensor: "on",
  cabinetDoor: "locked",
  safeDoor: "bolted",
  vandalShield: "open",
  openClosedIndicator: "open",
  audibleAlarm: "off",
  volume: 500,
} as const satisfies AuxiliariesStatus;

/** What is told instead while a fault is on. */
export const SHOWN: { readonly [Id in AuxiliariesFaultId]: AuxiliariesStatus } = {
  E5: { tamperSensor: "on", seismicSensor: "on", heatSensor: "on" },
  E6: { cabinetDoor: "open", safeDoor: "tampered", vandalShield: "jammed" },
  E7: { operatorSwitch: "supervisor" },
  E8: { consumerDisplaySensor: "displayError" },
  E9: {},
};

/** Names under which `Register` knows what the status calls otherwise. */
export const REGISTERED_AS: Readonly<Record<string, keyof AuxiliariesStatus>> = {
  ups: "UPS",
  openCloseIndicator: "openClosedIndicator",
};
