/** What a person at a terminal sees: results on stdout, progress on stderr and only on a terminal. */

export function print(text: string): void {
  console.log(text);
}

export function complain(text: string): void {
  console.error(text);
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

/** Turns Ctrl-C into a question that long work asks between two pieces. */
export function interruption(): { readonly asked: boolean; stop(): void } {
  const state = { asked: false };
  function note(): void {
    state.asked = true;
  }
  Deno.addSignalListener("SIGINT", note);
  return {
    get asked() {
      return state.asked;
    },
    stop: () => Deno.removeSignalListener("SIGINT", note),
  };
}
