/**
 * What breaks in the keypad and in the sealed part behind it.
 *
 * @module
 */
import type { ErrorCode } from "../../core/xfs4iot/mod.ts";
import type { FaultEntry } from "../device.ts";

/** The one key that fault K2 kills: the middle of the pad, where wear is greatest. */
export const DEAD_KEY = "five";
/** The one that fault K1 holds down. */
export const STUCK_KEY = "seven";
/** Beside every number key, and seldom active. */
export const NEXT_KEY = "help";

export const KEYBOARD_FAULTS = [
  {
    id: "K1",
    does: "The key 7 is stuck: it is pressed again and again",
    wire: "Keyboard.KeyEvent every 400 ms while an entry takes it, without anybody's finger",
  },
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
    id: "K4",
    does: "Keys are released late: each comes after the one pressed next, or 400 ms late",
    wire: "Keyboard.KeyEvent in another order than the keys were pressed",
  },
  {
    id: "K5",
    does: "Every press also touches the key beside it, which is not active",
    wire: "As usual: no Keyboard.KeyEvent for the other key; the pad beeps",
  },
  {
    id: "K6",
    does: "The pad's table of keys is damaged",
    wire: "DataEntry, PinEntry and SecureKeyEntry keyInvalid, whatever keys they ask for",
  },
  {
    id: "K7",
    does: "The pad's own clock runs fast: it gives a PIN two seconds",
    wire: "PinEntry entryTimeout after 2 s",
  },
  {
    id: "K8",
    does: "No key is noticed: an entry goes on until its time is over",
    wire: "No Keyboard.KeyEvent; timeOut where the header has a timeout",
  },
  {
    id: "K9",
    does: "The cancel key closes by itself, one second into an entry",
    wire: "DataEntry and PinEntry succeed with completion cancel",
  },
  {
    id: "K10",
    does: "Enter closes by itself after the third key: what was typed is too short",
    wire: "DataEntry completion enter with three keys; PinEntry ignores it below minLen",
  },
  {
    id: "K11",
    does: "The tamper sensor trips: keys and PIN are erased, and stay erased",
    wire: "Entries, KeyManagement and Crypto complete with hardwareError while it is on; " +
      "Common.ErrorEvent fraudAttempt; keyManagement.encryptionState notInitialized; " +
      "auxiliaries.internalTamperSensor on; PinPad.GetPinBlock keyNotFound, also when it is off " +
      "again, until ImportKey brings a key anew",
  },
  {
    id: "K12",
    does: "The keys have lost their values, their names are still there",
    wire: "GetPinBlock keyNoValue, IllegalKeyAccessEvent keyNoValue; encryptionState notReady",
  },
  {
    id: "K13",
    does: "The keys have lost what they are for",
    wire: "GetPinBlock useViolation, IllegalKeyAccessEvent useViolation",
  },
  {
    id: "K14",
    does: "The pad forgets the PIN before it is sealed",
    wire: "GetPinBlock noPin",
  },
  {
    id: "K15",
    does: "The pad's program knows no format 4 any more",
    wire: "GetPinBlock formatNotSupported",
  },
  {
    id: "K16",
    does: "The counter of derived keys has run out",
    wire: "GetPinBlock dukptOverflow",
  },
  {
    id: "K17",
    does: "Key check values come out wrong",
    wire:
      "ImportKey verificationData and GenerateKCV kcv differ from the key's, ImportKey with the " +
      "right one signatureInvalid; blocks are right",
  },
  {
    id: "K18",
    does: "The pad loses power for a moment: PIN and entry are lost",
    wire: "What was asked is never completed; later GetPinBlock noPin",
  },
  {
    id: "K19",
    does: "The pad was taken out",
    wire: "device noDevice, keyManagement.encryptionState notReady; entries, GetPinBlock, " +
      "KeyManagement and Crypto hardwareError",
  },
  {
    id: "K20",
    does: "The pad's PIN key is not the bank's any more",
    wire: "GetPinBlock succeeds; the bank cannot open the block, and says so in its 0110",
  },
  {
    id: "K21",
    does: "The random generator fails",
    wire: "GenerateRandom and GetPinBlock accessDenied; VerifyAuthentication macInvalid",
  },
] as const satisfies readonly FaultEntry[];

export type KeyboardFaultId = (typeof KEYBOARD_FAULTS)[number]["id"];

/** How a PIN block fails to be made, in the order in which the pad would notice. */
export const SEALING: readonly (readonly [KeyboardFaultId, ErrorCode<"PinPad.GetPinBlock">])[] = [
  ["K15", "formatNotSupported"],
  ["K12", "keyNoValue"],
  ["K13", "useViolation"],
  ["K16", "dukptOverflow"],
  ["K21", "accessDenied"],
  ["K14", "noPin"],
];
