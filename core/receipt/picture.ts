/** From rows of text to a picture: bitmaps of pieces side by side, packed and written as PNG. */
import { assert } from "../assert.ts";
import { fromBase64 } from "../xfs4iot/mod.ts";
import glyphs from "./glyphs.json" with { type: "json" };
import { piecesOf } from "./pieces.ts";
import { pngOf } from "./png.ts";
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
  const lines: { readonly text: string; readonly x: number; readonly row: number }[] = [];
  let row = 0;
  for (const [left, right] of receiptRows(receipt)) {
    if (right === undefined) {
      lines.push({ text: left, x: (RECEIPT_WIDTH - widthOf(left)) >> 1, row });
    } else {
      const room = RECEIPT_WIDTH - 2 * MARGIN - GAP;
      lines.push({ text: left, x: MARGIN, row });
      // What does not fit beside its label stands below it.
      if (widthOf(left) + widthOf(right) > room) row++;
      lines.push({ text: right, x: RECEIPT_WIDTH - MARGIN - widthOf(right), row });
    }
    row++;
  }
  const height = row * ROW + 2 * MARGIN;
  // Eight dots a byte; in PNG a one is white, and the paper is.
  const paper = new Uint8Array(RECEIPT_WIDTH * height >> 3).fill(255);
  for (const { text, x, row } of lines) burn(paper, text, x, MARGIN + row * ROW);
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

function widthOf(text: string): number {
  return piecesOf(text).reduce(
    (sum, piece) => sum + (isSpace(piece) ? SPACE : glyphOf(piece).width),
    0,
  );
}

function burn(paper: Uint8Array, text: string, x: number, y: number): void {
  for (const piece of piecesOf(text)) {
    if (isSpace(piece)) {
      x += SPACE;
      continue;
    }
    const glyph = glyphOf(piece);
    burnGlyph(paper, glyph, x, y);
    x += glyph.width;
  }
}

/** Byte by byte, each falling on one or two of the paper's. */
function burnGlyph(paper: Uint8Array, { width, bits }: Glyph, x: number, y: number): void {
  const stride = (width + 7) >> 3;
  for (let v = 0; v < ROW; v++) {
    const dot = (y + v) * RECEIPT_WIDTH + x;
    const shift = dot & 7;
    for (let b = 0; b < stride; b++) {
      const burnt = bits[v * stride + b] ?? 0;
      if (burnt === 0) continue;
      const at = (dot >> 3) + b;
      paper[at] = (paper[at] ?? 0) & ~(burnt >> shift);
      if (shift > 0) paper[at + 1] = (paper[at + 1] ?? 0) & ~(burnt << (8 - shift));
    }
  }
}
