/**
 * A look is judged by all its exposures: one frame alone decides nothing, a verdict is what its own
 * figures say, and a face that was not found to be live is compared with nobody's and kept for nobody.
 */
import { at, type Line, type Oracle } from "./oracle.ts";

const USABLE_MIN = 2;

function meanLiveness(frames: readonly unknown[]): number | null {
  const usable = frames.filter((frame) => at(frame, "problem") === null);
  if (usable.length < Math.min(USABLE_MIN, frames.length)) return null;
  const sum = usable.reduce<number>((total, frame) => total + Number(at(frame, "liveness")), 0);
  return usable.length === 0 ? null : sum / usable.length;
}

export function judgedWhole(): Oracle {
  let asked = 0;
  /** The last look, if it was found to be live. */
  let live: unknown = null;
  function onAssessed(result: unknown): string | null {
    const frames = at(result, "frames");
    if (!Array.isArray(frames) || at(result, "verdict") !== "live") return null;
    // An engine of a test that looks at nothing has nothing to be held to.
    if (frames.length === 0) return null;
    if (frames.length !== asked) return `${frames.length} of ${asked} exposures were judged`;
    const mean = meanLiveness(frames);
    if (mean === null) return "live, with too few usable exposures";
    const threshold = Number(at(result, "liveness_threshold"));
    return mean < threshold - 1e-6 ? `live, at ${mean.toFixed(3)} of ${threshold}` : null;
  }
  return {
    name: "judged_whole",
    sentence:
      "A face counts as live, or as somebody's, only if the figures of all exposures say so",
    reads: ["face", "face_result"],
    observe(line: Line) {
      if (line.type === "face" && line.request.op === "assess") {
        const { frames } = line.request;
        asked = Array.isArray(frames) ? frames.length : 0;
        return asked < USABLE_MIN ? "one exposure is to decide" : null;
      }
      if (line.type === "face" && (line.request.op === "verify" || line.request.op === "enrol")) {
        return line.request.capture === live ? null : "a face that was not live is used";
      }
      if (line.type !== "face_result") return null;
      const { op, verdict, score, threshold } = line.result;
      if (op === "assess") {
        live = verdict === "live" ? line.result.capture : null;
        return onAssessed(line.result);
      }
      return op === "verify" && verdict === "match" && !(Number(score) >= Number(threshold))
        ? `a match at ${score} of ${threshold}`
        : null;
    },
    finish: () => null,
  };
}
