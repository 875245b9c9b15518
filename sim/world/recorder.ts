/**
 * Who writes down a run and shows every line to every oracle, at once.
 *
 * The {@linkcode Recorder} makes a trace: spelled, numbered, chained. The {@linkcode Watcher} keeps none:
 * a campaign's run is looked at line by line like any other, and written down only if it has to be shown.
 */
import { type Micros, seconds } from "../../core/units.ts";
import { POWER_FAULTS, PROGRAM_FAULTS } from "../faults/mod.ts";
import type { Line, Oracle } from "../oracles/mod.ts";
import { VISIT_S_MAX } from "../plan/mod.ts";
import { type Trace, type TraceBody, type TraceLine, TraceWriter } from "../trace/mod.ts";

export interface OracleFinding {
  readonly oracle: string;
  readonly sentence: string;
  readonly finding: string;
}

/** Takes down what happens. */
export interface Notary {
  readonly findings: readonly OracleFinding[];
  /** How many lines there are so far. */
  readonly count: number;
  /** Something happened at virtual time `t`. */
  write(t: Micros, body: TraceBody): void;
  /** Overhears a message as it is on its wire, before it is masked for {@linkcode Notary.write}. */
  overhear(wire: "xfs" | "host", message: object): void;
  /** The run is over, at `t`. */
  close(t: Micros): void;
}

/** The oracles of a run, each asked only about the kinds of lines it reads. */
export class Bench {
  readonly findings: OracleFinding[] = [];
  readonly #oracles: readonly Oracle[];
  readonly #hearers: readonly Oracle[];
  readonly #readers = new Map<Line["type"], readonly Oracle[]>();
  /** What the lines say is broken. */
  readonly #broken = new Set<string>();
  /** Whether something began so late that the run may have ended in the middle of it. */
  #cutShort = false;

  constructor(oracles: readonly Oracle[]) {
    this.#oracles = oracles;
    this.#hearers = oracles.filter(({ overhears }) => overhears !== undefined);
  }

  /** Shows a line; what is newly found about it. */
  observe(line: Line): readonly OracleFinding[] {
    if (line.type === "fault") {
      if (line.active) this.#broken.add(line.id);
      else this.#broken.delete(line.id);
    }
    if (line.t >= LATE && beginsSomething(line)) this.#cutShort = true;
    let found: OracleFinding[] | null = null;
    for (const oracle of this.#readersOf(line.type)) {
      const finding = oracle.observe(line);
      if (finding !== null) (found ??= []).push(this.#note(oracle, finding));
    }
    return found ?? NOTHING;
  }

  overhear(wire: "xfs" | "host", message: object): void {
    for (const oracle of this.#hearers) oracle.overhears?.(wire, message);
  }

  /**
   * Of a run that its limit ended while something was broken, or a machine at work after somebody had come or
   * something had been mended, not everything can be said.
   */
  finish(): readonly OracleFinding[] {
    return this.#oracles.flatMap((oracle) => {
      if (!this.#isOver(oracle)) return [];
      const finding = oracle.finish();
      return finding === null ? [] : [this.#note(oracle, finding)];
    });
  }

  #isOver({ ends_with }: Oracle): boolean {
    if (ends_with === undefined) return true;
    if (this.#cutShort) return false;
    if (ends_with === "nothing_broken") return this.#broken.size === 0;
    return !DARK.some((id) => this.#broken.has(id));
  }

  #readersOf(type: Line["type"]): readonly Oracle[] {
    const known = this.#readers.get(type);
    if (known !== undefined) return known;
    const readers = this.#oracles.filter(({ reads }) => reads?.includes(type) ?? true);
    this.#readers.set(type, readers);
    return readers;
  }

  #note({ name, sentence }: Oracle, finding: string): OracleFinding {
    const found = { oracle: name, sentence, finding };
    this.findings.push(found);
    return found;
  }
}

const NOTHING: readonly OracleFinding[] = [];

/** What begins from here on may not have ended at the run's limit; a visit by hand is over by then. */
const LATE = seconds(VISIT_S_MAX + 1);

/** What a machine at rest starts to work after: somebody does something, or what was broken is whole. */
function beginsSomething(line: Line): boolean {
  if (line.type === "fault") return !line.active;
  return line.type === "customer" || line.type === "touch";
}

export class Recorder implements Notary {
  readonly #writer: TraceWriter;
  readonly #bench: Bench;
  #trace: Trace | null = null;

  constructor(writer: TraceWriter, oracles: readonly Oracle[]) {
    this.#writer = writer;
    this.#bench = new Bench(oracles);
  }

  get findings(): readonly OracleFinding[] {
    return this.#bench.findings;
  }

  get count(): number {
    return this.#writer.lines.length;
  }

  /** What has been written so far; grows. */
  get lines(): readonly TraceLine[] {
    return this.#writer.lines;
  }

  write(t: Micros, body: TraceBody): void {
    this.#report(t, this.#bench.observe(this.#writer.write(t, body)));
  }

  overhear(wire: "xfs" | "host", message: object): void {
    this.#bench.overhear(wire, message);
  }

  close(t: Micros): void {
    this.#report(t, this.#bench.finish());
    this.#trace = this.#writer.finish();
  }

  /** The finished trace. */
  get trace(): Trace {
    return this.#trace ?? this.#writer.finish();
  }

  /** Written straight, past the oracles: a finding is not judged again. */
  #report(t: Micros, found: readonly OracleFinding[]): void {
    for (const { oracle, finding } of found) {
      this.#writer.write(t, { type: "oracle", oracle, finding });
    }
  }
}

/** What a machine does nothing in: no power, no program. */
const DARK = [...POWER_FAULTS, ...PROGRAM_FAULTS].map(({ id }) => id);

/** The body itself, as a line: nobody else has it any more. */
function stamped(body: TraceBody & { n?: number; t?: number }, n: number, t: Micros): Line {
  body.n = n;
  body.t = t;
  return body as Line;
}

/**
 * Hears of every line of a run. An object, not a function: V8 remembers which function it called where, and
 * until its next full collection keeps alive what that one reaches, a whole run and those beside it.
 */
export interface Hearer {
  hear(line: Line): void;
}

export class Watcher implements Notary {
  readonly #bench: Bench;
  readonly #hearer: Hearer | undefined;
  #lines = 0;
  /** How many states the session has been in. */
  states = 0;

  /** `hearer` hears of every line, e.g. to count what was covered. */
  constructor(oracles: readonly Oracle[], hearer?: Hearer) {
    this.#bench = new Bench(oracles);
    this.#hearer = hearer;
  }

  get count(): number {
    return this.#lines;
  }

  get findings(): readonly OracleFinding[] {
    return this.#bench.findings;
  }

  write(t: Micros, body: TraceBody): void {
    const line: Line = stamped(body, ++this.#lines, t);
    if (line.type === "state") this.states++;
    this.#hearer?.hear(line);
    // A finding takes a line of its own, as it does in a trace.
    this.#lines += this.#bench.observe(line).length;
  }

  overhear(wire: "xfs" | "host", message: object): void {
    this.#bench.overhear(wire, message);
  }

  close(): void {
    this.#bench.finish();
  }
}
