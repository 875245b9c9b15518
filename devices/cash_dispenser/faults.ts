import type { FaultEntry } from "../device.ts";

export const CASH_DISPENSER_FAULTS = [
  {
    id: "D1",
    does: "The first cassette is empty, whatever its counter says",
    wire: "Storage.StorageThresholdEvent replenishmentStatus empty; the mix avoids it; notes " +
      "asked from it: Storage.StorageErrorEvent empty and cashUnitError",
  },
  {
    id: "D8",
    does: "The pick fails half way through the next bunch; its cassette stays out of use",
    wire:
      "Storage.StorageErrorEvent feedModuleProblem, IncompleteDispenseEvent if notes lie on the " +
      "stacker, Dispense cashUnitError; the unit's status inoperative; Reject clears the stacker",
  },
  {
    id: "D11",
    does: "The last note of every bunch does not come",
    wire:
      "Storage.StorageErrorEvent error, CashDispenser.IncompleteDispenseEvent with what lies on " +
      "the stacker, Dispense cashUnitError; Reject clears the stacker",
  },
  {
    id: "D12",
    does: "The transport jams at the next movement of notes; they stay in it",
    wire: "hardwareError, Common.ErrorEvent hardware/clear, transport inoperative, device " +
      "hardwareError; after clearing, Reject or Reset moves the notes to a bin",
  },
  {
    id: "D17",
    does: "The shutter is jammed shut; the notes stay on the stacker",
    wire: "ShutterStatusChangedEvent jammed, Present shutterNotOpen, shutter jammedClosed",
  },
] as const satisfies readonly FaultEntry[];
