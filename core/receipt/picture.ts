/** From rows of text to a picture: bitmaps of pieces side by side, packed and written as PNG. */
import { encode } from "fast-png";
import { assert } from "../assert.ts";
import { fromBase64 } from "../xfs4iot/mod.ts";
import glyphs from "./glyphs.json" with { type: "json" };
import { piecesOf } from "./pieces.ts";
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
  /** Rows of `ROW` dots each, most significant bit first; 1 is burnt. */
  readonly bits: Uint8Array;
}

/** Unpacked when first printed: most of what imports this never prints. */
let set: ReadonlyMap<string, Glyph> | null = null;

function unpacked(): ReadonlyMap<string, Glyph> {
  return new Map(
    Object.entries(glyphs.pieces).map(([piece, { width, bits }]) => [
      piece,
      { width, bits: fromBase64(bits) },
    ]),
  );
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
  const dots = new Uint8Array(RECEIPT_WIDTH * height);
  for (const { text, x, row } of lines) draw(dots, text, x, MARGIN + row * ROW);
  return encode({ width: RECEIPT_WIDTH, height, channels: 1, depth: 1, data: packed(dots) });
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

function draw(dots: Uint8Array, text: string, x: number, y: number): void {
  for (const piece of piecesOf(text)) {
    if (isSpace(piece)) {
      x += SPACE;
      continue;
    }
    const { width, bits } = glyphOf(piece);
    const stride = (width + 7) >> 3;
    for (let v = 0; v < ROW; v++) {
      for (let u = 0; u < width; u++) {
        const byte = bits[v * stride + (u >> 3)] ?? 0;
        if ((byte >> (7 - (u & 7))) & 1) dots[(y + v) * RECEIPT_WIDTH + x + u] = 1;
      }
    }
    x += width;
  }
}

/** Eight dots a byte; in PNG a one is white, and the paper is. */
function packed(dots: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(dots.length >> 3).fill(255);
  dots.forEach((burnt, i) => {
    if (burnt) bytes[i >> 3] = (bytes[i >> 3] ?? 0) & ~(1 << (7 - (i & 7)));
  });
  return bytes;
}
