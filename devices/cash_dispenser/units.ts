/**
 * The cassettes and bins as XFS4IoT storage units: their counts, thresholds and state.
 *
 * Nothing is counted here twice: every number is read off where the notes are.
 *
 * @module
 */
import { canonicalJson } from "../../core/json.ts";
import type { CashCounts, StorageUnit, StorageUnits } from "../../core/xfs4iot/mod.ts";
import { noteTypeOf, type Profile } from "../profiles/mod.ts";
import { byValue, type Note, type Notes } from "./notes.ts";

export type Replenishment = "ok" | "full" | "high" | "low" | "empty";

/** What is wrong with a cassette beyond what its notes tell. */
export interface UnitTroubles {
  /** Says that it is empty, though its counter does not. */
  seemsEmpty(unit: string): boolean;
  inoperative(unit: string): boolean;
}

export class Units {
  readonly #profile: Profile;
  readonly #notes: Notes;
  readonly #troubles: UnitTroubles;
  #retracts = 0;
  #toldCounts = new Map<string, string>();
  #toldLevels = new Map<string, Replenishment>();

  constructor(profile: Profile, notes: Notes, troubles: UnitTroubles) {
    this.#profile = profile;
    this.#notes = notes;
    this.#troubles = troubles;
    this.countsChanged();
    this.thresholdsCrossed();
  }

  get names(): readonly string[] {
    const { cassettes, reject_bin, retract_bin } = this.#profile;
    return [...cassettes.map((cassette) => cassette.unit), reject_bin.unit, retract_bin.unit];
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

  /** Whether a note can be picked from this cassette. */
  usable(unit: string): boolean {
    return this.#notes.left(unit) > 0 && !this.#troubles.seemsEmpty(unit) &&
      !this.#troubles.inoperative(unit);
  }

  /** Whether `more` notes go into the bin; into the retract bin, as one more retract operation. */
  hasRoom(bin: "reject" | "retract", more: number): boolean {
    const { reject_bin, retract_bin } = this.#profile;
    if (bin === "reject") return this.#notes.at("reject").length + more <= reject_bin.capacity;
    return this.#retracts < retract_bin.max_retracts &&
      this.#notes.at("retract").length + more <= retract_bin.capacity;
  }

  replenishment(unit: string): Replenishment {
    const { reject_bin, retract_bin } = this.#profile;
    if (unit === reject_bin.unit) return binLevel(this.#notes.at("reject").length, reject_bin);
    if (unit === retract_bin.unit) {
      if (this.#retracts >= retract_bin.max_retracts) return "full";
      return binLevel(this.#notes.at("retract").length, retract_bin);
    }
    const left = this.#notes.left(unit);
    const cassette = this.#profile.cassettes.find((each) => each.unit === unit);
    if (left === 0 || this.#troubles.seemsEmpty(unit)) return "empty";
    return left < (cassette?.low_below ?? 0) ? "low" : "ok";
  }

  /** All of a unit, as `Storage.GetStorage` tells it. */
  unit(name: string): StorageUnit {
    const { cassettes, reject_bin, retract_bin } = this.#profile;
    const index = this.names.indexOf(name) + 1;
    const cassette = cassettes.find((each) => each.unit === name);
    const bin = name === reject_bin.unit ? reject_bin : retract_bin;
    const types = cassette !== undefined
      ? { cashOut: true }
      : name === reject_bin.unit
      ? { reject: true }
      : { cashOutRetract: true };
    const retracts = name === retract_bin.unit ? { maxRetracts: retract_bin.max_retracts } : {};
    return {
      id: String(index),
      positionName: name,
      capacity: (cassette ?? bin).capacity,
      status: this.#troubles.inoperative(name) ? "inoperative" : "ok",
      cash: {
        capabilities: { types, items: { fit: true }, hardwareSensors: true },
        configuration: cassette === undefined
          ? { types, highThreshold: bin.high_above, ...retracts }
          : {
            types,
            items: { fit: true },
            currency: "CNY",
            value: cassette.value_yuan,
            lowThreshold: cassette.low_below,
            cashItems: [noteTypeOf(cassette.value_yuan)],
          },
        status: {
          index,
          ...this.#counts(name),
          initial: cassette === undefined ? {} : counts({
            [cassette.value_yuan]: this.#notes.initial(name),
          }),
          accuracy: this.#troubles.seemsEmpty(name) ? "inaccurate" : "accurate",
          replenishmentStatus: this.replenishment(name),
          ...(this.#troubles.inoperative(name)
            ? { operationStatus: "dispenseInoperative" as const }
            : {}),
        },
      },
    };
  }

  /** Units whose counts are not as last told, with only those counts; null when all are. */
  countsChanged(): StorageUnits | null {
    const changed: StorageUnits = {};
    for (const name of this.names) {
      const status = this.#counts(name);
      const text = canonicalJson(status);
      if (this.#toldCounts.get(name) === text) continue;
      this.#toldCounts.set(name, text);
      changed[name] = { cash: { status } };
    }
    return Object.keys(changed).length === 0 ? null : changed;
  }

  /** Units whose replenishment status is not as last told; null when all are. */
  thresholdsCrossed(): StorageUnits | null {
    const changed: StorageUnits = {};
    for (const name of this.names) {
      const replenishmentStatus = this.replenishment(name);
      if (this.#toldLevels.get(name) === replenishmentStatus) continue;
      this.#toldLevels.set(name, replenishmentStatus);
      changed[name] = { cash: { status: { replenishmentStatus } } };
    }
    return Object.keys(changed).length === 0 ? null : changed;
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
    // A note keeps counting as presented wherever it goes afterwards.
    const here = (all: readonly Note[]) =>
      all.filter((note) => note.unit === name && !note.presented);
    const stacked = here(notes.at("stacker"));
    const transport = here(notes.at("transport"));
    const rejected = here(notes.at("reject"));
    const out = notes.initial(name) - notes.left(name);
    const presented = out - stacked.length - transport.length - rejected.length;
    const value = this.#profile.cassettes.find((each) => each.unit === name)?.value_yuan ?? 0;
    return {
      out: {
        presented: counts({ [value]: presented }),
        rejected: counts(byValue(rejected)),
        stacked: counts(byValue(stacked)),
        transport: counts(byValue(transport)),
      },
    };
  }
}

function binLevel(
  notes: number,
  bin: { readonly capacity: number; readonly high_above: number },
): Replenishment {
  if (notes >= bin.capacity) return "full";
  return notes > bin.high_above ? "high" : "ok";
}

/**
 * `{ "100": 3 }` as the wire counts it: `{ typeCNY100: { fit: 3 } }`; what is not there is left
 * out.
 */
export function counts(byValue: Readonly<Record<string, number>>): CashCounts {
  return Object.fromEntries(
    Object.entries(byValue).filter(([, count]) => count > 0)
      .map(([value, fit]) => [noteTypeOf(Number(value)), { fit }]),
  );
}
