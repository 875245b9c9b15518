/** Whoever is low in the picture, or high in it, is judged by the face, as anybody. */
import assert from "node:assert/strict";
import { livenessThreshold } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { ATTACK_SPECIES, render, type Scene } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { attackSceneOf, CALIBRATION, placeOf, sceneOf } from "../../sim/evaluate/mod.ts";
import { HEIGHT_MM, STATURES } from "../../sim/plan/mod.ts";

const PEOPLE = 20;

const pipeline = await openModels({ memo: 0 });
globalThis.addEventListener("unload", () => void pipeline.release());

/** How many of these pictures a session would judge at these heights, and how many to show the living. */
async function judged(scenes: readonly Scene[]): Promise<{ judged: number; live: number }> {
  const needed = livenessThreshold(pipeline.manifest.liveness);
  const told = { judged: 0, live: 0 };
  for (const scene of scenes) {
    for (const stature of STATURES) {
      const head = { ...scene.head, y_mm: HEIGHT_MM[stature] };
      const { problem, liveness } = await pipeline.look(render({ ...scene, head }));
      if (problem !== null || liveness === null) continue;
      told.judged++;
      if (liveness >= needed) told.live++;
    }
  }
  return told;
}

/** Ordinary scenes of people of calibration, each in a place of its own. */
function met(make: (n: number, ...scene: Parameters<typeof sceneOf>) => Scene): readonly Scene[] {
  return Array.from({ length: PEOPLE }, (_, n) => {
    const stream = randomStream(`face_anywhere/${n}`);
    const person = CALIBRATION.people.first + 9_000 + n;
    return make(n, { person, kin: "self", visit: 1 }, placeOf(CALIBRATION, stream), stream);
  });
}

Deno.test("liveness: somebody in a wheelchair, a child and a tall man are no attack", async () => {
  const { judged: all, live } = await judged(met((_, ...scene) => sceneOf(...scene)));
  assert.ok(all >= 1.5 * PEOPLE, `only ${all} of ${3 * PEOPLE} pictures were judged`);
  assert.ok(live >= 0.85 * all, `${all - live} of ${all} living people were taken for an attack`);
});

Deno.test("liveness: what is held up as low, or as high, is still no face", async () => {
  const { judged: all, live } = await judged(met((n, subject, place, stream) => {
    const species = ATTACK_SPECIES[n % ATTACK_SPECIES.length] ?? ATTACK_SPECIES[0];
    return attackSceneOf(CALIBRATION, subject ?? assert.fail(), species, place, stream);
  }));
  assert.ok(all >= 0.5 * PEOPLE, `only ${all} of ${3 * PEOPLE} pictures were judged`);
  assert.equal(live, 0);
});
