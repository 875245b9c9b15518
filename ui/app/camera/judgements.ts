/**
 * What the face pipeline found over the whole run, as points in time.
 *
 * @module
 */
import type { FaceRequest, FaceResult } from "../../../core/face/mod.ts";
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";

export const SERIES = ["detection", "liveness", "match"] as const;
export type SeriesName = (typeof SERIES)[number];

export interface Point {
  readonly series: SeriesName;
  /** When the picture was taken, or the faces compared. */
  readonly t: Micros;
  /** The line that told it. */
  readonly n: number;
  readonly value: number;
  /** What it is held against; null for a frame's own values. */
  readonly threshold: number | null;
  /** The frame could not be used, and why. */
  readonly problem: string | null;
}

/** Every judged frame, every mean and every comparison, in order. */
export function judgementsOf(lines: readonly TraceLine[]): Point[] {
  const exposed = new Map<string, Micros>();
  let judging: readonly string[] = [];
  const points: Point[] = [];
  for (const line of lines) {
    if (line.type === "frame") exposed.set(line.rgb, line.t as Micros);
    else if (line.type === "face") {
      const request = line.request as unknown as FaceRequest;
      if (request.op === "assess") judging = request.frames.map(({ rgb }) => rgb);
    } else if (line.type === "face_result") {
      const told = line.t as Micros;
      const times = judging.map((name) => exposed.get(name) ?? told);
      points.push(...pointsOf(line.result as unknown as FaceResult, told, line.n, times));
    }
  }
  return points;
}

function pointsOf(
  result: FaceResult,
  told: Micros,
  n: number,
  times: readonly Micros[],
): Point[] {
  if (result.op === "verify") {
    if (result.score === null) return [];
    const { score: value, threshold } = result;
    return [{ series: "match", t: told, n, value, threshold, problem: null }];
  }
  if (result.op !== "assess") return [];
  const frames = result.frames.flatMap(({ detection, liveness, problem }, i): Point[] => {
    const at = { t: times[i] ?? told, n, threshold: null, problem };
    const seen: Point = { ...at, series: "detection", value: detection };
    return liveness === null ? [seen] : [seen, { ...at, series: "liveness", value: liveness }];
  });
  if (result.liveness === null) return frames;
  const { liveness: value, liveness_threshold: threshold } = result;
  return [...frames, { series: "liveness", t: told, n, value, threshold, problem: null }];
}
