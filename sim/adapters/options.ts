/** Options that several verbs share, and how their values are read: what is wrong is said in one line. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { PIN_FORMATS } from "../../core/pin/mod.ts";

/** A whole number from `low` to `high`. */
export function integer(low: number, high: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^[0-9]+$/.test(value) || number < low || number > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return number;
  };
}

/** "18-40", or one number for both ends. */
export function range(low: number, high: number): (value: string) => [number, number] {
  return (value) => {
    const [first = "", last = first, ...more] = value.split("-");
    if (more.length > 0) throw new InvalidArgumentError("It must be like 18-40.");
    return [integer(low, high)(first), integer(low, high)(last)];
  };
}

/** "a,b": each of these words, in this order; "all": all of them. */
export function listOf<T extends string>(words: readonly T[]): (value: string) => T[] {
  return (value) => {
    if (value === "all") return [...words];
    return value.split(",").map((name) => {
      const word = words.find((each) => each === name);
      if (word !== undefined) return word;
      throw new InvalidArgumentError(`It must be all, or some of: ${words.join(", ")}.`);
    });
  };
}

/** Where something is written: a shell variable that is not set would be the root of the disk. */
export function notEmpty(value: string): string {
  if (value !== "") return value;
  throw new InvalidArgumentError("It must not be empty.");
}

/** How a help text names the words that {@linkcode listOf} takes. */
export function someOf(words: readonly string[]): string {
  return `all, or some of: ${words.join(", ")}`;
}

/** A key everybody knows, for people nobody is: `xfs` and `bank` share it unless they are told. */
export const TEST_KEY = "00112233445566778899AABBCCDDEEFF";

/** `when`: where it matters, if not always. */
export function pinFormatOption(when = ""): Option {
  const what = `${when}PIN blocks: iso4 under AES; iso0 or iso3 under TDEA, 8 bytes of DE 52`;
  return new Option("--pin-format <format>", what).choices(PIN_FORMATS).default("iso4");
}

export function pinKeyOption(when = ""): Option {
  const what = `${when}key of PIN blocks: AES-128; TDEA (32 or 48 digits) for iso0 and iso3`;
  return new Option("--pin-key <hex>", what).default(TEST_KEY);
}

export function tokenKeyOption(when = ""): Option {
  return new Option("--token-key <hex>", `${when}HMAC-SHA256 key of dispense tokens`)
    .default(TEST_KEY + TEST_KEY);
}

export function seedOption(): Option {
  return new Option("--seed <n>", "the seed of everything that is left to chance")
    .argParser(integer(0, 0xffff_ffff)).default(1);
}

export function packOption(): Option {
  return new Option("--pack <pack>", "models that were added, by name, or a folder with a slash");
}

export function bitmapOption(): Option {
  return new Option("--bitmap <how>", "how bitmaps and PIN blocks are written to the bank")
    .choices(["hex", "binary"]).default("hex");
}

export function encodingOption(): Option {
  return new Option("--encoding <how>", "how digits are written to the bank")
    .choices(["ascii", "bcd"]).default("ascii");
}

/**
 * Commander takes options of the command above for a command below it too. But for those that both have,
 * they would mean nothing there: then they are unknown.
 */
export function refuseOptionsAbove(command: Command, both: readonly string[]): void {
  const above = command.parent;
  const stray = above?.options.find((option) => {
    const name = option.attributeName();
    return !both.includes(name) && above.getOptionValueSource(name) === "cli";
  });
  if (stray !== undefined) command.error(`error: unknown option '${stray.long}'`);
}
