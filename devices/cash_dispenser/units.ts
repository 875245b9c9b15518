/**
 * The cassettes and bins as XFS4IoT storage units: their counts, thresholds and state.
 *
 * Nothing is counted here twice: every number is read off where the notes are.
 *
 * @module
 */
import type { CashCounts, StorageUnit, StorageUnits } from "../../core/xfs4iot/mod.ts";
import { noteTypeOf, type Profile } from "../profiles/mod.ts";
import { byValue, type Notes, type Place } from "./notes.ts";

export type Replenishment = "ok" | "full" | "high" | "low" | "empty";

/** Why a cassette gives no notes though it has some; `ok`: it gives them. */
export type Condition =
  | "ok"
  | "seems_empty"
  | "missing"
  | "inoperative"
  | "manipulated"
  | "notConfigured"
  | "locked";

/** What the machine's metal adds to what the notes tell. */
export interface UnitTroubles {
  condition(unit: string): Condition;
  /** A sensor's word on a cassette or bin, whatever is in it. */
  level(unit: string): Replenishment | null;
  /** Notes that the counter of a cassette has counted and nobody picked. */
  drift(unit: string): number;
  accuracy(unit: string): "accurate" | "accurateSet" | "inaccurate";
}

/** What an application may set of a unit. */
interface Settings {
  low_below: number;
  high_above: number;
  locked: boolean;
  name?: string;
}

export class Units {
  readonly #profile: Profile;
  readonly #notes: Notes;
  readonly #troubles: UnitTroubles;
  readonly settings = new Map<string, Settings>();
  readonly cassettes: readonly string[];
  /** Cassettes and bins, in the order of their index. */
  readonly names: readonly string[];
  readonly #cassettes: ReadonlyMap<string, Profile["cassettes"][number]>;
  #retracts = 0;
  /** What was told last, each as a text of the figures it was made from. */
  #toldCounts = new Map<string, string>();
  #toldLevels = new Map<string, Replenishment>();
  #toldUnits = new Map<string, string>();

  constructor(profile: Profile, notes: Notes, troubles: UnitTroubles) {
    this.#profile = profile;
    this.#notes = notes;
    this.#troubles = troubles;
    const { cassettes, reject_bin, retract_bin } = profile;
    this.#cassettes = new Map(cassettes.map((cassette) => [cassette.unit, cassette]));
    this.cassettes = [...this.#cassettes.keys()];
    this.names = [...this.cassettes, reject_bin.unit, retract_bin.unit];
    for (const { unit, low_below } of cassettes) {
      this.settings.set(unit, { low_below, high_above: 0, locked: false });
    }
    for (const { unit, high_above } of [reject_bin, retract_bin]) {
      this.settings.set(unit, { low_below: 0, high_above, locked: false });
    }
    for (const name of this.names) {
      this.#toldCounts.set(name, this.#figuresOf(name));
      this.#toldLevels.set(name, this.replenishment(name));
      this.#toldUnits.set(name, this.#makingOf(name));
    }
  }

  binUnit(bin: "reject" | "retract"): string {
    return bin === "reject" ? this.#profile.reject_bin.unit : this.#profile.retract_bin.unit;
  }

  get retracts(): number {
    return this.#retracts;
  }

  countRetract(): void {
    this.#retracts++;
  }

  /** The retract bin was emptied. */
  forgetRetracts(): void {
    this.#retracts = 0;
  }

  condition(unit: string): Condition {
    return this.settings.get(unit)?.locked === true ? "locked" : this.#troubles.condition(unit);
  }

  /** Whether a note can be picked from this cassette. */
  usable(unit: string): boolean {
    return this.#notes.left(unit) > 0 && this.condition(unit) === "ok";
  }

  /** How many more notes go into the bin; into the retract bin, in one more retract operation. */
  room(bin: "reject" | "retract"): number {
    const { reject_bin, retract_bin } = this.#profile;
    if (this.#troubles.level(this.binUnit(bin)) === "full") return 0;
    if (bin === "reject") return reject_bin.capacity - this.#notes.at("reject").length;
    if (this.#retracts >= retract_bin.max_retracts) return 0;
    return retract_bin.capacity - this.#notes.at("retract").length;
  }

  hasRoom(bin: "reject" | "retract", more: number): boolean {
    return more <= this.room(bin);
  }

  replenishment(unit: string): Replenishment {
    const { reject_bin, retract_bin } = this.#profile;
    const seen = this.#troubles.level(unit);
    if (seen !== null) return seen;
    const { low_below = 0, high_above = 0 } = this.settings.get(unit) ?? {};
    const level = (notes: number, capacity: number) =>
      notes >= capacity ? "full" : notes > high_above ? "high" : "ok";
    if (unit === reject_bin.unit) {
      return level(this.#notes.at("reject").length, reject_bin.capacity);
    }
    if (unit === retract_bin.unit) {
      if (this.#retracts >= retract_bin.max_retracts) return "full";
      return level(this.#notes.at("retract").length, retract_bin.capacity);
    }
    const left = this.#notes.left(unit);
    if (left === 0 || this.condition(unit) === "seems_empty") return "empty";
    return left < low_below ? "low" : "ok";
  }

  /** All of a unit, as `Storage.GetStorage` tells it. */
  unit(name: string): StorageUnit {
    const index = this.names.indexOf(name) + 1;
    const cassette = this.#cassettes.get(name);
    const { reject_bin, retract_bin } = this.#profile;
    const bin = name === reject_bin.unit ? reject_bin : retract_bin;
    return {
      id: String(index),
      positionName: name,
      capacity: (cassette ?? bin).capacity,
      status: this.status(name),
      ...(cassette === undefined ? {} : { serialNumber: this.#label(name) }),
      cash: {
        capabilities: { types: this.#types(name), items: { fit: true }, hardwareSensors: true },
        configuration: this.#configuration(name),
        status: {
          index,
          ...this.#counts(name),
          initial: this.#initial(name),
          replenishmentStatus: this.replenishment(name),
          ...this.#working(name),
        },
      },
    };
  }

  /** Whether a unit's counts are to be believed, and what of it does not work. */
  #working(name: string) {
    const condition = this.condition(name);
    return {
      accuracy: condition === "seems_empty" ? "inaccurate" as const : this.#troubles.accuracy(name),
      ...(condition === "inoperative" ? { operationStatus: "dispenseInoperative" as const } : {}),
    };
  }

  /** Units whose counts are not as last told, with only those counts; null when all are. */
  countsChanged(): StorageUnits | null {
    return this.#changed(
      this.#toldCounts,
      (name) => this.#figuresOf(name),
      (name) => ({ cash: { status: this.#counts(name) } }),
    );
  }

  /** Units whose state or configuration is not as last told; null when all are. */
  unitsChanged(): StorageUnits | null {
    return this.#changed(
      this.#toldUnits,
      (name) => this.#makingOf(name),
      (name) => ({
        status: this.status(name),
        ...(this.#cassettes.has(name) ? { serialNumber: this.#label(name) } : {}),
        cash: {
          configuration: this.#configuration(name),
          status: { initial: this.#initial(name), ...this.#working(name) },
        },
      }),
    );
  }

  /** Units whose replenishment status is not as last told; null when all are. */
  thresholdsCrossed(): StorageUnits | null {
    let changed: StorageUnits | null = null;
    for (const name of this.names) {
      const replenishmentStatus = this.replenishment(name);
      if (this.#toldLevels.get(name) === replenishmentStatus) continue;
      this.#toldLevels.set(name, replenishmentStatus);
      (changed ??= {})[name] = { cash: { status: { replenishmentStatus } } };
    }
    return changed;
  }

  #changed(
    told: Map<string, string>,
    figures: (name: string) => string,
    of: (name: string) => StorageUnit,
  ): StorageUnits | null {
    let changed: StorageUnits | null = null;
    for (const name of this.names) {
      const now = figures(name);
      if (told.get(name) === now) continue;
      told.set(name, now);
      (changed ??= {})[name] = of(name);
    }
    return changed;
  }

  /** Everything that state, label and configuration of a unit are made from. */
  #makingOf(name: string): string {
    const { low_below, high_above, name: given } = this.settings.get(name) ?? {};
    const called = given === undefined ? "" : `"${given}"`;
    if (!this.#cassettes.has(name)) return `${this.status(name)} ${high_above} ${called}`;
    const { loads, initial } = this.#notes.counted(name);
    const locked = this.condition(name) === "locked";
    const { accuracy } = this.#working(name);
    return `${this.status(name)} ${accuracy} ${locked} ${low_below} ${loads} ${initial} ${called}`;
  }

  /** Everything that the counts of a unit are made from. */
  #figuresOf(name: string): string {
    if (!this.#cassettes.has(name)) return JSON.stringify(this.#counts(name));
    return Object.values(this.#whereabouts(name)).join(" ");
  }

  status(name: string): NonNullable<StorageUnit["status"]> {
    const condition = this.condition(name);
    return condition === "seems_empty" || condition === "locked" ? "ok" : condition;
  }

  /** What is written on a cassette; another count of what is in it is no other cassette. */
  #label(name: string): string {
    return `${name.toUpperCase()}-${this.#notes.counted(name).loads}`;
  }

  /** What was counted into a cassette when it was loaded; nothing into a bin. */
  #initial(name: string): CashCounts {
    const cassette = this.#cassettes.get(name);
    if (cassette === undefined) return {};
    return countOf(cassette.value_yuan, this.#notes.counted(name).initial);
  }

  #types(name: string) {
    if (this.#cassettes.has(name)) return { cashOut: true };
    return name === this.#profile.reject_bin.unit ? { reject: true } : { cashOutRetract: true };
  }

  #configuration(name: string): NonNullable<NonNullable<StorageUnit["cash"]>["configuration"]> {
    const cassette = this.#cassettes.get(name);
    const { low_below = 0, high_above = 0, name: given } = this.settings.get(name) ?? {};
    const types = this.#types(name);
    const called = given === undefined ? {} : { name: given };
    if (cassette === undefined) {
      const { retract_bin } = this.#profile;
      const retracts = name === retract_bin.unit ? { maxRetracts: retract_bin.max_retracts } : {};
      return { types, highThreshold: high_above, ...retracts, ...called };
    }
    return {
      types,
      items: { fit: true },
      currency: "CNY",
      value: cassette.value_yuan,
      lowThreshold: low_below,
      ...(this.condition(name) === "locked" ? { appLockOut: true } : {}),
      cashItems: [noteTypeOf(cassette.value_yuan)],
      ...called,
    };
  }

  /** Where the notes of a cassette went, or what came into a bin. */
  #counts(name: string) {
    const { reject_bin, retract_bin } = this.#profile;
    const notes = this.#notes;
    if (name === reject_bin.unit) return { in: { rejected: counts(byValue(notes.at("reject"))) } };
    if (name === retract_bin.unit) {
      const retracted = counts(byValue(notes.at("retract")));
      return { in: { retractOperations: this.#retracts, retracted } };
    }
    const { presented, back, elsewhere, stacked, transport } = this.#whereabouts(name);
    const value = this.#cassettes.get(name)?.value_yuan ?? 0;
    return {
      out: {
        presented: countOf(value, presented),
        rejected: countOf(value, back),
        distributed: countOf(value, elsewhere),
        unknown: {},
        stacked: countOf(value, stacked),
        diverted: {},
        transport: countOf(value, transport),
      },
    };
  }

  /** How many notes of a cassette's last load went where; all of them have its value. */
  #whereabouts(name: string) {
    const notes = this.#notes;
    // A note keeps counting as presented wherever it goes afterwards.
    const { picked, discarded, load } = notes.counted(name);
    const here = (place: Place) => {
      let count = 0;
      for (const note of notes.at(place)) {
        if (note.unit === name && note.load === load && !note.presented) count++;
      }
      return count;
    };
    const [stacked, transport] = [here("stacker"), here("transport")];
    const back = here("reject") + discarded.reject;
    const elsewhere = here("retract") + discarded.retract;
    const unseen = stacked + transport + back + elsewhere;
    const presented = picked - unseen + this.#troubles.drift(name);
    return { presented, back, elsewhere, stacked, transport };
  }
}

/**
 * `{ "100": 3 }` as the wire counts it: `{ typeCNY100: { fit: 3 } }`; what is not there is left
 * out.
 */
export function counts(byValue: Readonly<Record<string, number>>): CashCounts {
  const counts: CashCounts = {};
  for (const value in byValue) {
    const fit = byValue[value] ?? 0;
    if (fit > 0) counts[noteTypeOf(Number(value))] = { fit };
  }
  return counts;
}

/** The same for notes of one value. */
function countOf(value: number, fit: number): CashCounts {
  return fit > 0 ? { [noteTypeOf(value)]: { fit } } : {};
}
