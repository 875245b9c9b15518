/**
 * Dispense: from a wish to a bunch on the stacker, one note after another.
 *
 * @module
 */
import { milliseconds, yuan } from "../../core/units.ts";
import type { EventPayload } from "../../core/xfs4iot/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Body, isOurPosition } from "./body.ts";
import { denominate, type Denominated, denominationOf } from "./denominate.ts";
import { jam } from "./jam.ts";
import { byUnit, byValue, type Note, yuanOf } from "./notes.ts";
import type { Permission } from "./permission.ts";
import { counts } from "./units.ts";

type Dispense = DeviceRequest<"CashDispenser.Dispense">;
type Failure = NonNullable<EventPayload<"Storage.StorageErrorEvent">["failure"]>;

/** What is wrong with a bad pick, in the order in which fault D9 shows it. */
const BAD_PICKS = [
  "doubleNote",
  "longNote",
  "skewedNote",
  "notesTooClose",
  "shortNote",
  "otherNoteError",
] as const;

/** How much longer the motors need under fault D35. */
const DELAY_S = 3;

export function dispense(body: Body, request: Dispense, permission: Permission): void {
  if (body.exchanging) return request.fail("exchangeActive");
  if (body.safeDoorOpen) return request.fail("safeDoorOpen");
  if (!isOurPosition(request.payload.position)) return request.fail("unsupportedPosition");
  if (body.shutter === "open") return request.fail("shutterOpen");
  if (body.faults.has("D14")) body.leaveNote();
  if (body.lying > 0) return request.fail("itemsLeft");
  const wish = request.payload.denomination;
  const bounds = { notes_max: body.maxNotes, currency: body.currency };
  const found = denominate(wish, body.choices(), bounds);
  if (!found.ok) return refuseWish(body, request, found.error);
  const forbidden = permission.problem(request.payload.token, yuan(found.yuan));
  if (forbidden !== null) return request.refuse(forbidden.code, forbidden.why);
  permission.spend(request.payload.token);
  body.presentState = "notPresented";
  body.retracted = false;
  body.tidied = false;
  body.dispensed = {};
  body.brought = [];
  request.event("CashDispenser.StartDispenseEvent", {});
  const late = body.faults.has("D35");
  if (late) request.event("CashDispenser.DelayedDispenseEvent", { delay: DELAY_S });
  body.moved();
  const picks = Object.entries(found.counts)
    .flatMap(([unit, count]) => Array.from({ length: count }, () => unit));
  const start_ms = body.timings.start_ms + (late ? 1_000 * DELAY_S : 0);
  const bunch = { picks, bad: body.faults.has("D9") };
  request.after(milliseconds(start_ms), () => pick(body, request, bunch, 0));
}

/** What is to be picked, a unit for each note, and whether the first pick will be a bad one. */
interface Bunch {
  readonly picks: readonly string[];
  bad: boolean;
}

function refuseWish(
  body: Body,
  request: Dispense,
  error: Extract<Denominated, { ok: false }>["error"],
): void {
  const named = Object.keys(request.payload.denomination.denomination.app?.counts ?? {});
  const unusable = body.choices().find(({ unit, usable }) => named.includes(unit) && !usable)?.unit;
  if (error === "cashUnitError" && unusable !== undefined) {
    request.event("Storage.StorageErrorEvent", {
      failure: whyUnusable(body, unusable),
      unit: { [unusable]: body.units.unit(unusable) },
    });
  }
  request.fail(error);
}

/** Why a unit gives no note, in the words of StorageErrorEvent. */
export function whyUnusable(body: Body, unit: string): Failure {
  switch (body.units.condition(unit)) {
    case "inoperative":
      return "feedModuleProblem";
    case "missing":
    case "manipulated":
      return "error";
    case "notConfigured":
      return "notConfigured";
    case "locked":
      return "locked";
    case "ok":
    case "seems_empty":
      return "empty";
  }
}

/** Picks note number `done` of the bunch, and then the next. */
function pick(body: Body, request: Dispense, bunch: Bunch, done: number): void {
  const unit = bunch.picks[done];
  if (unit === undefined) return finish(body, request);
  const failure = failureOf(body, unit, done, bunch.picks.length);
  if (failure !== null) return fail(body, request, unit, failure);
  if (bunch.bad) return pickBadly(body, request, bunch, unit, done);
  body.notes.pick(unit);
  body.moved();
  request.after(milliseconds(body.timings.pick_ms), () => {
    if (body.faults.has("D12")) {
      remember(body);
      return jam(body, request);
    }
    body.notes.move("transport", "stacker");
    body.moved();
    pick(body, request, bunch, done + 1);
  });
}

/** What comes is not one good note: it goes to the reject bin, and another is picked in its place. */
function pickBadly(
  body: Body,
  request: Dispense,
  bunch: Bunch,
  unit: string,
  done: number,
): void {
  bunch.bad = false;
  const reason = BAD_PICKS[body.strike("D9") % BAD_PICKS.length] ?? "otherNoteError";
  body.notes.pick(unit);
  if (reason === "doubleNote" && body.notes.left(unit) > 0) body.notes.pick(unit);
  body.moved();
  request.after(milliseconds(body.timings.pick_ms), () => {
    request.event("CashManagement.NoteErrorEvent", { reason });
    if (!body.units.hasRoom("reject", body.notes.at("transport").length)) {
      return fail(body, request, body.units.binUnit("reject"), "full");
    }
    body.notes.move("transport", "reject");
    body.settle();
    pick(body, request, bunch, done);
  });
}

/** Why the next note does not come, if it does not. */
function failureOf(body: Body, unit: string, done: number, notes: number): Failure | null {
  if (!body.units.usable(unit)) return whyUnusable(body, unit);
  if (body.faults.has("D8") && body.jammedUnit === null && done === Math.floor(notes / 2)) {
    return "feedModuleProblem";
  }
  return body.faults.has("D11") && done === notes - 1 ? "error" : null;
}

function fail(body: Body, request: Dispense, unit: string, failure: Failure): void {
  if (failure === "feedModuleProblem" && body.faults.has("D8")) body.jammedUnit = unit;
  const stacked = body.notes.at("stacker");
  request.event("Storage.StorageErrorEvent", {
    failure,
    unit: { [unit]: body.units.unit(unit) },
  });
  if (stacked.length > 0) {
    request.event(
      "CashDispenser.IncompleteDispenseEvent",
      denominationOf(yuanOf(stacked), byUnit(stacked)),
    );
  }
  remember(body);
  body.settle();
  request.fail("cashUnitError", { storage: { out: stackedByUnit(stacked) } });
}

function finish(body: Body, request: Dispense): void {
  const stacked = body.notes.at("stacker");
  remember(body);
  if (body.faults.has("D10")) return failTheCount(body, request, stacked);
  tellItems(request, stacked);
  body.settle();
  request.succeed({
    denomination: body.dispensed,
    bunches: "1",
    storage: { out: stackedByUnit(stacked) },
  });
}

/** What GetPresentStatus will tell of this Dispense. */
function remember(body: Body): void {
  const picked = [...body.notes.at("stacker"), ...body.notes.at("transport")];
  body.brought = picked;
  body.dispensed = denominationOf(yuanOf(picked), byUnit(picked));
}

function stackedByUnit(stacked: readonly Note[]) {
  const units = Object.keys(byUnit(stacked)).map((unit) => {
    const own = stacked.filter((note) => note.unit === unit);
    return [unit, { stacked: counts(byValue(own)) }] as const;
  });
  return Object.fromEntries(units);
}

/** The stacker has counted another number of notes than was picked: nobody gets this bunch. */
function failTheCount(body: Body, request: Dispense, stacked: readonly Note[]): void {
  request.event("CashManagement.NoteErrorEvent", { reason: "incorrectCount" });
  for (const unit of Object.keys(byUnit(stacked))) body.accuracy.set(unit, "inaccurate");
  body.settle();
  request.fail("cashUnitError", { storage: { out: stackedByUnit(stacked) } });
}

/** The serial numbers of these notes can be asked for now. */
function tellItems(request: Dispense, stacked: readonly Note[]): void {
  request.event("CashManagement.InfoAvailableEvent", {
    itemInfoSummary: [{ level: "fit", numOfItems: stacked.length }],
  });
}
