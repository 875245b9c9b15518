/**
 * Present, and what can follow it: retract, reject, reset.
 *
 * @module
 */
import { milliseconds } from "../../core/units.ts";
import type { CompletionPayload } from "../../core/xfs4iot/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { type Body, isOurPosition, POSITION } from "./body.ts";
import { jam } from "./jam.ts";
import { byValue, type Note, type Place } from "./notes.ts";
import { counts } from "./units.ts";

type Bin = "reject" | "retract";

export function present(body: Body, request: DeviceRequest<"CashDispenser.Present">): void {
  const { notes, timings } = body;
  if (!isOurPosition(request.payload.position)) return request.fail("unsupportedPosition");
  if (notes.at("stacker").length === 0) return request.fail("noItems");
  if (body.shutter === "open") return request.fail("shutterOpen");
  if (body.faults.has("D17")) {
    return void request.after(
      milliseconds(timings.shutter_ms),
      () => request.fail("shutterNotOpen"),
    );
  }
  notes.move("stacker", "transport");
  body.moved();
  request.after(milliseconds(timings.transport_ms), () => {
    if (body.faults.has("D12")) return jam(body, request);
    // From here on a hand may reach the notes at any moment: after a power cut nobody could tell.
    body.presentState = "unknown";
    body.moved();
    request.after(milliseconds(timings.shutter_ms), () => open(body, request));
  });
}

function open(body: Body, request: DeviceRequest<"CashDispenser.Present">): void {
  if (body.faults.has("D17")) {
    body.presentState = "notPresented";
    body.notes.move("transport", "stacker");
    body.settle();
    return request.fail("shutterNotOpen");
  }
  body.setShutter("open");
  body.notes.move("transport", "position");
  body.presentState = "presented";
  const position = { position: POSITION, additionalBunches: "0" } as const;
  body.tell.unsolicited("CashManagement.ItemsPresentedEvent", position);
  body.settle();
  request.succeed({ position });
}

export function retract(body: Body, request: DeviceRequest<"CashManagement.Retract">): void {
  const { outputPosition, retractArea = "retract", index = 1 } = request.payload.location ?? {};
  if (!isOurPosition(outputPosition)) return request.fail("invalidRetractPosition");
  if (retractArea !== "retract" && retractArea !== "reject") return request.fail("notRetractArea");
  if (index !== 1) return request.fail("invalidRetractPosition");
  const { notes, timings } = body;
  const there = notes.at("position").length;
  if (there === 0) return request.fail("noItems");
  if (!body.units.hasRoom(retractArea, there)) {
    tellFull(body, request, retractArea);
    return request.fail("cashUnitError");
  }
  notes.move("position", "transport"); // out of the customer's reach at once
  body.moved();
  request.after(milliseconds(timings.transport_ms), () => {
    const jammed = body.faults.has("D12");
    const moved = jammed ? [] : toBin(body, retractArea, ["transport"]);
    body.moved();
    request.after(milliseconds(timings.shutter_ms), () => {
      body.setShutter("closed");
      if (jammed) return jam(body, request);
      body.settle();
      request.succeed({ storage: storageIn(body, retractArea, moved) });
    });
  });
}

export function reject(body: Body, request: DeviceRequest<"CashDispenser.Reject">): void {
  const { notes, timings } = body;
  const lying = notes.at("stacker").length + notes.at("transport").length;
  if (lying === 0) return request.fail("noItems");
  if (!body.units.hasRoom("reject", lying)) {
    tellFull(body, request, "reject");
    return request.fail("cashUnitError");
  }
  notes.move("stacker", "transport");
  body.moved();
  request.after(milliseconds(timings.transport_ms), () => {
    if (body.faults.has("D12")) return jam(body, request);
    toBin(body, "reject", ["transport"]);
    body.settle();
    request.succeed();
  });
}

/** Clears the machine: all that lies about goes to one bin. */
export function reset(body: Body, request: DeviceRequest<"CashManagement.Reset">): void {
  const { notes, timings } = body;
  const places: readonly Place[] = ["stacker", "transport", "position"];
  const lying = places.flatMap((place) => notes.at(place));
  const touched = lying.some((note) => note.presented);
  const { target = touched ? "retract" : "reject", index = 1 } = request.payload.position ?? {};
  if (target !== "retract" && target !== "reject") return request.fail("notRetractArea");
  if (index !== 1) return request.fail("invalidRetractPosition");
  if (lying.length > 0 && !body.units.hasRoom(target, lying.length)) {
    tellFull(body, request, target);
    return request.fail("cashUnitError");
  }
  notes.move("stacker", "transport");
  notes.move("position", "transport");
  body.moved();
  request.after(milliseconds(timings.transport_ms), () => {
    const jammed = body.faults.has("D12") && lying.length > 0;
    const moved = jammed ? [] : toBin(body, target, ["transport"]);
    body.moved();
    request.after(milliseconds(timings.shutter_ms), () => {
      body.setShutter("closed");
      if (jammed) return jam(body, request);
      body.settle();
      request.succeed({ storage: storageIn(body, target, moved) });
    });
  });
}

function toBin(body: Body, bin: Bin, from: readonly Place[]): readonly Note[] {
  const moved = from.flatMap((place) => body.notes.move(place, bin));
  if (bin === "retract" && moved.length > 0) {
    body.units.countRetract();
    body.retracted = true;
  }
  return moved;
}

function storageIn(
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

function tellFull(body: Body, request: Pick<DeviceRequest, "event">, bin: Bin): void {
  const unit = body.units.binUnit(bin);
  request.event("Storage.StorageErrorEvent", {
    failure: "full",
    unit: { [unit]: body.units.unit(unit) },
  });
}
