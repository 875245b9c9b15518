/**
 * What has been typed so far in one entry, and when it is over. Knows nothing of messages or time.
 *
 * @module
 */
import { type CommandPayload, DIGIT_KEYS, type EntryCompletion } from "../../core/xfs4iot/mod.ts";
import { KEY_ROWS } from "../pad_keys.ts";

/** The keys of data and PIN entries. */
export const FITTED_KEYS: readonly string[] = KEY_ROWS.flat();

/** The digit a number key stands for; undefined for every other key. */
export function digitOf(key: string): string | undefined {
  const at = DIGIT_KEYS.findIndex((name) => name === key);
  return at < 0 ? undefined : String(at);
}

/** What a pressed key did: told as a KeyEvent, and how the entry ends if it does. */
export interface Pressed {
  readonly completion: EntryCompletion;
  readonly ends: EntryCompletion | null;
}

/** How an entry is bounded; `maxLen` 0 or absent is unlimited, and then `autoEnd` means nothing. */
export type EntryLimits =
  & Pick<CommandPayload<"Keyboard.DataEntry">, "maxLen" | "autoEnd" | "activeKeys">
  & { readonly minLen?: number };

export class Entry {
  readonly #limits: EntryLimits;
  #keys: string[] = [];

  constructor(limits: EntryLimits) {
    this.#limits = limits;
  }

  /** Keys entered, the terminating one not among them. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  /** The keys that do something now. */
  get activeKeys(): readonly string[] {
    return Object.keys(this.#limits.activeKeys ?? {});
  }

  /** Takes a key; null when it is not active now and nothing happens. */
  press(key: string): Pressed | null {
    const { activeKeys = {} } = this.#limits;
    const active = Object.hasOwn(activeKeys, key) ? activeKeys[key] : undefined;
    if (active === undefined) return null;
    const { maxLen = 0, autoEnd = false, minLen = 0 } = this.#limits;
    if (key === "enter" && this.#keys.length < minLen) return null;
    const completion = completionOf(key);
    if (completion === "clear") this.#keys = [];
    else if (completion === "backspace") this.#keys.pop();
    else if (completion === "continue") {
      if (maxLen > 0 && this.#keys.length >= maxLen) return null;
      this.#keys.push(key);
    }
    if (active.terminate === true) {
      return { completion, ends: completion === "continue" ? "fk" : completion };
    }
    const full = maxLen > 0 && this.#keys.length >= maxLen && completion === "continue";
    return { completion, ends: full && autoEnd ? "auto" : null };
  }
}

function completionOf(key: string): EntryCompletion {
  switch (key) {
    case "enter":
    case "cancel":
    case "clear":
    case "backspace":
    case "help":
      return key;
    default:
      return "continue";
  }
}

/** The error of an entry whose keys cannot work; null when they can. */
export function activeKeysProblem(
  activeKeys: EntryLimits["activeKeys"],
): "noActivekeys" | "keyNotSupported" | null {
  const keys = Object.keys(activeKeys ?? {});
  if (keys.length === 0) return "noActivekeys";
  return keys.every((key) => FITTED_KEYS.includes(key)) ? null : "keyNotSupported";
}

/** A PIN is made of digits, and none of them can end it: the name of that key would be told. */
export function pinKeysProblem(activeKeys: EntryLimits["activeKeys"]): "keyInvalid" | null {
  const invalid = Object.entries(activeKeys ?? {}).some(([key, { terminate }]) =>
    key === "oemX" || (digitOf(key) !== undefined && terminate === true)
  );
  return invalid ? "keyInvalid" : null;
}

/** Whether some active key ends the entry. */
export function hasTerminateKey(activeKeys: EntryLimits["activeKeys"]): boolean {
  return Object.values(activeKeys ?? {}).some(({ terminate }) => terminate === true);
}
