/** From rows of text to a picture: bitmaps of pieces side by side, packed and written as PNG. */
import { assert } from "../assert.ts";
import { remembered } from "../remembered.ts";
import { fromBase64 } from "../xfs4iot/mod.ts";
import glyphs from "./glyphs.json" with { type: "json" };
import { piecesOf } from "./pieces.ts";
import { blank, placeOf, pngOf } from "./png.ts";
import { type Receipt, receiptRows } from "./rows.ts";

/** Dots across: 48 mm of print at eight to the millimetre. */
export const RECEIPT_WIDTH = 384;
const MARGIN = 12;
/** Between a label and what belongs to it, at least. */
const GAP = 14;
const ROW = glyphs.height;
const SPACE = 7;

interface Glyph {
  readonly width: number;
  /** Rows of `ROW` dots each, most significant bit first; 1 is burnt, and none beyond the width is. */
  readonly bits: Uint8Array;
}

/** Unpacked when first printed: most of what imports this never prints. */
let set: ReadonlyMap<string, Glyph> | null = null;

/** A text as it is set: its pieces, where each begins, and how wide it is. */
interface Line {
  readonly glyphs: readonly { readonly glyph: Glyph; readonly x: number }[];
  readonly width: number;
}

/** Labels, months and single letters come again and again; times and numbers are made of letters. */
const LINES_MAX = 512;
const setLine = remembered(LINES_MAX, (text: string): Line => {
  const glyphs: { glyph: Glyph; x: number }[] = [];
  let width = 0;
  for (const piece of piecesOf(text)) {
    if (isSpace(piece)) {
      width += SPACE;
      continue;
    }
    const glyph = glyphOf(piece);
    glyphs.push({ glyph, x: width });
    width += glyph.width;
  }
  return { glyphs, width };
});

function unpacked(): ReadonlyMap<string, Glyph> {
  return new Map(
    Object.entries(glyphs.pieces).map(([piece, { width, bits }]) => [
      piece,
      { width, bits: trimmed(fromBase64(bits), width) },
    ]),
  );
}

/** Clears what a row's last byte has beyond the width. */
function trimmed(bits: Uint8Array, width: number): Uint8Array {
  const stride = (width + 7) >> 3;
  const inside = 0xff << (stride * 8 - width);
  for (let last = stride - 1; last < bits.length; last += stride) {
    bits[last] = (bits[last] ?? 0) & inside;
  }
  return bits;
}

/** The receipt as a PNG of one bit a dot. */
export function receiptPicture(receipt: Receipt): Uint8Array {
  const lines: { readonly line: Line; readonly x: number; readonly row: number }[] = [];
  let row = 0;
  for (const [left, right] of receiptRows(receipt)) {
    const label = setLine(left);
    if (right === undefined) {
      lines.push({ line: label, x: (RECEIPT_WIDTH - label.width) >> 1, row });
    } else {
      const line = setLine(right);
      const room = RECEIPT_WIDTH - 2 * MARGIN - GAP;
      lines.push({ line: label, x: MARGIN, row });
      // What does not fit beside its label stands below it.
      if (label.width + line.width > room) row++;
      lines.push({ line, x: RECEIPT_WIDTH - MARGIN - line.width, row });
    }
    row++;
  }
  const height = row * ROW + 2 * MARGIN;
  // Eight dots a byte; in PNG a one is white, and the paper is.
  const paper = blank(RECEIPT_WIDTH, height);
  for (const { line, x, row } of lines) burn(paper, line, x, MARGIN + row * ROW);
  return pngOf(RECEIPT_WIDTH, height, paper);
}

function glyphOf(piece: string): Glyph {
  set ??= unpacked();
  const glyph = set.get(piece);
  assert(glyph !== undefined, `"${piece}" has been set: see sim/adapters/write_glyphs.ts`);
  return glyph;
}

function isSpace(piece: string): boolean {
  return piece === " " || piece === "\u00a0";
}

function burn(paper: Uint8Array, { glyphs }: Line, x: number, y: number): void {
  for (const { glyph, x: right } of glyphs) burnGlyph(paper, glyph, x + right, y);
}

/** Byte by byte, each falling on one or two of the paper's. */
function burnGlyph(paper: Uint8Array, { width, bits }: Glyph, x: number, y: number): void {
  const stride = (width + 7) >> 3;
  const shift = x & 7;
  for (let v = 0; v < ROW; v++) {
    const begin = placeOf(RECEIPT_WIDTH, y + v) + (x >> 3);
    for (let b = 0; b < stride; b++) {
      const burnt = bits[v * stride + b] ?? 0;
      if (burnt === 0) continue;
      const at = begin + b;
      paper[at] = (paper[at] ?? 0) & ~(burnt >> shift);
      if (shift > 0) paper[at + 1] = (paper[at + 1] ?? 0) & ~(burnt << (8 - shift));
    }
  }
}
