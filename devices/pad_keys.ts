/** Which keys the pad has and where, by their XFS4IoT names: for its layout, for hands, for its picture. */

/** As on every bank's pad: digits to the left, what ends and corrects to the right. */
export const KEY_ROWS = [
  ["one", "two", "three", "cancel"],
  ["four", "five", "six", "clear"],
  ["seven", "eight", "nine", "backspace"],
  // `oemX` is the X of identity numbers.
  ["oemX", "zero", "help", "enter"],
] as const;

/** What else key material is typed with. */
export const HEX_ROW = ["a", "b", "c", "d", "e", "f"] as const;

/** Whether there is a key of this name to be pressed; many that the standard knows are not here. */
export function hasKey(name: string): boolean {
  return [...KEY_ROWS, HEX_ROW].some((row) => row.some((key) => key === name));
}
