/**
 * Present, and Reject where it is not to be.
 *
 * @module
 */
import { milliseconds } from "../../core/units.ts";
import type { DeviceRequest } from "../request.ts";
import { type Body, isOurPosition, POSITION } from "./body.ts";
import { jam } from "./jam.ts";
import { tellFull, toBin } from "./bins.ts";

/** How far a Present gets under fault D21, in turn. */
const PRESENT_ERRORS = [
  "presentErrorNoItems",
  "presentErrorItems",
  "presentErrorUnknown",
] as const;

type Present = DeviceRequest<"CashDispenser.Present">;

export function present(body: Body, request: Present): void {
  const { notes, timings } = body;
  if (body.exchanging) return request.fail("exchangeActive");
  if (!isOurPosition(request.payload.position)) return request.fail("unsupportedPosition");
  if (notes.at("stacker").length === 0) return request.fail("noItems");
  if (body.faults.has("D13")) return jam(body, request, "stacker");
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

function open(body: Body, request: Present): void {
  const error = body.faults.has("D21")
    ? PRESENT_ERRORS[body.strike("D21") % PRESENT_ERRORS.length]
    : undefined;
  if (body.faults.has("D17") || error === "presentErrorNoItems") {
    body.presentState = "notPresented";
    body.notes.move("transport", "stacker");
    body.settle();
    return request.fail(error ?? "shutterNotOpen");
  }
  body.setShutter("open");
  if (body.faults.has("D19") || error === "presentErrorUnknown") {
    body.settle(); // the notes lie behind the shutter, and nobody knows who reaches them
    return request.fail("presentErrorUnknown");
  }
  body.notes.move("transport", "position");
  body.presentState = "presented";
  const position = { position: POSITION, additionalBunches: "0" } as const;
  if (error === undefined) body.tell.unsolicited("CashManagement.ItemsPresentedEvent", position);
  body.settle();
  if (error === undefined) request.succeed({ position });
  else request.fail(error);
}

export function reject(body: Body, request: DeviceRequest<"CashDispenser.Reject">): void {
  const { notes, timings } = body;
  if (body.exchanging) return request.fail("exchangeActive");
  const lying = notes.at("stacker").length + notes.at("transport").length;
  if (lying === 0) return request.fail("noItems");
  body.tidied = true;
  if (body.faults.has("D13")) return jam(body, request, "stacker");
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
