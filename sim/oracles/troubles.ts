/** What keeps the machine from serving, by what its services say of themselves and nobody else. */
import { at, type LineOf } from "./oracle.ts";

const WORKS: readonly unknown[] = ["online", "deviceBusy"];

/** What a sensor says when all is well. */
const WELL: Readonly<Record<string, readonly unknown[]>> = {
  tamperSensor: ["off"],
  internalTamperSensor: ["off"],
  seismicSensor: ["off"],
  heatSensor: ["off"],
  safeDoor: ["closed", "locked", "bolted"],
  cabinetDoor: ["closed", "locked", "bolted"],
  consumerDisplaySensor: ["on"],
};

/** Devices without which nobody is served. */
const NEEDED: readonly string[] = ["pinpad", "cashdispenser"];

/** A keypad that went wrong is so until it says otherwise, whatever it said before. */
const OF_KEYPAD: readonly unknown[] = ["keypad_dead", "seal_broken"];

/** The troubles of one run, as its lines tell of them one after another. */
export class Troubles {
  readonly #now = new Set<string>();

  get any(): boolean {
    return this.#now.size > 0;
  }

  onJournal({ entry }: LineOf<"journal">): void {
    if (entry.line === "operator_called" && OF_KEYPAD.includes(entry.detail)) {
      this.#now.add("pinpad");
    }
  }

  onXfs({ device, from, message }: LineOf<"xfs">): void {
    if (from !== "device") return;
    const name = at(message, "header", "name");
    if (name !== "Common.StatusChangedEvent" && name !== "Common.Status") return;
    const payload = at(message, "payload");
    const works = at(payload, "common", "device");
    if (works !== undefined && NEEDED.includes(device)) this.#say(device, WORKS.includes(works));
    for (const [sensor, values] of Object.entries(WELL)) {
      const told = at(payload, "auxiliaries", sensor);
      if (told !== undefined) this.#say(sensor, values.includes(told));
    }
    const supply = at(payload, "auxiliaries", "UPS");
    if (supply !== undefined) this.#say("UPS", at(supply, "low") !== true);
  }

  #say(name: string, well: boolean): void {
    if (well) this.#now.delete(name);
    else this.#now.add(name);
  }
}
