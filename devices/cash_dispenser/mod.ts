/**
 * The cash dispenser and its cassettes: service name `cashdispenser`, interfaces CashDispenser,
 * CashManagement and Storage.
 *
 * **What it models.** Notes, one by one, from the cassettes to a customer's hand or a bin:
 *
 *   Dispense   cassette ─pick─► transport ─► stacker            one note after another
 *   Present    stacker ─► transport ─► position, shutter open    ItemsPresentedEvent
 *   take       position ─► customer; when all is taken           ItemsTakenEvent, shutter closes
 *   Retract    position ─► transport ─► retract bin, shutter closes
 *   Reject     stacker (and transport) ─► reject bin
 *   Reset      whatever lies about ─► retract or reject bin, shutter closes
 *
 * - One output position, `outCenter` (`outDefault` means it). One bunch at a time.
 * - Mixes: `mix1` = `minimumBills`, exact; `mix2` = `equalEmptying`; or the application counts the notes
 *   itself (`app`). Two cassettes of one denomination are emptied alike.
 * - A customer may take some of the notes: nothing is told until the last is gone. What is then
 *   retracted is counted on its way back. Retract pulls the notes out of reach at once.
 * - `GetPresentStatus` tells of the last Dispense and survives a power cut: `notPresented` until
 *   the shutter begins to open, `unknown` while it opens, `presented` from then on, whoever has the
 *   notes.
 * - A full bin: `Storage.StorageErrorEvent full`, `cashUnitError`, the notes stay where they are.
 * - While a command moves notes it is neither cancelled nor timed out: it ends when the notes lie
 *   still.
 * - An exchange: StartExchange, the operator's hand (`operate`), SetStorage, EndExchange. A cassette
 *   that is changed without one is `manipulated`.
 * - TestCashUnits tries every feeder, Count empties cassettes as far as the reject bin has room, and says
 *   by its counts how far that was; neither begins while notes of a bunch lie about. GetItemInfo has the
 *   serial numbers of the last bunch.
 *
 * **Timings** (profile, `dispenser`): `start_ms`, then `pick_ms` a note, then `transport_ms` and
 * `shutter_ms` for Present. Five notes take 350 + 5·160 + 900 + 700 ms = 2.75 s.
 *
 * **Faults.** D1 to D36: see `faults.ts`, which also says what each leaves on the wire.
 *
 * **Invariants** (asserted in `notes.ts`). Notes over cassettes, transport, stacker, position,
 * customer, reject and retract bin sum to what was loaded, outside an exchange; a note is in one
 * place; a note that was within a customer's reach never lies on the stacker or in a cassette again.
 * `state().notes` tells all places.
 *
 * @module
 */
export { type CashDispenser, createCashDispenser } from "./dispenser.ts";
export { CASH_DISPENSER_FAULTS } from "./faults.ts";
export type { OperatorDeed } from "./operator.ts";
