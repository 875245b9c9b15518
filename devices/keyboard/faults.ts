import type { FaultEntry } from "../device.ts";

/** The one key that fault K2 kills: the middle of the pad, where wear is greatest. */
export const DEAD_KEY = "five";

export const KEYBOARD_FAULTS = [
  {
    id: "K2",
    does: "The key 5 is dead",
    wire: "No Keyboard.KeyEvent for it; everything else as usual",
  },
  {
    id: "K3",
    does: "Every key bounces: one press counts twice",
    wire: "A second Keyboard.KeyEvent bounce_ms after each",
  },
  {
    id: "K11",
    does: "The tamper sensor trips: keys and PIN are erased, and stay erased",
    wire: "Entries complete with hardwareError while it is on; Common.ErrorEvent fraudAttempt; " +
      "keyManagement.encryptionState notInitialized; PinPad.GetPinBlock keyNotFound ever after",
  },
] as const satisfies readonly FaultEntry[];
