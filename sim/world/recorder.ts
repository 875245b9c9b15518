/** The run's notary: writes every line and shows it to every oracle, at once. */
import type { Micros } from "../../core/units.ts";
import type { Oracle } from "../oracles/mod.ts";
import { type Trace, type TraceBody, type TraceLine, TraceWriter } from "../trace/mod.ts";

export interface OracleFinding {
  readonly oracle: string;
  readonly sentence: string;
  readonly finding: string;
}

export class Recorder {
  readonly #writer: TraceWriter;
  readonly #oracles: readonly Oracle[];
  readonly #now: () => Micros;
  readonly findings: OracleFinding[] = [];

  constructor(writer: TraceWriter, oracles: readonly Oracle[], now: () => Micros) {
    this.#writer = writer;
    this.#oracles = oracles;
    this.#now = now;
  }

  write(body: TraceBody): TraceLine {
    const line = this.#writer.write(this.#now(), body);
    for (const oracle of this.#oracles) this.#note(oracle, oracle.observe(line));
    return line;
  }

  /** What has been written so far; grows. */
  get lines(): readonly TraceLine[] {
    return this.#writer.lines;
  }

  finish(): Trace {
    for (const oracle of this.#oracles) this.#note(oracle, oracle.finish());
    return this.#writer.finish();
  }

  #note(oracle: Oracle, finding: string | null): void {
    if (finding === null) return;
    const { name, sentence } = oracle;
    this.findings.push({ oracle: name, sentence, finding });
    // Written straight, past the oracles: a finding is not judged again.
    this.#writer.write(this.#now(), { type: "oracle", oracle: name, finding });
  }
}
