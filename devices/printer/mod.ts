/**
 * The receipt printer: service name `printer`, interface Printer.
 *
 * **What it models.** A roll of paper, a print head, a cutter and a slot that a hand can take from.
 *
 *   PrintNative ─lines─► printed ─cut, eject─► in the slot ─take─► gone     MediaTakenEvent
 *                           │                      │
 *                           └ ControlMedia eject   └ ControlMedia retract ─► inner bin
 *
 * - `PrintNative.data` is base64 of a PNG, or of UTF-8 JSON: what is to stand on the receipt, as data.
 *   `PrintForm` fills the one form that lies in the printer, in the printer's own Latin font. Whoever
 *   prints masks what it sends. The twin's own core prints pictures (`core/receipt`).
 * - With `mediaControl: { cut, move: "eject" }` the receipt comes out at once; without, it waits
 *   inside for `ControlMedia`, and what is printed next stands under it. `Reset` brings it out, or puts it
 *   into the bin where nothing is said. A move that Capabilities do not name is refused.
 * - A receipt nobody took falls out when the next one comes (`left_behind`), or is retracted.
 *
 * **Timings** (profile, `printer`): `line_ms` a line (24 rows of dots of a picture; one for each item of
 * a list or member of an object), `cut_ms` to cut and bring out. **Supplies**: `paper_lines`; below
 * `paper_low_lines` it tells `PaperThresholdEvent low`, at none `out`.
 *
 * **Faults.** P1 to P15: see {@linkcode PRINTER_FAULTS}: at the head (paper, toner, marks), at the slot
 * (cutter, shutter, jam), in bins, fonts and forms. They never keep cash from a customer: that is the
 * core's rule.
 *
 * **Invariants.** At most one receipt in the slot; every line printed is a line less on the roll.
 *
 * @module
 */
export { createPrinter, type Printer } from "./printer.ts";
export { PRINTER_FAULTS } from "./faults.ts";
