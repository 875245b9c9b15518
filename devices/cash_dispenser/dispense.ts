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

export function dispense(body: Body, request: Dispense, permission: Permission): void {
  const { notes } = body;
  if (!isOurPosition(request.payload.position)) return request.fail("unsupportedPosition");
  if (body.shutter === "open") return request.fail("shutterOpen");
  if (notes.at("stacker").length + notes.at("transport").length + notes.at("position").length > 0) {
    return request.fail("itemsLeft");
  }
  const wish = request.payload.denomination;
  const found = denominate(wish, body.choices(), body.timings.max_notes);
  if (!found.ok) return refuseWish(body, request, found.error);
  const forbidden = permission.problem(request.payload.token, yuan(found.yuan));
  if (forbidden !== null) return request.refuse(forbidden.code, forbidden.why);
  permission.spend(request.payload.token);
  body.presentState = "notPresented";
  body.retracted = false;
  body.dispensed = {};
  request.event("CashDispenser.StartDispenseEvent", {});
  body.moved();
  const picks = Object.entries(found.counts)
    .flatMap(([unit, count]) => Array.from({ length: count }, () => unit));
  request.after(milliseconds(body.timings.start_ms), () => pick(body, request, picks, 0));
}

function refuseWish(
  body: Body,
  request: Dispense,
  error: Extract<Denominated, { ok: false }>["error"],
): void {
  const named = Object.keys(request.payload.denomination.denomination.app?.counts ?? {});
  const unusable = body.choices().find(({ unit, usable }) => named.includes(unit) && !usable)?.unit;
  if (error === "cashUnitError" && unusable !== undefined) {
    const failure = unusable === body.jammedUnit ? "feedModuleProblem" : "empty";
    request.event("Storage.StorageErrorEvent", {
      failure,
      unit: { [unusable]: body.units.unit(unusable) },
    });
  }
  request.fail(error);
}

/** Picks note number `done` of the bunch, and then the next. */
function pick(body: Body, request: Dispense, picks: readonly string[], done: number): void {
  const unit = picks[done];
  if (unit === undefined) return finish(body, request);
  const failure = failureOf(body, unit, done, picks.length);
  if (failure !== null) return fail(body, request, unit, failure);
  body.notes.pick(unit);
  body.moved();
  request.after(milliseconds(body.timings.pick_ms), () => {
    if (body.faults.has("D12")) {
      remember(body);
      return jam(body, request);
    }
    body.notes.move("transport", "stacker");
    body.moved();
    pick(body, request, picks, done + 1);
  });
}

/** Why the next note does not come, if it does not. */
function failureOf(body: Body, unit: string, done: number, notes: number): Failure | null {
  if (!body.units.usable(unit)) return unit === body.jammedUnit ? "feedModuleProblem" : "empty";
  if (body.faults.has("D8") && body.jammedUnit === null && done === Math.floor(notes / 2)) {
    return "feedModuleProblem";
  }
  return body.faults.has("D11") && done === notes - 1 ? "error" : null;
}

function fail(body: Body, request: Dispense, unit: string, failure: Failure): void {
  if (failure === "feedModuleProblem") body.jammedUnit = unit;
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
  body.dispensed = denominationOf(yuanOf(picked), byUnit(picked));
}

function stackedByUnit(stacked: readonly Note[]) {
  const units = Object.keys(byUnit(stacked)).map((unit) => {
    const own = stacked.filter((note) => note.unit === unit);
    return [unit, { stacked: counts(byValue(own)) }] as const;
  });
  return Object.fromEntries(units);
}
