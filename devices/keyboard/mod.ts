/**
 * Keypad and PIN pad: one sealed device, service name `pinpad`, interfaces Keyboard, PinPad, Crypto
 * and KeyManagement.
 *
 * **What it models.** Keys that a person presses, and the sealed computer behind them. Keys do
 * nothing until a command activates them.
 *
 *   idle ──DataEntry──► data ──terminate key · maxLen (autoEnd)──► idle      keys told as they come
 *   idle ──PinEntry───► pin  ──terminate key · maxLen (autoEnd)──► idle      digits never told
 *
 * - `EnterDataEvent` says that keys are listened to; each accepted key is a `KeyEvent`.
 * - `clear` and `backspace`, where active, edit what was entered; digits beyond `maxLen` and
 *   `enter` before `minLen` are ignored, like a press of a key that is not active.
 * - A completed `DataEntry` lists the keys that remain after editing, the terminating one included.
 * - A PIN has four to twelve digits (ISO 9564-1), whatever `minLen` and `maxLen` say.
 * - The PIN is kept from a `PinEntry` until the next `GetPinBlock` (unless `MaintainPin` said to
 *   keep it), the next entry of a PIN, `Reset`, tamper, or loss of power, whichever comes first.
 * - A key typed by custodians is kept until `ImportKey` names it, `Initialization`, `Reset`, tamper, or
 *   loss of power; `MaintainPin` holds until it is asked otherwise, or until one of the last three.
 * - PIN blocks: ISO 9564 format 4 (`iso4`), `ecb`, with the named keys given at construction, or
 *   imported since by KeyManagement. A pad that was given a cipher for TDEA makes formats 0 and 3 (`iso0`,
 *   `iso3`) as well, with keys of TDEA; `customerData` is then the account without its check digit, as the
 *   standard has it. A key makes no format of the other algorithm (`algorithmNotSupported`).
 *
 * **Timings** (profile, `keypad`): `entry_timeout_s` limits a whole PIN entry (`entryTimeout`, the
 * pad's own limit, beside the header's `timeOut`); `pin_block_ms` makes a block; `bounce_ms` is
 * K3's.
 *
 * **Faults.** K1 to K21: see {@linkcode KEYBOARD_FAULTS}. Contacts (stuck, dead, bouncing, late, beside
 * one another), entries that end by themselves or never, tamper, keys that lost their values or their
 * use, a pad without power or taken out.
 *
 * **Invariants.** No message and no state ever holds a digit of a PIN: how many there are is all
 * that is told. A PIN block is made at most once from a PIN that is not maintained.
 *
 * @module
 */
export { Contacts } from "./contacts.ts";
export { createKeyboard, type Keyboard, type KeyboardOptions } from "./keyboard.ts";
export { KEYBOARD_FAULTS } from "./faults.ts";
