/**
 * Hands a file to the person: made here, asked of nobody.
 *
 * @module
 */

/** Spreadsheets take a file without the mark for something older than Unicode. */
const BYTE_ORDER_MARK = "\ufeff";

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
