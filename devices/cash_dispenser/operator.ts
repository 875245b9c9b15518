/**
 * An operator's hand inside the safe. Nothing here is a command of the wire: the wire only tells of it.
 *
 * @module
 */
import type { Body } from "./body.ts";
import { struck } from "./struck.ts";

export interface OperatorDeed {
  readonly does:
    | "open_door"
    | "clear_jam"
    | "swap_cassette"
    | "empty_bins"
    | "count"
    | "close_door"
    | "back_in_service";
  /** Which cassette is swapped; absent: the one that needs it most. */
  readonly unit?: string;
  /** In the new cassette, as counted at the branch; absent: as many as the first had. */
  readonly notes?: number;
}

/** What a hand can free: jams, a stuck shutter, something in the slot. */
const FREED = ["D12", "D13", "D14", "D17", "D18", "D19", "D20", "D21", "D24", "D25", "D26", "D32"];

/** What is gone with the cassette that is taken out. */
const SWAPPED = ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D30", "D31"];

export function operate(body: Body, deed: OperatorDeed): string | null {
  if (deed.does === "open_door" || deed.does === "close_door") {
    const open = deed.does === "open_door";
    if (body.doorOpen === open) return `the door is ${open ? "open" : "closed"} already`;
    body.doorOpen = open;
    if (!open) free(body, ["D27"]);
    return null;
  }
  if (deed.does === "back_in_service") {
    return body.safeDoorOpen ? "the door of the safe is open" : null;
  }
  if (!body.safeDoorOpen) return "the door of the safe is closed";
  switch (deed.does) {
    case "clear_jam":
      free(body, FREED);
      body.jammedUnit = null;
      return null;
    case "count":
      count(body);
      return null;
    case "empty_bins":
      body.notes.empty("reject");
      body.notes.empty("retract");
      body.units.forgetRetracts();
      free(body, ["D15", "D16"]);
      return null;
    case "swap_cassette":
      return swap(body, deed.unit ?? neediest(body), deed.notes);
  }
}

function swap(body: Body, unit: string, notes: number | undefined): string | null {
  if (!body.units.cassettes.includes(unit)) {
    return `there is no cassette ${unit}; use one of: ${body.units.cassettes.join(", ")}`;
  }
  const count = notes ?? body.loadOf(unit);
  if (count > body.capacityOf(unit)) return `${unit} takes ${body.capacityOf(unit)} notes at most`;
  body.notes.load(unit, count);
  body.pulled.delete(unit);
  body.accuracy.delete(unit);
  if (unit === body.jammedUnit) body.jammedUnit = null;
  if (unit === body.firstUnit) free(body, SWAPPED);
  // A cassette that changes while nobody exchanges is not to be believed.
  if (body.exchangeOf !== null) body.manipulated.delete(unit);
  else body.manipulated.add(unit);
  return null;
}

/** What lies in each cassette is counted by hand, and its counter set to that. */
function count(body: Body): void {
  for (const unit of body.units.cassettes) {
    body.notes.recount(unit, body.notes.left(unit));
    body.accuracy.set(unit, "accurateSet");
  }
  free(body, ["D10", "D31"]);
}

/** The one that gives nothing, else the emptiest. */
function neediest(body: Body): string {
  const [unit = body.firstUnit] = body.units.cassettes.toSorted((a, b) => {
    const usable = Number(body.units.usable(a)) - Number(body.units.usable(b));
    return usable !== 0 ? usable : body.notes.left(a) - body.notes.left(b);
  });
  return unit;
}

function free(body: Body, ids: readonly string[]): void {
  for (const id of ids) {
    if (body.faults.set(id, false)) struck(body, id, false);
  }
}
