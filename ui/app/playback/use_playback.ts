/**
 * The scrubber's position and how it moves. Everything on the stage follows from it.
 *
 * A position is a time and a number of lines: several lines can share one time, and stepping event by
 * event must tell them apart.
 *
 * @module
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Micros } from "../../../core/units.ts";
import type { Replay } from "../replay/mod.ts";

/** Digits 1…9 choose one of these; 0 is the last. */
export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 25, 50, 75, 100] as const;

export interface Position {
  readonly t: Micros;
  /** Lines that have been written. */
  readonly n: number;
}

export interface Playback {
  readonly position: Position;
  readonly playing: boolean;
  readonly speed: number;
  readonly setSpeed: (speed: number) => void;
  readonly toggle: () => void;
  /** To a time; playing goes on. */
  readonly seek: (t: number) => void;
  /** To just after a line; pauses. */
  readonly seekLine: (n: number) => void;
}

export interface Start {
  readonly t: number | null;
  readonly n: number | null;
  readonly speed: number;
  readonly playing: boolean;
}

export function usePlayback(replay: Replay, start: Start): Playback {
  const [position, setPosition] = useState<Position>(() => startPosition(replay, start));
  const [playing, setPlaying] = useState(start.playing);
  const [speed, setSpeed] = useState(start.speed);
  const latest = useRef(position);
  latest.current = position;

  const seek = useCallback((t: number) => setPosition(positionAt(replay, t)), [replay]);
  const seekLine = useCallback((n: number) => {
    setPlaying(false);
    setPosition(positionOfLine(replay, n));
  }, [replay]);
  const toggle = useCallback(() => {
    setPlaying((before) => {
      if (!before && latest.current.t >= replay.length) setPosition(positionAt(replay, 0));
      return !before;
    });
  }, [replay]);

  useEffect(() => {
    if (!playing) return;
    return eachFrame((elapsed_ms) => {
      const t = latest.current.t + elapsed_ms * 1_000 * speed;
      latest.current = positionAt(replay, t);
      setPosition(latest.current);
      if (latest.current.t >= replay.length) setPlaying(false);
    });
  }, [playing, speed, replay]);

  return useMemo(
    () => ({ position, playing, speed, setSpeed, toggle, seek, seekLine }),
    [position, playing, speed, toggle, seek, seekLine],
  );
}

function positionAt(replay: Replay, wanted: number): Position {
  const t = Math.round(Math.min(Math.max(wanted, 0), replay.length)) as Micros;
  return { t, n: replay.countAt(t) };
}

function positionOfLine(replay: Replay, wanted: number): Position {
  const n = Math.min(Math.max(Math.round(wanted), 0), replay.trace.lines.length);
  return n === 0 ? { t: 0 as Micros, n } : { t: replay.line(n).t as Micros, n };
}

/** Where a link leads: to its line, to its time, or to the beginning. */
export function startPosition(replay: Replay, { t, n }: Pick<Start, "t" | "n">): Position {
  if (n === null) return positionAt(replay, (t ?? 0) * 1_000);
  const atLine = positionOfLine(replay, n);
  if (t === null) return atLine;
  const atTime = positionAt(replay, t * 1_000);
  // The line wins only if it fits the time: a link to another trace keeps its time.
  return Math.abs(atLine.t - atTime.t) < 1_000 ? atLine : atTime;
}

/** Calls back before each repaint with the milliseconds since the last; returns how to stop. */
function eachFrame(callback: (elapsed_ms: number) => void): () => void {
  let last = performance.now();
  let handle = requestAnimationFrame(function frame(now) {
    handle = requestAnimationFrame(frame);
    callback(Math.max(0, now - last));
    last = now;
  });
  return () => cancelAnimationFrame(handle);
}
