/**
 * What a fault does at the moment it strikes or ends; what it does later is where it happens.
 *
 * @module
 */
import type { Body } from "./body.ts";

export function struck(body: Body, id: string, active: boolean): void {
  switch (id) {
    case "D8":
      if (!active) body.jammedUnit = null;
      return;
    case "D10":
      if (!active) body.forgiveCounts();
      return;
    case "D14":
      if (!active) body.forgetLeftOver();
      return;
    case "D17":
      if (body.shutter === "closed") body.tellShutter();
      return;
    case "D18":
      if (active) body.forceShutter("open");
      else closeIfEmpty(body);
      return;
    case "D19":
    case "D20":
    case "D32":
      if (!active) closeIfEmpty(body);
      return;
    case "D30":
      body.notes.mistake(body.firstUnit, body.valueOf(body.firstUnit) / (active ? 2 : 1));
      return;
  }
}

/** What held the shutter open is gone. */
function closeIfEmpty(body: Body): void {
  if (body.notes.at("position").length === 0) body.setShutter("closed");
}
