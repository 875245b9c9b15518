/**
 * Notes that come back from the shutter: Retract; and Reset, which clears the whole machine.
 *
 * @module
 */
import { milliseconds } from "../../core/units.ts";
import type { DeviceRequest } from "../request.ts";
import { type Bin, storageIn, tellFull, toBin } from "./bins.ts";
import { type Body, isOurPosition, POSITION } from "./body.ts";
import { jam } from "./jam.ts";
import type { Note, Place } from "./notes.ts";

type Retract = DeviceRequest<"CashManagement.Retract">;
type Reset = DeviceRequest<"CashManagement.Reset">;

/** Why a Retract stops half way under fault D25, in turn. */
const STOPS = ["retractFailure", "retractAreaFull", "invalidBunch"] as const;

export function retract(body: Body, request: Retract): void {
  const { outputPosition, retractArea = "retract", index = 1 } = request.payload.location ?? {};
  if (body.exchanging) return request.fail("exchangeActive");
  if (!isOurPosition(outputPosition)) return request.fail("invalidRetractPosition");
  if (retractArea !== "retract" && retractArea !== "reject") return request.fail("notRetractArea");
  if (index !== 1) return request.fail("invalidRetractPosition");
  const { notes, timings } = body;
  const there = notes.at("position").length;
  if (there === 0) return request.fail("noItems");
  body.tidied = true;
  if (body.faults.has("D24")) return request.fail("foreignItemsDetected");
  if (body.faults.has("D26")) return request.fail("positionNotEmpty");
  if (!body.units.hasRoom(retractArea, there)) {
    tellFull(body, request, retractArea);
    return request.fail("cashUnitError");
  }
  const snatched = body.faults.has("D23") ? Math.floor(there / 2) : 0;
  if (snatched > 0) notes.move("position", "customer", snatched);
  notes.move("position", "transport"); // out of the customer's reach at once
  body.moved();
  request.after(milliseconds(timings.transport_ms), () => {
    const jammed = body.faults.has("D12");
    const all = notes.at("transport").length;
    const coming = jammed ? 0 : body.faults.has("D25") ? Math.floor(all / 2) : all;
    const moved = toBin(body, retractArea, ["transport"], coming);
    body.moved();
    request.after(milliseconds(timings.shutter_ms), () => {
      body.setShutter("closed");
      if (jammed) return jam(body, request);
      finishRetract(body, request, { area: retractArea, moved, snatched, whole: coming === all });
    });
  });
}

interface Retracted {
  readonly area: Bin;
  readonly moved: readonly Note[];
  /** Notes that a hand took while the others came back. */
  readonly snatched: number;
  /** Nothing stayed in the transport. */
  readonly whole: boolean;
}

function finishRetract(
  body: Body,
  request: Retract,
  { area, moved, snatched, whole }: Retracted,
): void {
  const storage = storageIn(body, area, moved);
  body.settle();
  if (!whole) {
    const reason = STOPS[body.strike("D25") % STOPS.length] ?? "retractFailure";
    request.event("CashManagement.IncompleteRetractEvent", { itemNumberList: storage, reason });
    return request.fail("incompleteRetract", { storage });
  }
  if (body.shutter === "open") return request.fail("shutterNotClosed", { storage });
  if (snatched > 0) return request.fail("itemsTaken", { storage });
  request.succeed({ storage });
}

/** Clears the machine: all that lies about goes to one bin. */
export function reset(body: Body, request: Reset): void {
  const { notes, timings } = body;
  const places: readonly Place[] = ["stacker", "transport", "position"];
  const lying = places.flatMap((place) => notes.at(place));
  const touched = lying.some((note) => note.presented);
  const { target = touched ? "retract" : "reject", index = 1 } = request.payload.position ?? {};
  if (target !== "retract" && target !== "reject") return request.fail("notRetractArea");
  if (index !== 1) return request.fail("invalidRetractPosition");
  body.tidied = true;
  if (body.faults.has("D13") && notes.at("stacker").length > 0) {
    return jam(body, request, "stacker");
  }
  if (body.faults.has("D24")) return request.fail("foreignItemsDetected");
  if (body.faults.has("D26") && notes.at("position").length > 0) {
    return request.fail("positionNotEmpty");
  }
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
      if (moved.length > 0) tellFound(body, target);
      body.settle();
      request.succeed({ storage: storageIn(body, target, moved) });
    });
  });
}

/** Notes lay about: where they are now. */
function tellFound(body: Body, target: Bin): void {
  const unit = body.units.binUnit(target);
  body.tell.unsolicited("CashManagement.MediaDetectedEvent", { target, unit, index: 1 });
}

export function openShutter(
  body: Body,
  request: DeviceRequest<"CashManagement.OpenShutter">,
): void {
  if (body.exchanging) return request.fail("exchangeActive");
  if (!isOurs(request.payload.position)) return request.fail("unsupportedPosition");
  if (body.shutter === "open") return request.fail("shutterOpen");
  if (body.faults.has("D24")) return request.fail("foreignItemsDetected");
  request.after(milliseconds(body.timings.shutter_ms), () => {
    if (body.faults.has("D17")) return request.fail("shutterNotOpen");
    body.setShutter("open");
    body.settle();
    request.succeed();
  });
}

export function closeShutter(
  body: Body,
  request: DeviceRequest<"CashManagement.CloseShutter">,
): void {
  if (body.exchanging) return request.fail("exchangeActive");
  if (!isOurs(request.payload.position)) return request.fail("unsupportedPosition");
  if (body.shutter === "closed") return request.fail("shutterClosed");
  if (body.faults.has("D24")) return request.fail("foreignItemsDetected");
  // A bunch in the slot is in the shutter's way.
  if (body.notes.at("position").length > 0) return request.fail("tooManyItems");
  request.after(milliseconds(body.timings.shutter_ms), () => {
    body.setShutter("closed");
    if (body.shutter === "open") return request.fail("shutterNotClosed");
    body.settle();
    request.succeed();
  });
}

function isOurs(position: string | undefined): boolean {
  return position === undefined || position === "outDefault" || position === POSITION;
}
