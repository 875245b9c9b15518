/**
 * An exchange: cassettes are swapped and bins emptied by hand, and what is counted is said anew.
 *
 *   StartExchange ─► (an operator's hand) ─► SetStorage ─► EndExchange
 *
 * Between the two nothing can be dispensed; outside of them no count can be set.
 *
 * @module
 */
import { sameJson } from "../../core/json.ts";
import type { CashCounts, CommandPayload, StorageUnit } from "../../core/xfs4iot/mod.ts";
import { countNotes } from "../../core/xfs4iot/mod.ts";
import { noteTypeOf } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import type { Body } from "./body.ts";

export function startExchange(
  body: Body,
  request: DeviceRequest<"Storage.StartExchange">,
  transaction: boolean,
): void {
  if (body.exchanging) return request.fail("exchangeActive");
  // Notes that cannot be put away are what an operator comes for; a customer's are not.
  const stuck = body.tidied || body.faults.has("D12") || body.faults.has("D13");
  if (transaction || (body.lying > 0 && !stuck)) return request.fail("transactionActive");
  body.exchangeOf = request.client;
  body.settle();
  request.succeed();
}

export function endExchange(body: Body, request: DeviceRequest<"Storage.EndExchange">): void {
  if (body.exchangeOf === null) return request.fail("noExchangeActive");
  const missing = body.units.cassettes.some((unit) => {
    const condition = body.units.condition(unit);
    return condition === "missing" || condition === "notConfigured";
  });
  body.exchangeOf = null;
  body.settle();
  if (missing) request.fail("storageUnitError");
  else request.succeed();
}

type SetUnit = NonNullable<CommandPayload<"Storage.SetStorage">["storage"]>[string];

export function setStorage(body: Body, request: DeviceRequest<"Storage.SetStorage">): void {
  const storage = Object.entries(request.payload.storage ?? {});
  if (storage.some(([unit]) => !body.units.names.includes(unit))) {
    return request.fail("invalidUnit");
  }
  const counts = storage.some(([, { cash }]) => cash?.status?.initial !== undefined);
  if (counts && body.exchangeOf === null) return request.fail("noExchangeActive");
  if (storage.some(([unit, set]) => !fits(body, unit, set))) {
    return request.fail("storageUnitError");
  }
  for (const [unit, set] of storage) setUnit(body, unit, set);
  body.settle();
  request.succeed();
}

/** What is set of a unit's configuration; the rest of it is what its metal and its notes are. */
const SET_OF_A_CASSETTE: readonly string[] = ["lowThreshold", "appLockOut", "name"];
const SET_OF_A_BIN: readonly string[] = ["highThreshold", "name"];

/** Whether a unit can be what it is to be, all of it. */
function fits(body: Body, unit: string, { cash, ...others }: SetUnit): boolean {
  const isCassette = body.units.cassettes.includes(unit);
  const settable = isCassette ? SET_OF_A_CASSETTE : SET_OF_A_BIN;
  const now = new Map(Object.entries(body.units.unit(unit).cash?.configuration ?? {}));
  const asItIs = Object.entries(cash?.configuration ?? {}).every(([name, value]) =>
    settable.includes(name) || sameJson(switchedOn(value), switchedOn(now.get(name)))
  );
  return Object.keys(others).length === 0 && asItIs &&
    (isCassette
      ? holds(body, unit, cash?.status?.initial)
      : countNotes(cash?.status?.initial) === 0);
}

/** Whether these notes can lie in a cassette: fit ones of its own value, no more than it takes. */
function holds(body: Body, unit: string, initial: CashCounts = {}): boolean {
  const own = initial[noteTypeOf(body.valueOf(unit))];
  const fit = typeof own === "object" ? own.fit ?? 0 : 0;
  return countNotes(initial) === fit && fit <= body.capacityOf(unit);
}

/** A switch that is off says no more than one that is not named. */
function switchedOn(value: unknown): unknown {
  if (value === undefined || value === false) return null;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, on]) => on !== false));
}

function setUnit(body: Body, unit: string, { cash }: SetUnit): void {
  const settings = body.units.settings.get(unit);
  const { lowThreshold, highThreshold, appLockOut, name } = cash?.configuration ?? {};
  if (settings !== undefined) {
    settings.low_below = lowThreshold ?? settings.low_below;
    settings.high_above = highThreshold ?? settings.high_above;
    settings.locked = appLockOut ?? settings.locked;
    if (name !== undefined) settings.name = name;
  }
  const initial = cash?.status?.initial;
  if (initial === undefined || !body.units.cassettes.includes(unit)) return;
  body.notes.recount(unit, countNotes(initial));
  body.accuracy.set(unit, "accurateSet");
}

/** All units, as `Storage.GetStorage` tells them. */
export function allUnits(body: Body): Record<string, StorageUnit> {
  return Object.fromEntries(body.units.names.map((unit) => [unit, body.units.unit(unit)]));
}
