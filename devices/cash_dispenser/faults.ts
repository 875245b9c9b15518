/**
 * What can break at the dispenser: the catalogue's D1 to D36. Faults of one cassette strike the first.
 *
 * @module
 */
import type { FaultEntry } from "../device.ts";

const CASSETTES = [
  {
    id: "D1",
    does: "The first cassette is empty, whatever its counter says",
    wire: "Storage.StorageThresholdEvent replenishmentStatus empty; the mix avoids it; notes " +
      "asked from it: Storage.StorageErrorEvent empty and cashUnitError",
  },
  {
    id: "D2",
    does: "The first cassette's sensor says that few notes are left",
    wire: "StorageThresholdEvent replenishmentStatus low, cashManagement.dispenser attention",
  },
  {
    id: "D3",
    does: "The first cassette is not in its place",
    wire: "StorageChangedEvent status missing; asked from: StorageErrorEvent error, cashUnitError",
  },
  {
    id: "D4",
    does: "The first cassette's feeder is out of order",
    wire: "StorageChangedEvent status inoperative, operationStatus dispenseInoperative; asked " +
      "from: StorageErrorEvent feedModuleProblem, cashUnitError",
  },
  {
    id: "D5",
    does: "The first cassette was changed without an exchange",
    wire: "StorageChangedEvent status manipulated; asked from: StorageErrorEvent error",
  },
  {
    id: "D6",
    does: "The first cassette has no configuration",
    wire: "StorageChangedEvent status notConfigured; asked from: StorageErrorEvent notConfigured",
  },
  {
    id: "D7",
    does: "The first cassette is locked by the application",
    wire: "StorageChangedEvent configuration.appLockOut; asked from: StorageErrorEvent locked",
  },
  {
    id: "D30",
    does: "In the first cassette lie notes of half its value",
    wire: "Nothing: it is found when the unit is counted (CashDispenser.Count)",
  },
  {
    id: "D31",
    does: "The first cassette's counter has run one note ahead",
    wire: "Storage.CountsChangedEvent: one note more presented than was picked; nothing else",
  },
  {
    id: "D36",
    does: "The cassettes are configured for another currency",
    wire: "Denominate and Dispense of CNY: invalidCurrency",
  },
] as const satisfies readonly FaultEntry[];

const PICKING = [
  {
    id: "D8",
    does: "The pick fails half way through the next bunch; its cassette stays out of use",
    wire:
      "Storage.StorageErrorEvent feedModuleProblem, IncompleteDispenseEvent if notes lie on the " +
      "stacker, Dispense cashUnitError; the unit's status inoperative; Reject clears the stacker",
  },
  {
    id: "D9",
    does: "The first pick of every bunch is a bad one: two notes, a long, a skewed, a short one …",
    wire:
      "CashManagement.NoteErrorEvent with each reason in turn; the notes go to the reject bin " +
      "(out.rejected), others are picked in their place",
  },
  {
    id: "D10",
    does: "The stacker counts one note more than was picked",
    wire: "NoteErrorEvent incorrectCount, StorageChangedEvent accuracy inaccurate, Dispense " +
      "cashUnitError",
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
    id: "D13",
    does: "The stacker jams: what lies on it cannot be moved",
    wire: "intermediateStacker unknown; Present, Reject and Reset hardwareError, ErrorEvent clear",
  },
  {
    id: "D14",
    does: "A note of an earlier bunch lies in the transport",
    wire: "transportStatus notEmpty; Dispense itemsLeft until Reject or Reset",
  },
  {
    id: "D15",
    does: "The reject bin is full",
    wire: "StorageThresholdEvent full; Reject: StorageErrorEvent full, cashUnitError",
  },
  {
    id: "D16",
    does: "The retract bin is full",
    wire: "StorageThresholdEvent full; Retract: StorageErrorEvent full, cashUnitError",
  },
  { id: "D29", does: "The stacker takes one note at a time", wire: "Dispense tooManyItems" },
  {
    id: "D35",
    does: "The motors need three seconds more before every bunch",
    wire: "CashDispenser.DelayedDispenseEvent delay 3",
  },
] as const satisfies readonly FaultEntry[];

const SHUTTER = [
  {
    id: "D17",
    does: "The shutter is jammed shut; the notes stay on the stacker",
    wire: "ShutterStatusChangedEvent jammed, Present shutterNotOpen, shutter jammedClosed",
  },
  {
    id: "D18",
    does: "The shutter is jammed open",
    wire: "shutter jammedOpen; Dispense and Present shutterOpen",
  },
  {
    id: "D19",
    does: "The shutter opens only partly: nobody knows whether a hand reaches the notes",
    wire: "Present presentErrorUnknown, presentState unknown, shutter jammedPartiallyOpen",
  },
  {
    id: "D20",
    does: "The shutter does not close when notes were taken back",
    wire: "Retract and CloseShutter shutterNotClosed, shutter jammedOpen",
  },
  {
    id: "D21",
    does: "Every Present fails: nothing within reach, all of it, nobody knows, in turn",
    wire: "Present presentErrorNoItems, presentErrorItems, presentErrorUnknown in turn; " +
      "presentState notPresented, presented, unknown",
  },
  {
    id: "D22",
    does: "Nobody takes the notes",
    wire: "ItemsPresentedEvent and no ItemsTakenEvent; Retract takes them back",
  },
  {
    id: "D23",
    does: "A hand snatches half of the notes while they are taken back",
    wire: "Retract itemsTaken with what came back",
  },
  {
    id: "D24",
    does: "Something that is no note lies in the shutter",
    wire: "Retract, Reset, OpenShutter and CloseShutter foreignItemsDetected",
  },
  {
    id: "D25",
    does: "Retract stops half way; the rest stays in the transport",
    wire: "IncompleteRetractEvent with each reason in turn, Retract incompleteRetract",
  },
  {
    id: "D26",
    does: "The notes at the shutter cannot be gripped",
    wire: "Retract and Reset positionNotEmpty; the notes stay where they are",
  },
  {
    id: "D32",
    does: "The items-taken sensor goes on seeing notes when there are none",
    wire: "No ItemsTakenEvent, positionStatus notEmpty; Retract noItems",
  },
] as const satisfies readonly FaultEntry[];

const WHOLE = [
  {
    id: "D27",
    does: "The door of the safe is open",
    wire: "Dispense, Count and TestCashUnits: safeDoorOpen or cashUnitError; nothing moves",
  },
  {
    id: "D28",
    does: "Somebody else is exchanging the cassettes",
    wire: "common.exchange active; StartExchange, and every movement but Reset: exchangeActive",
  },
  {
    id: "D33",
    does: "The dispenser alone loses its power",
    wire: "The command under way: hardwareError; device powerOff; others deviceNotReady; " +
      "afterwards GetPresentStatus tells of the last Dispense",
  },
  {
    id: "D34",
    does: "No nonce is kept, so no token fits",
    wire: "Common.NonceClearedEvent; Dispense with a token noCommandNonce",
  },
] as const satisfies readonly FaultEntry[];

export const CASH_DISPENSER_FAULTS = [...CASSETTES, ...PICKING, ...SHUTTER, ...WHOLE] as const;
