/**
 * A jam in the transport: the notes stay in it, and the command that moved them ends.
 *
 * @module
 */
import type { BareCode } from "../request.ts";
import type { Body } from "./body.ts";

/** A command that was moving notes. */
interface Moving {
  refuse(code: BareCode, description?: string): void;
}

export function jam(
  body: Body,
  request: Moving,
  where: "transport" | "stacker" = "transport",
): void {
  const vendorDescription = `${where} jam`;
  body.tell.unsolicited("Common.ErrorEvent", {
    eventId: "hardware",
    action: "clear",
    vendorDescription,
  });
  body.settle();
  request.refuse("hardwareError", vendorDescription);
}
