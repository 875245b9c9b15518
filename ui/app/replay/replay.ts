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

  constructor(trace: Trace) {
    this.trace = trace;
    this.length = (trace.lines.at(-1)?.t ?? 0) as Micros;
    this.#checkpoints = checkpointsOf(trace.lines);
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

function checkpointsOf(lines: readonly TraceLine[]): Moment[] {
  const checkpoints = [BEGINNING];
  let moment = BEGINNING;
  for (const [index, line] of lines.entries()) {
    moment = fold(moment, line);
    if ((index + 1) % LINES_BETWEEN_CHECKPOINTS === 0) checkpoints.push(moment);
  }
  return checkpoints;
}
