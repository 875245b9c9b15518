/** The ten digit keys of a pad, by their XFS4IoT names, in the order of what they type. */
export const DIGIT_KEYS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
] as const;
export type DigitKey = (typeof DIGIT_KEYS)[number];
