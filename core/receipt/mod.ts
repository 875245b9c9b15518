/**
 * The receipt as a picture, in the customer's script: what a printer's head burns, dot by dot.
 *
 *   texts ─split─► pieces ─glyphs.json─► bitmaps ─rows, left and right─► 1-bit picture ─► PNG
 *
 * A printer's own font is Latin, and a browser's is not the same everywhere. So every piece of text that
 * can stand on a receipt was set once (`sim/adapters/write_glyphs.ts`, with Tibetan stacked as its font
 * stacks it) and lies in `glyphs.json` as dots: the same bytes in Deno and in a browser, from integers
 * alone. A test finds a text that has no dots.
 *
 * Glyphs: Noto Serif Tibetan and Noto Sans CJK, both under the SIL Open Font License 1.1.
 *
 * @module
 */
export { piecesOf } from "./pieces.ts";
export { RECEIPT_WIDTH, receiptPicture } from "./picture.ts";
export { type Receipt, receiptRows } from "./rows.ts";
