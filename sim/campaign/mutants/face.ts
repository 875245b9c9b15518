/** Face engines that look badly. */
import type { FaceRequest, FaceResult } from "../../../core/face/mod.ts";
import type { FaceEngine } from "../../world/mod.ts";
import type { Mutant } from "./mutant.ts";

function changing(
  engine: FaceEngine,
  asked: (request: FaceRequest) => FaceRequest,
  told: (result: FaceResult) => FaceResult,
): FaceEngine {
  return {
    enrolFrom: (frames, reference) => engine.enrolFrom(frames, reference),
    handle(request) {
      const result = engine.handle(asked(request));
      return result instanceof Promise ? result.then(told) : told(result);
    },
  };
}

const same = <T>(value: T): T => value;

export const FACES: readonly Mutant[] = [
  {
    name: "first-frame-only",
    does: "The face engine judges the first exposure and no other",
    face: (engine) =>
      changing(
        engine,
        (request) =>
          request.op === "assess" ? { ...request, frames: request.frames.slice(0, 1) } : request,
        same,
      ),
  },
  {
    name: "liveness-off",
    does: "The face engine calls everything live that has a face",
    face: (engine) =>
      changing(
        engine,
        same,
        (result) =>
          result.op === "assess" && result.verdict === "presentation_attack"
            ? { ...result, verdict: "live" }
            : result,
      ),
  },
  {
    name: "threshold-off",
    does: "The face engine calls every comparison a match",
    face: (engine) =>
      changing(
        engine,
        same,
        (result) =>
          result.op === "verify" && result.verdict === "no_match"
            ? { ...result, verdict: "match" }
            : result,
      ),
  },
];
