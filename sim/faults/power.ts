/** What can happen to the power of the machine as a whole. */
import type { FaultEntry } from "../../devices/mod.ts";

export const POWER_FAULTS = [
  {
    id: "E3",
    does: "Mains and battery are gone at once; the machine starts again when they are back",
    wire:
      "Nothing: no completion, no event; then GetPresentStatus tells of the last Dispense, and " +
      "Common.Status of notes that lie about",
    lasts_s: 30,
  },
] as const satisfies readonly FaultEntry[];
