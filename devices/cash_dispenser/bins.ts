/**
 * The way into a bin: what Reject, Retract and Reset have in common.
 *
 * @module
 */
import type { CompletionPayload } from "../../core/xfs4iot/mod.ts";
import type { DeviceRequest } from "../request.ts";
import type { Body } from "./body.ts";
import { byValue, type Note, type Place } from "./notes.ts";
import { counts } from "./units.ts";

export type Bin = "reject" | "retract";

export function toBin(
  body: Body,
  bin: Bin,
  from: readonly Place[],
  howMany?: number,
): readonly Note[] {
  const moved = from.flatMap((place) => body.notes.move(place, bin, howMany));
  if (bin === "retract" && moved.length > 0) body.units.countRetract();
  if (moved.some((note) => note.presented)) body.retracted = true;
  return moved;
}

export function storageIn(
  body: Body,
  bin: Bin,
  moved: readonly Note[],
): NonNullable<CompletionPayload<"CashManagement.Retract">["storage"]> {
  if (moved.length === 0) return {};
  const came = counts(byValue(moved));
  return bin === "retract"
    ? { [body.units.binUnit(bin)]: { retractOperations: 1, retracted: came } }
    : { [body.units.binUnit(bin)]: { rejected: came } };
}

export function tellFull(body: Body, request: Pick<DeviceRequest, "event">, bin: Bin): void {
  const unit = body.units.binUnit(bin);
  request.event("Storage.StorageErrorEvent", {
    failure: "full",
    unit: { [unit]: body.units.unit(unit) },
  });
}
