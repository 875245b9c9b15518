/** A picture of one bit a dot as PNG (W3C PNG, third edition). */
import { deflated } from "./deflate.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Length, type and CRC around what a chunk says. */
const CHUNK_BYTES = 12;
const HEADER_BYTES = 13;

/** Room for a receipt, used again for the next: whoever prints it is done with it by then. */
const room = new Uint8Array(1 << 15);

/** White paper: eight dots a byte, each row after the name of its filter (none), as PNG has it. */
export function blank(width: number, height: number): Uint8Array {
  const size = placeOf(width, height) - 1;
  const lines = (size > room.length ? new Uint8Array(size) : room.subarray(0, size)).fill(255);
  for (let row = 0; row < height; row++) lines[placeOf(width, row) - 1] = 0;
  return lines;
}

/** Where the dots of a row begin. */
export function placeOf(width: number, row: number): number {
  return strideOf(width) * row + 1;
}

/** Bytes from one row to the next. */
function strideOf(width: number): number {
  return (width >> 3) + 1;
}

/** `lines`: {@linkcode blank} with dots on it, most significant bit first; a one is white. */
export function pngOf(width: number, height: number, lines: Uint8Array): Uint8Array {
  const data = deflated(lines, strideOf(width));
  const png = new Uint8Array(SIGNATURE.length + 3 * CHUNK_BYTES + HEADER_BYTES + data.length);
  png.set(SIGNATURE);
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 1; // bits a dot; the rest is nought: grey, deflated, adaptive filters, not interlaced
  let at = writeChunk(png, SIGNATURE.length, "IHDR", header);
  at = writeChunk(png, at, "IDAT", data);
  writeChunk(png, at, "IEND", new Uint8Array());
  return png;
}

function writeChunk(png: Uint8Array, at: number, type: string, data: Uint8Array): number {
  const view = new DataView(png.buffer);
  view.setUint32(at, data.length);
  for (let i = 0; i < type.length; i++) png[at + 4 + i] = type.charCodeAt(i);
  png.set(data, at + 8);
  const end = at + 8 + data.length;
  view.setUint32(end, crcOf(png.subarray(at + 4, end)));
  return end + 4;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}
