/**
 * Notes picked to be counted or to try the feeders, and never for a customer; and what is known of each.
 *
 * @module
 */
import { milliseconds } from "../../core/units.ts";
import type { CompletionPayload, EventPayload } from "../../core/xfs4iot/mod.ts";
import { noteTypeOf } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Bin, tellFull } from "./bins.ts";
import { type Body, isOurPosition } from "./body.ts";
import { whyUnusable } from "./dispense.ts";
import { jam } from "./jam.ts";
import { type Note, PLACES, serialOf } from "./notes.ts";

/** The notes of the yuan, in the order of their ids. */
const VALUES = [1, 5, 10, 20, 50, 100] as const;

/** Notes of an earlier bunch would go into the bin with those that are picked, and nobody counts them. */
const NOTES_LEFT = "notes lie outside of cassettes and bins";

/** One note from every cassette into the reject bin: does each of them give one? */
export function testCashUnits(
  body: Body,
  request: DeviceRequest<"CashDispenser.TestCashUnits">,
): void {
  if (body.exchanging) return request.fail("exchangeActive");
  const { target = "reject" } = request.payload.target ?? {};
  if (target !== "reject" && target !== "retract") return request.fail("invalidCashUnit");
  if (body.shutter === "open") return request.fail("shutterOpen");
  if (body.safeDoorOpen) return request.fail("cashUnitError");
  if (body.lying > 0) return request.fail("cashUnitError", {}, NOTES_LEFT);
  const units = body.units.cassettes;
  if (!body.units.hasRoom(target, units.length)) {
    tellFull(body, request, target);
    return request.fail("cashUnitError");
  }
  const bad: string[] = [];
  let came = false;
  const next = (at: number): void => {
    const unit = units[at];
    if (unit === undefined) {
      body.settle();
      return bad.length === 0 ? request.succeed() : request.fail("cashUnitError");
    }
    if (!body.units.usable(unit)) {
      bad.push(unit);
      tellError(body, request, unit);
      return next(at + 1);
    }
    pickInto(body, request, unit, target, () => {
      if (target === "retract" && !came) body.units.countRetract();
      came = true;
      next(at + 1);
    });
  };
  next(0);
}

/**
 * Empties cassettes into the reject bin, and counts what really came: as many notes as the bin takes, for
 * a bin is smaller than a cassette. An operator empties it, and another Count goes on.
 */
export function count(body: Body, request: DeviceRequest<"CashDispenser.Count">): void {
  const { unit: asked, position } = request.payload;
  if (body.exchanging) return request.fail("exchangeActive");
  if (body.safeDoorOpen) return request.fail("safeDoorOpen");
  if (!isOurPosition(position)) return request.fail("unsupportedPosition");
  if (body.lying > 0) return request.fail("cashUnitError", {}, NOTES_LEFT);
  const units = asked === undefined ? body.units.cassettes : [asked];
  if (units.some((unit) => !body.units.cassettes.includes(unit))) {
    return request.fail("cashUnitError");
  }
  const broken = units.filter((unit) => body.units.condition(unit) !== "ok");
  for (const unit of broken) tellError(body, request, unit);
  if (broken.length > 0) return request.fail("cashUnitError");
  const all = units.flatMap((unit) => Array.from({ length: body.notes.left(unit) }, () => unit));
  const notes = all.slice(0, body.units.room("reject"));
  if (notes.length === 0 && all.length > 0) {
    tellFull(body, request, "reject");
    return request.fail("cashUnitError");
  }
  const came: Note[] = [];
  const next = (at: number): void => {
    const unit = notes[at];
    if (unit === undefined) return finishCount(body, request, units, came);
    pickInto(body, request, unit, "reject", (note) => {
      came.push(note);
      next(at + 1);
    });
  };
  next(0);
}

function finishCount(
  body: Body,
  request: DeviceRequest<"CashDispenser.Count">,
  units: readonly string[],
  came: readonly Note[],
): void {
  type Counted = NonNullable<CompletionPayload<"CashDispenser.Count">["countedCashUnits"]>;
  const countedCashUnits: Counted = {};
  for (const unit of units) {
    const dispensed = came.filter((note) => note.unit === unit);
    const counted = dispensed.filter(({ real_yuan, value_yuan }) => real_yuan === value_yuan);
    if (counted.length < dispensed.length) body.accuracy.set(unit, "inaccurate");
    countedCashUnits[unit] = {
      // The standard's counts begin at one; what is not there is left out.
      ...(dispensed.length === 0 ? {} : { dispensed: dispensed.length }),
      ...(counted.length === 0 ? {} : { counted: counted.length }),
      replenishmentStatus: body.units.replenishment(unit),
      status: body.units.unit(unit).status ?? "ok",
    };
  }
  body.settle();
  request.succeed({ countedCashUnits });
}

/** One note from a cassette into a bin; nothing else lies in the transport. */
function pickInto(
  body: Body,
  request: DeviceRequest<"CashDispenser.TestCashUnits"> | DeviceRequest<"CashDispenser.Count">,
  unit: string,
  bin: Bin,
  then: (note: Note) => void,
): void {
  const note = body.notes.pick(unit);
  body.moved();
  request.after(milliseconds(body.timings.pick_ms), () => {
    if (body.faults.has("D12")) return jam(body, request);
    body.notes.move("transport", bin, 1);
    then(note);
  });
}

function tellError(
  body: Body,
  request: { event(name: "Storage.StorageErrorEvent", payload: StorageError): void },
  unit: string,
): void {
  request.event("Storage.StorageErrorEvent", {
    failure: whyUnusable(body, unit),
    unit: { [unit]: body.units.unit(unit) },
  });
}

type StorageError = EventPayload<"Storage.StorageErrorEvent">;

/** The serial numbers (冠字号) of the notes of the last Dispense, and where each of them is. */
export function getItemInfo(
  body: Body,
  request: DeviceRequest<"CashManagement.GetItemInfo">,
): void {
  const { items, itemInfoType = { serialNumber: true } } = request.payload;
  const { level = "fit", index } = items ?? {};
  const found = level === "fit" ? body.brought : [];
  const wanted = index === undefined || index === 0 ? found : found.slice(index - 1, index);
  request.succeed({
    itemsList: wanted.map((note) => ({
      noteType: noteTypeOf(note.value_yuan),
      orientation: "frontTop",
      level: "fit",
      ...(itemInfoType.serialNumber === true ? { serialNumber: serialOf(note) } : {}),
      onClassificationList: "classificationListUnknown",
      itemLocation: locationOf(body, note),
    })),
  });
}

function locationOf(body: Body, { unit, load, number }: Note) {
  const place = PLACES.find((each) =>
    body.notes.at(each).some((note) =>
      note.unit === unit && note.load === load && note.number === number
    )
  );
  switch (place) {
    case "position":
      return "output";
    case "customer":
    case "stacker":
    case "transport":
      return place;
    case "reject":
    case "retract":
      return body.units.binUnit(place) as `unit${string}`;
    case undefined:
      return "unknown";
  }
}

export function getBankNoteTypes(request: DeviceRequest<"CashManagement.GetBankNoteTypes">): void {
  request.succeed({
    items: Object.fromEntries(VALUES.map((value, i) =>
      [noteTypeOf(value), {
        cashItem: { noteID: i + 1, currency: "CNY", value, release: 0 },
        enabled: true,
      }] as const
    )),
  });
}
