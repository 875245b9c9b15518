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
import { type Note, Notes } from "./notes.ts";
import { type Condition, type Replenishment, Units } from "./units.ts";

/** The one place where notes come out, by its own name. */
export const POSITION = "outCenter";

/** Whether a position of the wire is the one this dispenser has. */
export function isOurPosition(position: string | undefined): boolean {
  return position === undefined || position === "outDefault" || position === POSITION;
}

/** A cassette or bin as one sees it by opening the machine. */
type UnitState = { readonly replenishment: Replenishment; readonly status: string };

export class Body {
  readonly timings: Profile["dispenser"];
  readonly notes: Notes;
  readonly units: Units;
  readonly faults = new FaultSet(CASH_DISPENSER_FAULTS);
  readonly tell: Pick<Service, "unsolicited" | "changed">;
  /** What became of the last Dispense: survives loss of power. */
  presentState: "presented" | "notPresented" | "unknown" = "notPresented";
  dispensed: Denomination = {};
  /** Whether notes of the last Dispense that were presented came back into a bin, whichever it is. */
  retracted = false;
  /** Whether it was tried to put away what the last Dispense brought: what still lies there is stuck. */
  tidied = false;
  /** The cassette that fault D8 put out of use. */
  jammedUnit: string | null = null;
  /** Cassettes that an operator has pulled out, and bins that stand open. */
  readonly pulled = new Set<string>();
  /** Cassettes that were changed without an exchange. */
  readonly manipulated = new Set<string>();
  /** Cassettes whose counter is not to be believed, or was set by hand. */
  readonly accuracy = new Map<string, "accurateSet" | "inaccurate">();
  /** The client that has begun an exchange; null: nobody has. */
  exchangeOf: number | null = null;
  /** The door of the safe, by an operator's hand. */
  doorOpen = false;
  /** The notes that the last Dispense brought, for GetItemInfo. */
  brought: readonly Note[] = [];
  #leftOver = false;
  readonly #strikes = new Map<string, number>();
  readonly #profile: Profile;
  readonly #surroundings: Surroundings;
  #shutter: "open" | "closed" = "closed";
  #closing: Timer | null = null;
  #toldUnits: Readonly<Record<string, UnitState>> | null = null;

  constructor(
    profile: Profile,
    surroundings: Surroundings,
    tell: Pick<Service, "unsolicited" | "changed">,
  ) {
    this.#profile = profile;
    this.firstUnit = profile.cassettes[0]?.unit ?? "";
    this.#surroundings = surroundings;
    this.timings = profile.dispenser;
    this.tell = tell;
    this.notes = new Notes(profile.cassettes);
    this.units = new Units(profile, this.notes, {
      condition: (unit) => this.#condition(unit),
      level: (unit) => this.#level(unit),
      drift: (unit) => unit === this.firstUnit && this.faults.has("D31") ? 1 : 0,
      accuracy: (unit) => this.accuracy.get(unit) ?? "accurate",
    });
  }

  /** The one that a fault of a cassette strikes. */
  readonly firstUnit: string;

  valueOf(unit: string): number {
    return this.#profile.cassettes.find((each) => each.unit === unit)?.value_yuan ?? 0;
  }

  capacityOf(unit: string): number {
    return this.#profile.cassettes.find((each) => each.unit === unit)?.capacity ?? 0;
  }

  /** How many notes this cassette came with when the machine was set up. */
  loadOf(unit: string): number {
    return this.#profile.cassettes.find((each) => each.unit === unit)?.count ?? 0;
  }

  get exchanging(): boolean {
    return this.exchangeOf !== null || this.faults.has("D28");
  }

  get safeDoorOpen(): boolean {
    return this.doorOpen || this.faults.has("D27");
  }

  /** Notes that lie neither in a cassette or bin nor in a customer's hand. */
  get lying(): number {
    const { notes } = this;
    return notes.at("stacker").length + notes.at("transport").length + notes.at("position").length;
  }

  get maxNotes(): number {
    return this.faults.has("D29") ? 1 : this.timings.max_notes;
  }

  get currency(): string {
    return this.faults.has("D36") ? "XTS" : "CNY";
  }

  /** How often this fault has struck before: what comes in turn goes by it. */
  strike(id: string): number {
    const before = this.#strikes.get(id) ?? 0;
    this.#strikes.set(id, before + 1);
    return before;
  }

  /** The stacker counts rightly again: what it said of the cassettes is void. */
  forgiveCounts(): void {
    for (const [unit, accuracy] of this.accuracy) {
      if (accuracy === "inaccurate") this.accuracy.delete(unit);
    }
  }

  /** Under fault D14: a note of an earlier bunch was left in the transport, once. */
  leaveNote(): void {
    const unit = this.units.cassettes.find((each) => this.notes.left(each) > 0);
    if (this.#leftOver || unit === undefined) return;
    this.#leftOver = true;
    this.notes.pick(unit);
    this.settle();
  }

  forgetLeftOver(): void {
    this.#leftOver = false;
  }

  #condition(unit: string): Condition {
    if (this.pulled.has(unit)) return "missing";
    if (unit === this.jammedUnit) return "inoperative";
    if (this.manipulated.has(unit)) return "manipulated";
    if (unit !== this.firstUnit || this.faults.none) return "ok";
    if (this.faults.has("D1")) return "seems_empty";
    if (this.faults.has("D3")) return "missing";
    if (this.faults.has("D4")) return "inoperative";
    if (this.faults.has("D5")) return "manipulated";
    if (this.faults.has("D6")) return "notConfigured";
    return this.faults.has("D7") ? "locked" : "ok";
  }

  #level(unit: string): Replenishment | null {
    if (this.faults.none) return null;
    if (unit === this.firstUnit && this.faults.has("D2")) return "low";
    if (unit === this.#profile.reject_bin.unit && this.faults.has("D15")) return "full";
    return unit === this.#profile.retract_bin.unit && this.faults.has("D16") ? "full" : null;
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

  /** Moves the shutter, if it moves. */
  setShutter(shutter: "open" | "closed"): void {
    this.#closing?.cancel();
    this.#closing = null;
    const stuck = shutter === "closed" && (this.faults.has("D18") || this.faults.has("D20"));
    if (this.#shutter === shutter || stuck) return;
    this.#shutter = shutter;
    this.tellShutter();
  }

  tellShutter(): void {
    const jammed = this.shutterStatus.startsWith("jammed");
    this.tell.unsolicited("CashManagement.ShutterStatusChangedEvent", {
      position: POSITION,
      shutter: jammed ? "jammed" : this.#shutter,
    });
  }

  /** A fault pushes it where it is from now on. */
  forceShutter(shutter: "open" | "closed"): void {
    this.#shutter = shutter;
    this.tellShutter();
  }

  get shutterStatus() {
    if (this.#shutter === "closed") return this.faults.has("D17") ? "jammedClosed" : "closed";
    if (this.faults.has("D19")) return "jammedPartiallyOpen";
    return this.faults.has("D18") || this.faults.has("D20") ? "jammedOpen" : "open";
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
    this.exchangeOf = null; // whoever began it is not connected any more
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
    const units = this.units.unitsChanged();
    if (units !== null) this.tell.unsolicited("Storage.StorageChangedEvent", units);
    this.tell.changed();
  }

  status(): StatusTree {
    const { faults, notes } = this;
    const touched = notes.at("transport").some((note) => note.presented);
    const inTransport = notes.at("transport").length > 0;
    const usable = this.units.cassettes.filter((unit) => this.units.usable(unit)).length;
    const troubled = this.units.names.some((unit) => this.units.replenishment(unit) !== "ok") ||
      usable < this.units.cassettes.length;
    const stacked = notes.at("stacker").length > 0 ? "notEmpty" : "empty";
    const seen = notes.at("position").length > 0 || faults.has("D32");
    const jammed = faults.has("D12") || faults.has("D13");
    return {
      common: {
        device: faults.has("D33") ? "powerOff" : jammed ? "hardwareError" : "online",
        exchange: this.exchanging ? "active" : "inactive",
      },
      cashDispenser: {
        intermediateStacker: faults.has("D13") ? "unknown" : stacked,
        positions: [{
          position: POSITION,
          shutter: this.shutterStatus,
          positionStatus: seen ? "notEmpty" : "empty",
          transport: faults.has("D12") ? "inoperative" : "ok",
          transportStatus: touched ? "notEmptyCustomer" : inTransport ? "notEmpty" : "empty",
        }],
      },
      cashManagement: { dispenser: usable === 0 ? "stop" : troubled ? "attention" : "ok" },
    };
  }

  state(): JsonObject {
    return {
      shutter: this.#shutter,
      present_state: this.presentState,
      /** By place or cassette, by value in yuan: how many notes. Every note is in here once. */
      notes: this.notes.whereabouts(),
      units: this.#unitsNow(),
      retracts: this.units.retracts,
      exchange: this.exchangeOf !== null ? "active" : "inactive",
      safe_door: this.safeDoorOpen ? "open" : "closed",
      faults: this.faults.list(),
    };
  }

  /** How every unit is; what was told before, as long as nothing of it has changed. */
  #unitsNow(): Readonly<Record<string, UnitState>> {
    const { units } = this;
    const same = (name: string) => {
      const told = this.#toldUnits?.[name];
      return told?.replenishment === units.replenishment(name) &&
        told.status === units.status(name);
    };
    if (this.#toldUnits !== null && units.names.every(same)) return this.#toldUnits;
    this.#toldUnits = Object.fromEntries(
      units.names.map((name) =>
        [name, { replenishment: units.replenishment(name), status: units.status(name) }] as const
      ),
    );
    return this.#toldUnits;
  }
}
