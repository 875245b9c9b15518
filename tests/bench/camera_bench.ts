/**
 * How long one three-channel frame (colour, near infrared, depth, 320 × 240) takes on one core:
 * of a person the camera knows, of one it has just met, of a new lobby too, and of a photo held up.
 */
import { randomStream } from "../../core/numeric/mod.ts";
import { randomScene, render } from "../../devices/camera/mod.ts";
import { tellCpuTime } from "./cpu_time.ts";

const scenes = Array.from({ length: 64 }, (_, i) => {
  const stream = randomStream(`bench/camera/${i}`);
  return { ...randomScene({ person: 7, kin: "self", visit: 0 }, stream), lobby: 1 };
});
await tellCpuTime("the first frame of a process", 1, () => render(scenes[0]!));
for (const scene of scenes) render(scene);
await tellCpuTime("a frame, person and lobby known", 256, (round) => render(scenes[round % 64]!));
await tellCpuTime("a frame, person new, lobby known", 64, (round) => {
  render({ ...scenes[round]!, subject: { person: 2000 + round, kin: "self", visit: 0 } });
});
await tellCpuTime("a frame, person and lobby new", 64, (round) => {
  const subject = { person: 3000 + round, kin: "self", visit: 0 } as const;
  render({ ...scenes[round]!, subject, lobby: 300 + round });
});
let next = 0;

Deno.bench("camera: three channels, person and lobby known", { group: "camera" }, () => {
  const scene = scenes[next++ % scenes.length];
  if (scene !== undefined) render(scene);
});

Deno.bench("camera: three channels, person new, lobby known", { group: "camera" }, () => {
  const scene = scenes[next++ % scenes.length];
  if (scene !== undefined) {
    render({ ...scene, subject: { person: 500 + next, kin: "self", visit: 0 } });
  }
});

Deno.bench("camera: three channels, person and lobby new", { group: "camera" }, () => {
  const scene = scenes[next++ % scenes.length];
  if (scene === undefined) return;
  render({ ...scene, subject: { person: 1000 + next, kin: "self", visit: 0 }, lobby: next });
});

const held = scenes.map((scene) => ({
  ...scene,
  attack: { species: "printed-photo", instrument: 1 } as const,
}));

Deno.bench("camera: three channels, a printed photo known", { group: "camera" }, () => {
  const scene = held[next++ % held.length];
  if (scene !== undefined) render(scene);
});
