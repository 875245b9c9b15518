/** Looking for secrets in whatever JSON can say. */

/** A run of this many numbers is a template, whatever it is called. */
const TEMPLATE_LENGTH_MIN = 64;

/** From this length on a secret is found within other digits too: part of a block, or of a list. */
const KEY_LENGTH_MIN = 16;

/** No secret is shorter. */
const LENGTH_MIN = 6;
const SIX_DIGITS = /[0-9]{6}/;

/**
 * Says what secret a value holds, or `null`. Only strings are looked at, so that times and counts cannot
 * look like a PIN; a short secret has to stand alone, not within a longer hexadecimal number.
 */
export function finderOf(secrets: readonly string[]): (value: unknown) => string | null {
  const whole = secrets.filter(({ length }) => length >= LENGTH_MIN);
  const [short, long] = [0, 1].map((i) =>
    whole.filter(({ length }) => i === Number(length >= KEY_LENGTH_MIN)).map(quoted).join("|")
  );
  const nothing = "(?!)";
  const standing = new RegExp(
    `(?<![0-9a-f])(?:${short || nothing})(?![0-9a-f])|${long || nothing}`,
  );
  // Most strings are names: whether one can hold a secret is seen faster than that it holds none.
  const keys = whole.filter((secret) => !SIX_DIGITS.test(secret)).map(({ length }) => length);
  const key_length = Math.min(Infinity, ...keys);
  function find(value: unknown): string | null {
    if (typeof value === "string") {
      if (value.length < LENGTH_MIN) return null;
      const possible = value.length >= key_length || SIX_DIGITS.test(value);
      return possible && standing.test(value) ? "a secret stands" : null;
    }
    if (typeof value !== "object" || value === null) return null;
    if (Array.isArray(value)) return findIn(value);
    const members = value as Record<string, unknown>;
    for (const name in members) {
      const found = find(members[name]);
      if (found !== null) return found;
    }
    return null;
  }
  function findIn(list: readonly unknown[]): string | null {
    const numbers = typeof list[0] === "number" && list.length >= TEMPLATE_LENGTH_MIN;
    if (numbers && list.every((item) => typeof item === "number")) {
      return `a list of ${TEMPLATE_LENGTH_MIN} or more numbers stands`;
    }
    for (const item of list) {
      const found = find(item);
      if (found !== null) return found;
    }
    return null;
  }
  return find;
}

function quoted(text: string): string {
  return text.replace(/[+/]/g, "\\$&");
}
