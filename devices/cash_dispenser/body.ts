/**
 * The dispenser's metal: notes, units, shutter, and what is broken. Moves only when told to.
 *
 * @module
 */
import type { JsonObject } from "../../core/json.ts";
import { milliseconds } from "../../core/units.ts";
import type { Denomination, StatusTree } from "../../core/xfs4iot/mod.ts";
import type { Surroundings, Timer } from "../device.ts";
import { FaultSet } from "../fault_set.ts";
import type { Profile } from "../profiles/mod.ts";
import type { Service } from "../service.ts";
import type { Choice } from "./denominate.ts";
import { CASH_DISPENSER_FAULTS } from "./faults.ts";
import { Notes } from "./notes.ts";
import { Units } from "./units.ts";

/** The one place where notes come out, by its own name. */
export const POSITION = "outCenter";

/** Whether a position of the wire is the one this dispenser has. */
export function isOurPosition(position: string | undefined): boolean {
  return position === undefined || position === "outDefault" || position === POSITION;
}

export class Body {
  readonly timings: Profile["dispenser"];
  readonly notes: Notes;
  readonly units: Units;
  readonly faults = new FaultSet(CASH_DISPENSER_FAULTS);
  readonly tell: Pick<Service, "unsolicited" | "changed">;
  /** What became of the last Dispense: survives loss of power. */
  presentState: "presented" | "notPresented" | "unknown" = "notPresented";
  dispensed: Denomination = {};
  /** Whether notes of the last Dispense came back into the retract bin. */
  retracted = false;
  /** The cassette that fault D8 put out of use. */
  jammedUnit: string | null = null;
  readonly #profile: Profile;
  readonly #surroundings: Surroundings;
  #shutter: "open" | "closed" = "closed";
  #closing: Timer | null = null;

  constructor(
    profile: Profile,
    surroundings: Surroundings,
    tell: Pick<Service, "unsolicited" | "changed">,
  ) {
    this.#profile = profile;
    this.#surroundings = surroundings;
    this.timings = profile.dispenser;
    this.tell = tell;
    this.notes = new Notes(profile.cassettes);
    const first = profile.cassettes[0]?.unit;
    this.units = new Units(profile, this.notes, {
      seemsEmpty: (unit) => unit === first && this.faults.has("D1"),
      inoperative: (unit) => unit === this.jammedUnit,
    });
  }

  get shutter(): "open" | "closed" {
    return this.#shutter;
  }

  choices(): readonly Choice[] {
    return this.#profile.cassettes.map(({ unit, value_yuan }) => ({
      unit,
      value_yuan,
      left: this.notes.left(unit),
      usable: this.units.usable(unit),
    }));
  }

  setShutter(shutter: "open" | "closed"): void {
    this.#closing?.cancel();
    this.#closing = null;
    if (this.#shutter === shutter) return;
    this.#shutter = shutter;
    this.tell.unsolicited("CashManagement.ShutterStatusChangedEvent", {
      position: POSITION,
      shutter: shutter === "closed" && this.faults.has("D17") ? "jammed" : shutter,
    });
  }

  /** Lets the shutter close by itself, as it does when nothing lies in it any more. */
  closeShutterSoon(): void {
    this.#closing = this.#surroundings.after(milliseconds(this.timings.shutter_ms), () => {
      this.setShutter("closed");
      this.tell.changed();
    });
  }

  /** Power is gone: an empty shutter falls shut, one with notes in it stays as it is. */
  losePower(): void {
    this.#closing?.cancel();
    this.#closing = null;
    if (this.notes.at("position").length === 0) this.#shutter = "closed";
  }

  /**
   * Notes moved in the middle of a command: to be seen, but not told to the client note by note.
   */
  moved(): void {
    this.#surroundings.changed();
  }

  /** Tells of every count and threshold that is not as it was; then that something changed. */
  settle(): void {
    const counts = this.units.countsChanged();
    if (counts !== null) this.tell.unsolicited("Storage.CountsChangedEvent", counts);
    const levels = this.units.thresholdsCrossed();
    if (levels !== null) this.tell.unsolicited("Storage.StorageThresholdEvent", levels);
    this.tell.changed();
  }

  status(): StatusTree {
    const touched = this.notes.at("transport").some((note) => note.presented);
    const inTransport = this.notes.at("transport").length > 0;
    const usable = this.#profile.cassettes.filter(({ unit }) => this.units.usable(unit)).length;
    const troubled = this.units.names.some((unit) => this.units.replenishment(unit) !== "ok") ||
      usable < this.#profile.cassettes.length;
    return {
      common: { device: this.faults.has("D12") ? "hardwareError" : "online" },
      cashDispenser: {
        intermediateStacker: this.notes.at("stacker").length > 0 ? "notEmpty" : "empty",
        positions: [{
          position: POSITION,
          shutter: this.#shutter === "closed" && this.faults.has("D17")
            ? "jammedClosed"
            : this.#shutter,
          positionStatus: this.notes.at("position").length > 0 ? "notEmpty" : "empty",
          transport: this.faults.has("D12") ? "inoperative" : "ok",
          transportStatus: touched ? "notEmptyCustomer" : inTransport ? "notEmpty" : "empty",
        }],
      },
      cashManagement: { dispenser: usable === 0 ? "stop" : troubled ? "attention" : "ok" },
    };
  }

  state(): JsonObject {
    const units = this.units.names.map((unit) =>
      [unit, {
        replenishment: this.units.replenishment(unit),
        status: unit === this.jammedUnit ? "inoperative" : "ok",
      }] as const
    );
    return {
      shutter: this.#shutter,
      present_state: this.presentState,
      /** By place or cassette, by value in yuan: how many notes. Every note is in here once. */
      notes: this.notes.whereabouts(),
      units: Object.fromEntries(units),
      retracts: this.units.retracts,
      faults: [...this.faults.list()],
    };
  }
}
