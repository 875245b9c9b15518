/** What a person at a terminal sees: results on stdout, progress on stderr and only on a terminal. */
import { InputError } from "../plan/mod.ts";
import { whyNotWritten } from "./files.ts";
import { later } from "./wall_time.ts";

/** What moves a terminal's cursor or turns its text around: a file that we read may hold it. */
const CONTROLS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Controls as JSON spells them, so that what a file says is read and not obeyed.
 * @throws {InputError} where nothing more can be written, on a full disk
 */
export function print(text: string): void {
  const shown = text.replaceAll(CONTROLS, (c) => c === "\n" || c === "\t" ? c : spelled(c));
  try {
    console.log(shown);
  } catch (error) {
    throw new InputError({ file: "stdout", field: "", message: whyNotWritten(error) });
  }
}

/** One line of ours, whatever a file or its name says in it. */
export function printLine(text: string): void {
  print(oneLine(text));
}

/** Says what is wrong. Where it cannot be said, on a full disk, the exit code says it alone. */
export function complain(text: string): void {
  try {
    console.error(oneLine(text));
  } catch {
    // There is no other place to say it.
  }
}

/** Of what a file says, no part may look like a line of ours. */
export function oneLine(text: string): string {
  return text.replaceAll(CONTROLS, spelled);
}

/** What a shell takes for this one word: bash and zsh, and others where it holds no control. */
export function shellWord(text: string): string {
  // It would be an option.
  const word = text.startsWith("-") ? `./${text}` : text;
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(word)) return word;
  if (oneLine(word) === word) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${oneLine(word.replaceAll(/['\\]/g, (c) => `\\${c}`))}'`;
}

function spelled(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** One line that grows; silent where stderr is not a terminal. */
export class Progress {
  readonly #what: string;
  readonly #total: number;
  readonly #shown = Deno.stderr.isTerminal();
  #done = 0;

  constructor(what: string, total: number) {
    this.#what = what;
    this.#total = total;
  }

  step(): void {
    this.#done++;
    if (!this.#shown) return;
    const width = 30;
    const filled = Math.round(width * this.#done / this.#total);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    this.#write(`\r${this.#what} ${bar} ${this.#done}/${this.#total}`);
    if (this.#done === this.#total) this.clear();
  }

  clear(): void {
    if (this.#shown) this.#write("\r\x1b[2K");
  }

  #write(text: string): void {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  }
}

/** Shows a line in the place of the last one; nothing where stderr is not a terminal. */
export function showLine(text: string): void {
  if (!Deno.stderr.isTerminal()) return;
  Deno.stderr.writeSync(new TextEncoder().encode(`\r\x1b[2K${text}`));
}

export interface Interruption {
  /** Whether Ctrl-C was pressed: asked between two pieces of long work. */
  readonly asked: boolean;
  /** Settles when it is. */
  readonly heard: Promise<void>;
  /** Gives Ctrl-C back its ordinary meaning. */
  stop(): void;
}

/** Turns Ctrl-C into a question: work under way ends cleanly, with what it has. */
export function interruption(): Interruption {
  const { promise, resolve } = Promise.withResolvers<void>();
  let asked = false;
  function note(): void {
    asked = true;
    resolve();
  }
  Deno.addSignalListener("SIGINT", note);
  return {
    get asked() {
      return asked;
    },
    heard: promise,
    stop: () => Deno.removeSignalListener("SIGINT", note),
  };
}

/** Lets signals in: long work that never waits would not hear Ctrl-C. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => void later(0, resolve));
}
