/**
 * How long the face pipeline takes to decide on one frame, on one thread: detect, look closer, judge
 * quality and liveness, align, embed, compare. Cold: a frame nobody judged before, and no result is
 * remembered. Warm: the same frame again, remembered by content.
 */
import { type FacePipeline, similarity, type Template } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { randomScene, render } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { tellCpuTime } from "./cpu_time.ts";

const shots = Array.from({ length: 64 }, (_, i) => {
  const stream = randomStream(`bench/face/${i}`);
  const subject = { person: 40_000 + Math.floor(i / 4), kin: "self", visit: 0 } as const;
  return render({ ...randomScene(subject, stream), lobby: 1 });
});

let reference: Template | null = null;

/** A whole decision: the cosine with the reference, null where the frame is not fit for one. */
async function decide(pipeline: FacePipeline, round: number): Promise<number | null> {
  const shot = shots[round % shots.length]!;
  const { problem, landmarks } = await pipeline.look(shot);
  if (problem !== null) return null;
  const probe = await pipeline.embed(shot, landmarks);
  reference ??= probe;
  return similarity(probe, reference);
}

const cold = await openModels({ memo: 0 });
const warm = await openModels();
const opened = await openModels({ memo: 0 });
await tellCpuTime("the first decision of a process", 1, (round) => decide(opened, round));
await opened.release();
for (let i = 0; i < 64; i++) await decide(cold, i);
for (let i = 0; i < 64; i++) await decide(warm, i);
await tellCpuTime("a decision, nothing remembered", 256, (round) => decide(cold, round));
await tellCpuTime("a decision, remembered", 256, (round) => decide(warm, round));

let next = 0;

Deno.bench(
  "face: a whole decision on one frame, nothing remembered",
  { group: "face" },
  async () => {
    await decide(cold, next++);
  },
);

Deno.bench("face: a whole decision on one frame, remembered", { group: "face" }, async () => {
  await decide(warm, next++);
});
