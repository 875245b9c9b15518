/** Looking for secrets in whatever JSON can say. */

/** A run of this many numbers is a template, whatever it is called. */
const TEMPLATE_LENGTH_MIN = 64;

/** From this length on a secret is found within other digits too: part of a block, or of a list. */
const KEY_LENGTH_MIN = 16;

/** Texts this long are pictures of receipts, each of which is told several times in a row. */
const PICTURE_LENGTH_MIN = 1_000;

/** No secret is shorter. */
const LENGTH_MIN = 6;
const SIX_DIGITS = /[0-9]{6}/;

/**
 * Says what secret a value holds, or `null`. Only strings are looked at, so that times and counts cannot
 * look like a PIN; a short secret has to stand alone, not within a longer hexadecimal number.
 */
export function finderOf(secrets: readonly string[]): (value: unknown) => string | null {
  const holds = holderOf(secrets.filter(({ length }) => length >= LENGTH_MIN));
  return (value) => found(value, holds);
}

/** Outside of the finders: compiled once for all runs, not anew for the finders of each. */
function found(value: unknown, holds: (text: string) => boolean): string | null {
  if (typeof value === "string") return holds(value) ? "a secret stands" : null;
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) {
    return isTemplate(value)
      ? `a list of ${TEMPLATE_LENGTH_MIN} or more numbers stands`
      : foundIn(value, holds);
  }
  // Not `for … in`: V8 compiles that for one shape of object, and again for the next, without end.
  return foundIn(Object.values(value), holds);
}

function foundIn(values: readonly unknown[], holds: (text: string) => boolean): string | null {
  for (let i = 0; i < values.length; i++) {
    const secret = found(values[i], holds);
    if (secret !== null) return secret;
  }
  return null;
}

function isTemplate(list: readonly unknown[]): boolean {
  return list.length >= TEMPLATE_LENGTH_MIN && list.every((item) => typeof item === "number");
}

/** Whether a text holds one of these; most texts are names, and that they hold none is seen fast. */
function holderOf(secrets: readonly string[]): (text: string) => boolean {
  const short = secrets.filter(({ length }) => length < KEY_LENGTH_MIN);
  const long = secrets.filter(({ length }) => length >= KEY_LENGTH_MIN);
  const alone = new RegExp(
    `(?<![0-9a-f])(?:${short.map(quoted).join("|") || "(?!)"})(?![0-9a-f])`,
  );
  // What has six digits in a row is only in texts that have them too.
  const [wordlike, keys] = [short, long].map((some) => some.filter((each) => !hasSixDigits(each)));
  const key_length = Math.min(Infinity, ...keys?.map(({ length }) => length) ?? []);
  const holds = (text: string) => {
    if (hasSixDigits(text)) return alone.test(text) || isWithin(long, text);
    if (wordlike?.length !== 0 && alone.test(text)) return true;
    return text.length >= key_length && isWithin(keys ?? [], text);
  };
  let clean = "";
  return (text) => {
    if (text.length < PICTURE_LENGTH_MIN) return holds(text);
    if (text === clean) return false;
    if (holds(text)) return true;
    clean = text;
    return false;
  };
}

function isWithin(secrets: readonly string[], text: string): boolean {
  for (const secret of secrets) if (text.includes(secret)) return true;
  return false;
}

/** Six digits in a row cover one place of every six. */
function hasSixDigits(text: string): boolean {
  for (let i = LENGTH_MIN - 1; i < text.length; i += LENGTH_MIN) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) return SIX_DIGITS.test(text);
  }
  return false;
}

function quoted(text: string): string {
  return text.replace(/[+/]/g, "\\$&");
}
