/**
 * How long each stage takes on this machine, on one thread, with nothing remembered.
 *
 * @module
 */
import type { FacePipeline } from "../../core/face/mod.ts";
import { judgeQuality } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { percentile } from "./rates.ts";
import { personOf, placeOf, sceneOf, TEST } from "./splits.ts";

/** Milliseconds of one exposure. */
export interface StageTime {
  readonly stage: "render" | "detect" | "quality" | "liveness" | "embed" | "decide";
  readonly median_ms: number;
  readonly p95_ms: number;
}

const ROUNDS = 40;
/** The first rounds load code and fill caches: they are not counted. */
const WARM_UP = 8;

/** Times `decide` (detect to embed) and its parts; `clock` tells milliseconds. */
export async function timeStages(
  pipeline: FacePipeline,
  clock: () => number,
): Promise<readonly StageTime[]> {
  const times: Record<StageTime["stage"], number[]> = {
    render: [],
    detect: [],
    quality: [],
    liveness: [],
    embed: [],
    decide: [],
  };
  const stream = randomStream("evaluate/stages");
  const place = placeOf(TEST, stream);
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    // A person twice, so that every other picture needs no new figure.
    const person = personOf(TEST, Math.floor(round / 2));
    const scene = sceneOf({ person, kin: "self", visit: 1 }, place, stream);
    const marks = [clock()];
    const shot = render(scene);
    marks.push(clock());
    const faces = await pipeline.detect(shot);
    marks.push(clock());
    const [face] = faces;
    if (face === undefined) continue;
    judgeQuality(shot, faces);
    marks.push(clock());
    await pipeline.liveness(shot, face.box);
    marks.push(clock());
    await pipeline.embed(shot, face.landmarks);
    marks.push(clock());
    if (round < WARM_UP) continue;
    const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0] = marks;
    times.render.push(m1 - m0);
    times.detect.push(m2 - m1);
    times.quality.push(m3 - m2);
    times.liveness.push(m4 - m3);
    times.embed.push(m5 - m4);
    times.decide.push(m5 - m1);
  }
  const stages = Object.entries(times) as [StageTime["stage"], number[]][];
  const tenths = (ms: number) => Math.round(10 * ms) / 10;
  // Where nobody is found, nothing is timed.
  return stages.filter(([, ms]) => ms.length > 0).map(([stage, ms]) => ({
    stage,
    median_ms: tenths(percentile(ms, 0.5)),
    p95_ms: tenths(percentile(ms, 0.95)),
  }));
}
