/** Whoever is low in the picture, or high in it, or moves, is judged by the face, as anybody. */
import assert from "node:assert/strict";
import { livenessThreshold, meanTemplate, similarity, type Template } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { ATTACK_SPECIES, render, type Scene } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { attackSceneOf, CALIBRATION, placeOf, sceneOf } from "../../sim/evaluate/mod.ts";
import { HEIGHT_MM, STATURES } from "../../sim/plan/mod.ts";

const PEOPLE = 30;

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

Deno.test("quality: who moves up or down is asked to hold still, and not taken for an attack", async () => {
  const needed = livenessThreshold(pipeline.manifest.liveness);
  const scenes = met((_, ...scene) => sceneOf(...scene));
  const told = { still: 0, smeared: 0, attack: 0 };
  for (const scene of scenes) {
    if ((await pipeline.look(render(scene))).problem === "blurred") told.still++;
    const smeared = render({ ...scene, optics: { motion_px: [2, 6] } });
    const { problem, liveness } = await pipeline.look(smeared);
    if (problem === "blurred") told.smeared++;
    else if (problem === null && liveness !== null && liveness < needed) told.attack++;
  }
  assert.equal(told.still, 0);
  assert.ok(told.smeared >= 0.6 * PEOPLE, `${told.smeared} of ${PEOPLE} are smeared`);
  assert.ok(told.attack <= 0.35 * PEOPLE, `${told.attack} of ${PEOPLE} were taken for an attack`);
});

Deno.test("quality: who is too soft to be told from a mask is asked to hold still", async () => {
  const needed = livenessThreshold(pipeline.manifest.liveness);
  const soft = [{ motion_px: [6, 2] }, { lens: "dirty" }] as const;
  const told = { soft: 0, live: 0 };
  for (const scene of met((_, ...scene) => sceneOf(...scene))) {
    for (const optics of soft) {
      const shot = render({ ...scene, optics });
      const { box, problem } = await pipeline.look(shot);
      if (problem !== "blurred" || box === null) continue;
      told.soft++;
      if (await pipeline.liveness(shot, box) >= needed) told.live++;
    }
  }
  assert.ok(told.soft >= 0.3 * PEOPLE, `only ${told.soft} of ${2 * PEOPLE} are soft`);
  assert.ok(told.live <= 0.5 * told.soft, `${told.live} of ${told.soft} could have been judged`);
});

/** The template of whoever is in a picture; null where a session would not compare it. */
async function templateOf(scene: Scene): Promise<Template | null> {
  const shot = render(scene);
  const { problem, landmarks } = await pipeline.look(shot);
  return problem === null ? await pipeline.embed(shot, landmarks) : null;
}

Deno.test("embedder: somebody in a wheelchair, a child and a tall man are who they are", async () => {
  const { threshold } = pipeline.manifest.embedder;
  const told = { own: 0, known: 0, strangers: 0, taken: 0 };
  let stranger: Template | null = null;
  for (const scene of met((_, ...scene) => sceneOf(...scene))) {
    const kept = [];
    for (const yaw_deg of [-6, 0, 6]) {
      const { subject, head } = scene;
      assert.ok(subject !== null, "somebody is met");
      const at_first = { ...scene, subject: { ...subject, visit: 0 } };
      const template = await templateOf({ ...at_first, head: { ...head, yaw_deg } });
      if (template !== null) kept.push(template);
    }
    if (kept.length === 0) continue;
    const reference = meanTemplate(kept);
    for (const stature of STATURES) {
      const head = { ...scene.head, y_mm: HEIGHT_MM[stature] };
      const probe = await templateOf({ ...scene, head });
      if (probe === null) continue;
      told.own++;
      if (similarity(probe, reference) >= threshold) told.known++;
      if (stranger === null) continue;
      told.strangers++;
      if (similarity(probe, stranger) >= threshold) told.taken++;
    }
    stranger = reference;
  }
  const { own, known, strangers, taken } = told;
  assert.ok(
    own >= 1.5 * PEOPLE && strangers >= 1.4 * PEOPLE,
    `${own} and ${strangers} were compared`,
  );
  assert.ok(known >= 0.95 * own, `${own - known} of ${own} were not known again`);
  assert.equal(taken, 0);
});
