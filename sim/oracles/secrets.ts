/** Looking for secrets in whatever JSON can say. */

/** A run of this many numbers is a template, whatever it is called. */
const TEMPLATE_LENGTH_MIN = 64;

/** From this length on a secret is found within other digits too: part of a block, or of a list. */
const KEY_LENGTH_MIN = 16;

/** No secret is shorter. */
const LENGTH_MIN = 6;
const SIX_DIGITS = /[0-9]{6}/;
/** Nonces and codes as tokens have them: six digits of one are chance. */
const UPPERCASE_CODES = /[0-9A-F]{32,}/g;

/** Texts of a run that are kept in mind: names of messages, hashes of frames, a picture of a receipt. */
const CLEAN_MAX = 512;

/**
 * Says what secret a value holds, or `null`. Only strings are looked at, so that times and counts cannot
 * look like a PIN; a short secret has to stand alone, not within a longer hexadecimal number.
 */
export function finderOf(secrets: readonly string[]): (value: unknown) => string | null {
  let holder: Holder | null = null;
  return (value) => found(value, holder ??= new Holder(secrets), null);
}

/**
 * One look for several oracles' secrets, since nearly everything holds nobody's. A message is looked at on
 * its wire, and not again in the line that tells of it; of what a device tells of itself again and again,
 * only that which is not the very same as before.
 */
export class Glance {
  readonly #holder: Holder;
  #clean: object | null = null;
  readonly #told = new Map<string, object>();

  constructor(secrets: readonly string[]) {
    this.#holder = new Holder(secrets);
  }

  /** Whether a value holds no secret; if so, it is taken for clean in the next value that has it. */
  isClean(value: object): boolean {
    if (found(value, this.#holder, this.#clean) !== null) return false;
    this.#clean = value;
    return true;
  }

  /** The same of the state that `device` tells, which nobody changes once it is told. */
  isCleanState(device: string, state: object): boolean {
    const before = this.#told.get(device);
    if (before === undefined && found(device, this.#holder, null) !== null) return false;
    if (newlyFound(state, before, this.#holder) !== null) return false;
    this.#told.set(device, state);
    return true;
  }
}

/** What is found in this and does not stand in `before`, which was clean, in the same place. */
function newlyFound(value: unknown, before: unknown, holder: Holder): string | null {
  if (value === before) return null;
  if (!isMembers(value) || !isMembers(before)) return found(value, holder, null);
  const [now, then] = [Object.values(value), Object.values(before)];
  for (let i = 0; i < now.length; i++) {
    const secret = newlyFound(now[i], then[i], holder);
    if (secret !== null) return secret;
  }
  return null;
}

function isMembers(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Outside of the finders: compiled once for all runs, not anew for the finders of each. */
function found(value: unknown, holder: Holder, clean: object | null): string | null {
  if (typeof value === "string") {
    return value.length >= LENGTH_MIN && holder.holds(value) ? "a secret stands" : null;
  }
  if (typeof value !== "object" || value === null || value === clean) return null;
  if (Array.isArray(value)) {
    return isTemplate(value)
      ? `a list of ${TEMPLATE_LENGTH_MIN} or more numbers stands`
      : foundIn(value, holder, clean);
  }
  // Not `for … in`: V8 compiles that for one shape of object, and again for the next, without end.
  return foundIn(Object.values(value), holder, clean);
}

function foundIn(
  values: readonly unknown[],
  holder: Holder,
  clean: object | null,
): string | null {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === "number") continue;
    const secret = found(value, holder, clean);
    if (secret !== null) return secret;
  }
  return null;
}

function isTemplate(list: readonly unknown[]): boolean {
  return list.length >= TEMPLATE_LENGTH_MIN && list.every((item) => typeof item === "number");
}

/** Whether a text holds one of these; most texts are names, and that they hold none is seen fast. */
class Holder {
  /** The short ones, each alone. */
  readonly #alone: RegExp;
  readonly #long: readonly string[];
  /** What has six digits in a row is only in texts that have them too; these have none. */
  readonly #wordlike: boolean;
  readonly #keys: readonly string[];
  readonly #key_length: number;
  readonly #clean = new Set<string>();

  constructor(secrets: readonly string[]) {
    const looked_for = [...new Set(secrets)].filter(({ length }) => length >= LENGTH_MIN);
    const short = looked_for.filter(({ length }) => length < KEY_LENGTH_MIN);
    this.#long = looked_for.filter(({ length }) => length >= KEY_LENGTH_MIN);
    this.#alone = new RegExp(
      `(?<![0-9a-f])(?:${short.map(quoted).join("|") || "(?!)"})(?![0-9a-f])`,
    );
    this.#wordlike = short.some((each) => !hasSixDigits(each));
    this.#keys = this.#long.filter((each) => !hasSixDigits(each));
    this.#key_length = Math.min(Infinity, ...this.#keys.map(({ length }) => length));
  }

  holds(text: string): boolean {
    if (text.length < KEY_LENGTH_MIN) return this.#search(text);
    if (this.#clean.has(text)) return false;
    if (this.#search(text)) return true;
    if (this.#clean.size < CLEAN_MAX) this.#clean.add(text);
    return false;
  }

  #standsAlone(text: string): boolean {
    return this.#alone.test(text) && this.#alone.test(text.replace(UPPERCASE_CODES, "-"));
  }

  #search(text: string): boolean {
    if (hasSixDigits(text)) return this.#standsAlone(text) || isWithin(this.#long, text);
    if (this.#wordlike && this.#standsAlone(text)) return true;
    return text.length >= this.#key_length && isWithin(this.#keys, text);
  }
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
