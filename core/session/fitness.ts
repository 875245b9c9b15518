/**
 * Is the machine fit to serve? What its services say of themselves, and what follows.
 *
 *   a part fails, or the machine is no place to stand ─► nobody new is served, somebody is called
 *   all is well again ─► welcome
 *
 * Whoever is being served is served to the end. Without a camera the machine stays open for the way that
 * needs no face.
 *
 * @module
 */
import { type DeviceMessage, isMessage, payloadOf, type StatusTree } from "../xfs4iot/mod.ts";
import { callOperator } from "./answers.ts";
import type { DeviceName } from "./effect.ts";
import { welcome } from "./ending.ts";
import type { Turn } from "./turn.ts";

/** Parts without which nobody can be served, and the one without which it goes another way. */
const NEEDED: readonly DeviceName[] = ["pinpad", "cashdispenser", "camera"];

/** What a device says of itself while it works; it may be busy. */
const WORKING: readonly string[] = ["online", "deviceBusy"];

/** What a sensor says when nobody should stand there; the battery is asked beside them. */
const UNFIT: Readonly<Record<string, readonly string[]>> = {
  tamperSensor: ["on"],
  internalTamperSensor: ["on"],
  seismicSensor: ["on"],
  heatSensor: ["on"],
  safeDoor: ["open", "tampered"],
  cabinetDoor: ["open", "tampered"],
  consumerDisplaySensor: ["displayError"],
};

/** Every sensor that is told of, and whether it says that. */
function hearSensors(turn: Turn, told: NonNullable<StatusTree["auxiliaries"]>): void {
  for (const [sensor, value] of Object.entries(told)) {
    const unfit = UNFIT[sensor];
    if (unfit !== undefined) turn.trouble(sensor, unfit.some((each) => each === value));
  }
  if (told.UPS !== undefined) turn.trouble("UPS", told.UPS.low === true);
}

/** A sensor or a keypad knows how it is at once. */
const STATUS_TIMEOUT_MS = 5_000;

/**
 * Asks every part how it is; {@linkcode hearStatus} hears the answers. A service tells what changes, so
 * whoever was not there to listen has to ask. The dispenser is asked by whoever looks for notes.
 */
export function askStatus(turn: Turn): void {
  for (const device of ["auxiliaries", "pinpad", "camera"] as const) {
    turn.device(device, "Common.Status", {}, STATUS_TIMEOUT_MS);
  }
}

/** What a message says of its service: because something changed, or because it was asked. */
export function statusIn(message: DeviceMessage): StatusTree | null {
  if (isMessage(message, "Common.StatusChangedEvent", "unsolicited")) {
    return payloadOf(message, "Common.StatusChangedEvent", "unsolicited");
  }
  if (isMessage(message, "Common.Status", "completion")) {
    return payloadOf(message, "Common.Status", "completion");
  }
  return null;
}

/** A keypad that is well again seals again. */
export function keypadWell(turn: Turn): void {
  turn.trouble("keypad_dead", false);
  turn.trouble("seal_broken", false);
}

/** Hears how a service is, whatever the session does. */
export function hearStatus(turn: Turn, device: DeviceName, message: DeviceMessage): void {
  const told = statusIn(message);
  if (told === null) return;
  const { common, auxiliaries } = told;
  const { troubles } = turn.machine;
  const before = turn.unfit;
  if (common?.device !== undefined && NEEDED.includes(device)) {
    const works = WORKING.includes(common.device);
    turn.trouble(device, !works);
    if (works && device === "pinpad") keypadWell(turn);
  }
  if (device === "auxiliaries" && auxiliaries !== undefined) hearSensors(turn, auxiliaries);
  if (turn.machine.troubles.join() === troubles.join()) return;
  if (turn.unfit && !before) callOperator(turn, "machine_unfit");
  const { session } = turn.machine;
  if (session.name === "idle") welcome(turn);
  if (session.name === "out_of_service" && session.interrupted === null && before) welcome(turn);
}
