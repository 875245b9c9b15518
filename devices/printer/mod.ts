/**
 * The receipt printer: service name `printer`, interface Printer.
 *
 * **What it models.** A roll of paper, a print head, a cutter and a slot that a hand can take from.
 *
 *   PrintNative ─lines─► inside ─cut, eject─► in the slot ─take─► gone
 *                          │ MediaPresentedEvent │           MediaTakenEvent
 *                          └── RetractMedia, ControlMedia retract, Reset ──► inner bin
 *
 * - `PrintNative.data` is base64 of a PNG, or of UTF-8 JSON: what is to stand on the receipt, as data.
 *   `PrintForm` fills the one form that lies in the printer, in the printer's own Latin font. Whoever
 *   prints masks what it sends. The twin's own core prints pictures (`core/receipt`).
 * - With `mediaControl: { cut, move: "eject" }` the receipt comes out at once; without, it waits
 *   inside for `ControlMedia`, and what is printed next stands under it. So does one that could not come
 *   out, or whose printing ended half way, until `Reset` or `RetractMedia` puts it into the bin (`unit1`).
 *   A move that Capabilities do not name is refused.
 * - `Reset` clears inside and slot into the bin; told `eject`, it brings out what is inside.
 *   `MediaDetectedEvent` says where the paper went that it came upon, or where it stays.
 * - A receipt nobody took falls out when the next one comes (`left_behind`), or is retracted.
 *
 * **What it says of the paper** (status `media`): inside `present`, in the slot `entering`, in the bin since
 * the last print `retracted`, none `notPresent`, stuck `jammed`. `media` is about receipts; the roll is
 * `paper`. A command that brings paper out tells `MediaPresentedEvent` before it completes; `Reset`,
 * which has no such event, `MediaPresentedUnsolicitedEvent`.
 *
 * **Timings** (profile, `printer`): `line_ms` a line (24 rows of dots of a picture; one for each item of
 * a list or member of an object), `cut_ms` to cut and bring out. **Supplies**: `paper_lines`; below
 * `paper_low_lines` it tells `PaperThresholdEvent low`, at none `out`.
 *
 * **Faults.** P1 to P15: see {@linkcode PRINTER_FAULTS}: at the head (paper, toner, marks), at the slot
 * (cutter, shutter, jam), in bins, fonts and forms. They never keep cash from a customer: that is the
 * core's rule.
 *
 * **Invariants.** At most one receipt in the slot; every line printed is a line less on the roll; no paper
 * that was printed is lost: it is inside, in the slot, on the floor, in a hand or in the bin.
 *
 * @module
 */
export { createPrinter, type Printer } from "./printer.ts";
export { PRINTER_FAULTS } from "./faults.ts";
