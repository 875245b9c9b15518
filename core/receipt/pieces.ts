/** Where a text may be cut: what is set together, and stays together. */

/**
 * Single letters of ASCII, spaces, and runs of everything else. A run of Tibetan is never cut: its
 * letters stand below one another, and how is for the font to say.
 */
export function piecesOf(text: string): string[] {
  return text.normalize("NFC").match(/[\u0020-\u007e]|\u00a0|[^\u0020-\u007e\u00a0]+/g) ?? [];
}
