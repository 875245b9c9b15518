/** Nothing secret is in the trace: no PIN digit, no template, no unmasked number. */
import { canonicalJson } from "../../core/json.ts";
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import type { TraceLine } from "../trace/mod.ts";
import { at, type Oracle } from "./oracle.ts";

/** A run of this many numbers is a template, whatever it is called. */
const TEMPLATE_LENGTH_MIN = 64;

function longestNumbers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value.length;
  return Object.values(value).reduce<number>(
    (most, part) => Math.max(most, longestNumbers(part)),
    0,
  );
}

/** Every string in a line, so that times and counts cannot look like a PIN. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((part) => strings(part));
}

/** `secrets` are the numbers and PINs of everybody in the plan. */
export function noSecret(secrets: readonly string[]): Oracle {
  const standing = secrets.map((secret) => new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`));
  return {
    name: "no_secret",
    sentence: "No PIN digit, no clear PIN block, no template and no unmasked number in the trace",
    observe(line: TraceLine) {
      if (line.type === "xfs" && at(line.message, "header", "name") === "Keyboard.KeyEvent") {
        const digit = at(line.message, "payload", "digit");
        if (DIGIT_KEYS.some((key) => key === digit)) {
          return "a typed digit is named";
        }
      }
      const found = strings(line).find((text) => standing.some((secret) => secret.test(text)));
      if (found !== undefined) return `a secret stands in a ${line.type} line`;
      return longestNumbers(line) >= TEMPLATE_LENGTH_MIN
        ? `a list of ${TEMPLATE_LENGTH_MIN} or more numbers: ${canonicalJson(line).slice(0, 60)}`
        : null;
    },
    finish: () => null,
  };
}
