/**
 * How long one three-channel frame (colour, near infrared, depth, 320 × 240) takes on one core:
 * of a person the camera knows, of one it has just met, of a new lobby too, and of a photo held up.
 */
import { randomStream } from "../../core/numeric/mod.ts";
import { randomScene, render } from "../../devices/camera/mod.ts";

const scenes = Array.from({ length: 64 }, (_, i) => {
  const stream = randomStream(`bench/camera/${i}`);
  return { ...randomScene({ person: 7, kin: "self", visit: 0 }, stream), lobby: 1 };
});
for (const scene of scenes) render(scene);
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
