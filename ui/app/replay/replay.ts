/**
 * A run that can be looked at at any moment.
 *
 * ```
 *   lines    1 ········ 64 ········ 128 ········ 192 ··· n
 *   kept     ■          ■           ■            ■          moments kept every 64 lines
 *   seek(150):                      ■─fold─fold─…─►         at most 63 lines are folded
 * ```
 *
 * @module
 */
import { assert } from "../../../core/assert.ts";
import type { Micros } from "../../../core/units.ts";
import type { Trace, TraceLine } from "../../../sim/trace/mod.ts";
import { fold } from "./fold.ts";
import { BEGINNING, type Moment } from "./moment.ts";

const LINES_BETWEEN_CHECKPOINTS = 64;

/** A trace with its checkpoints. */
export class Replay {
  readonly trace: Trace;
  /** When the last line was written. */
  readonly length: Micros;
  readonly #checkpoints: readonly Moment[];

  /** `known`: checkpoints of the first lines, worked out before. */
  constructor(trace: Trace, known: readonly Moment[] = [BEGINNING]) {
    this.trace = trace;
    this.length = (trace.lines.at(-1)?.t ?? 0) as Micros;
    this.#checkpoints = checkpointsOf(trace.lines, known);
  }

  /** The same trace with more lines: a run that is under way. */
  extended(lines: readonly TraceLine[]): Replay {
    const { header, end } = this.trace;
    const trace = { header, lines: [...this.trace.lines, ...lines], end };
    return new Replay(trace, this.#checkpoints);
  }

  /** How many lines had been written at `t`, those of `t` included. Binary search. */
  countAt(t: Micros): number {
    const { lines } = this.trace;
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const line = lines[middle];
      if (line !== undefined && line.t <= t) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What is visible after the first `count` lines. */
  momentAfter(count: number): Moment {
    const within = Math.min(Math.max(count, 0), this.trace.lines.length);
    const kept = Math.floor(within / LINES_BETWEEN_CHECKPOINTS);
    const checkpoint = this.#checkpoints[kept];
    assert(checkpoint !== undefined, "every 64th moment is kept");
    const rest = this.trace.lines.slice(kept * LINES_BETWEEN_CHECKPOINTS, within);
    return rest.reduce(fold, checkpoint);
  }

  /** What is visible at `t`. */
  momentAt(t: Micros): Moment {
    return this.momentAfter(this.countAt(t));
  }

  /** The line with this number, 1…n. */
  line(n: number): TraceLine {
    const line = this.trace.lines[n - 1];
    assert(line !== undefined, `line ${n} is in the trace`);
    return line;
  }
}

function checkpointsOf(lines: readonly TraceLine[], known: readonly Moment[]): Moment[] {
  const checkpoints = [...known];
  let moment = known.at(-1) ?? BEGINNING;
  for (let index = (known.length - 1) * LINES_BETWEEN_CHECKPOINTS; index < lines.length; index++) {
    const line = lines[index];
    assert(line !== undefined, "a line below the length is there");
    moment = fold(moment, line);
    if ((index + 1) % LINES_BETWEEN_CHECKPOINTS === 0) checkpoints.push(moment);
  }
  return checkpoints;
}
