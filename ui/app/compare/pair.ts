/**
 * Two runs under one scrubber.
 *
 * ```
 *   A  ──────────────┬─────────────────┤
 *                    │ shared lines end here
 *   B  ──────────────┴───────────────────────┤   the longer one gives the scrubber its length
 * ```
 *
 * @module
 */
import type { Micros } from "../../../core/units.ts";
import { diffTraces } from "../../../sim/evidence/diff.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { type Marker, markersOf, type Replay } from "../replay/mod.ts";
import type { Position } from "../playback/use_playback.ts";

export class Pair {
  readonly left: Replay;
  readonly right: Replay;
  readonly longer: Replay;
  /** How many lines are the same in both. */
  readonly shared: number;
  /** What each says first for itself, null when it is over; null: they never part. */
  readonly parts:
    | { readonly t: Micros; readonly left: TraceLine | null; readonly right: TraceLine | null }
    | null;

  constructor(left: Replay, right: Replay) {
    this.left = left;
    this.right = right;
    this.longer = right.length > left.length ? right : left;
    const difference = diffTraces(left.trace, right.trace);
    // Lines of a file count from 1 and the header is the first.
    const parted = !difference.same && difference.where !== "pinned";
    this.shared = parted ? difference.line - 2 : left.trace.lines.length;
    const [a = null, b = null] = [
      left.trace.lines[this.shared],
      right.trace.lines[this.shared],
    ];
    const t = Math.min(a?.t ?? Infinity, b?.t ?? Infinity);
    this.parts = parted ? { t: t as Micros, left: a, right: b } : null;
  }

  /** The first line that is not shared, in the longer one. */
  get firstOwnLine(): number {
    return Math.min(this.shared + 1, this.longer.trace.lines.length);
  }

  /** How many lines of each have been written at this position of the longer one. */
  counts({ n, t }: Position): readonly [left: number, right: number] {
    const of = (replay: Replay) => {
      if (replay === this.longer || n <= this.shared) return n;
      // Just past the parting both show what is their own.
      return Math.max(replay.countAt(t), Math.min(this.shared + 1, replay.trace.lines.length));
    };
    return [of(this.left), of(this.right)];
  }

  /** The longer one's markers, and the parting. */
  get markers(): readonly Marker[] {
    const markers = markersOf(this.longer.trace.lines);
    if (this.parts === null) return markers;
    const parting: Marker = { kind: "parting", n: this.firstOwnLine, t: this.parts.t };
    return [...markers.filter(({ n }) => n !== parting.n), parting].toSorted((a, b) => a.n - b.n);
  }
}
