/**
 * The receipt printer: service name `printer`, interface Printer.
 *
 * **What it models.** A roll of paper, a print head, a cutter and a slot that a hand can take from.
 *
 *   PrintNative ─lines─► printed ─cut, eject─► in the slot ─take─► gone     MediaTakenEvent
 *                           │                      │
 *                           └ ControlMedia eject   └ ControlMedia retract ─► inner bin
 *
 * - `PrintNative.data` is base64 of UTF-8 JSON: what is to stand on the receipt, as data. Rendering
 *   it in three scripts is the business of whoever looks at `state().slot`. The core masks what it
 *   sends.
 * - With `mediaControl: { cut, move: "eject" }` the receipt comes out at once; without, it waits
 *   inside for `ControlMedia`.
 * - A receipt nobody took falls out when the next one comes (`left_behind`), or is retracted.
 *
 * **Timings** (profile, `printer`): `line_ms` a line (one for each item of a list or member of an
 * object), `cut_ms` to cut and bring out. **Supplies**: `paper_lines`; below `paper_low_lines` it
 * tells `PaperThresholdEvent low`, at none `out`.
 *
 * **Faults.** P2 paper out, P3 paper jam: see `faults.ts`. They never keep cash from a customer:
 * that is the core's rule.
 *
 * **Invariants.** At most one receipt in the slot; every line printed is a line less on the roll.
 *
 * @module
 */
export { createPrinter, type Printer } from "./printer.ts";
export { PRINTER_FAULTS } from "./faults.ts";
