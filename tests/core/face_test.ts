import assert from "node:assert/strict";
import * as ort from "onnxruntime-web";
import {
  createFacePipeline,
  FaceRequestError,
  type FaceResult,
  type FaceService,
  ModelHashError,
} from "../../core/face/mod.ts";
import { defaultScene, render, type Scene } from "../../devices/camera/mod.ts";
import { randomBytes } from "../../sim/adapters/ports.ts";
import {
  Frames,
  shippedManifest,
  shippedModels,
  shippedPipeline,
  sideBySide,
} from "./face_fixture.ts";

const PEOPLE = [3_500_001, 3_500_002, 3_500_003, 3_500_004, 3_500_005];

type Assessed = Extract<FaceResult, { op: "assess" }>;

async function assess(
  service: FaceService,
  capture: string,
  frames: ReturnType<Frames["visit"]>,
): Promise<Assessed> {
  const result = await service.handle({ op: "assess", capture, frames });
  assert.equal(result.op, "assess");
  return result as Assessed;
}

Deno.test("face: a person is matched with an earlier visit, a stranger is not", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  for (const person of PEOPLE) {
    await service.enrolFrom(frames.visit(person, 0), `person-${person}`);
  }
  for (const [i, person] of PEOPLE.entries()) {
    const seen = await assess(service, "probe", frames.visit(person, 2));
    assert.equal(seen.verdict, "live", JSON.stringify(seen));
    const verify = (reference: string) =>
      service.handle({ op: "verify", capture: "probe", reference });
    const own = await verify(`person-${person}`);
    assert.equal("verdict" in own && own.verdict, "match", JSON.stringify(own));
    const stranger = await verify(`person-${PEOPLE[(i + 1) % PEOPLE.length]}`);
    assert.equal(stranger.verdict, "no_match", JSON.stringify(stranger));
  }
  await pipeline.release();
});

Deno.test("face: a printed photo and a phone are presentation attacks, not people", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  for (const species of ["printed-photo", "phone-replay"] as const) {
    const scene = defaultScene({ person: PEOPLE[0] ?? 0, kin: "self", visit: 0 });
    const distance_mm = species === "printed-photo" ? 400 : 240;
    const shown = frames.visit(PEOPLE[0] ?? 0, 0, {
      attack: { species, instrument: 2500 },
      head: { ...scene.head, distance_mm },
    });
    const seen = await assess(service, species, shown);
    assert.equal(seen.verdict, "presentation_attack", JSON.stringify(seen));
    await assert.rejects(
      () => service.handle({ op: "verify", capture: species, reference: "anybody" }),
      FaceRequestError,
    );
  }
  await pipeline.release();
});

Deno.test("face: each set of sensors has a threshold of its own, written into the verdict", async () => {
  const shipped = await shippedManifest();
  const { fewer_channels } = shipped.liveness;
  assert.ok(fewer_channels !== undefined);
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  const all = frames.visit(PEOPLE[0] ?? 0, 1);
  const colour = all.map(({ rgb }) => ({ rgb }));
  const infrared = all.map(({ rgb, nir }) => nir === undefined ? { rgb } : { rgb, nir });
  const threshold = async (taken: typeof all) =>
    (await assess(service, "sensors", taken)).liveness_threshold;
  assert.equal(await threshold(all), shipped.liveness.threshold);
  assert.equal(await threshold(infrared), fewer_channels["rgb+nir"]);
  assert.equal(await threshold(colour), fewer_channels.rgb);
  // A sensor that failed half way makes nothing easier.
  const highest = Math.max(shipped.liveness.threshold, fewer_channels.rgb);
  assert.equal(await threshold([...all.slice(0, 2), ...colour.slice(2)]), highest);
  await pipeline.release();
});

Deno.test("face: a sensor that was not read makes nobody an attacker, and no print a person", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  const dead = (changes: Partial<Scene> = {}) =>
    [0, 1].map((noise) => {
      const calm = defaultScene({ person: PEOPLE[1] ?? 0, kin: "self", visit: 1 });
      const shot = render({ ...calm, lobby: 2500, noise, ...changes });
      return frames.keep({ ...shot, nir: new Uint8Array(shot.nir.length) });
    });
  assert.equal((await assess(service, "living", dead())).verdict, "live");
  const print = dead({ attack: { species: "matt-print", instrument: 2500 } });
  assert.equal((await assess(service, "print", print)).verdict, "presentation_attack");
  await pipeline.release();
});

Deno.test("face: an empty lobby has no face, and says so", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  const empty = [0, 1].map((noise) => frames.take({ ...defaultScene(null), noise }));
  const seen = await assess(service, "nobody", empty);
  assert.equal(seen.verdict, "unusable");
  assert.equal(seen.problem, "no_face");
  assert.equal(seen.liveness, null);
  assert.deepEqual(seen.frames[0]?.landmarks, []);
  await pipeline.release();
});

Deno.test("face: each fault of a pose or place is told as an instruction", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  const scene = defaultScene({ person: PEOPLE[1] ?? 0, kin: "self", visit: 0 });
  const told = async (head: Partial<typeof scene.head>) => {
    const frame = frames.take({ ...scene, head: { ...scene.head, ...head } });
    return (await assess(service, "x", [frame])).problem;
  };
  assert.equal(await told({}), null);
  assert.equal(await told({ distance_mm: 1000 }), "too_far");
  assert.equal(await told({ yaw_deg: 40, distance_mm: 350 }), "turned_away");
  assert.equal(await told({ x_mm: 285 }), "off_centre");
  await pipeline.release();
});

Deno.test("face: two people before the camera are told to come one at a time", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  const at = (index: number, x_mm: number) => {
    const scene = defaultScene({ person: PEOPLE[index] ?? 0, kin: "self", visit: 0 });
    return render({ ...scene, head: { ...scene.head, x_mm } });
  };
  const both = frames.keep(sideBySide(at(0, -130), at(1, 130)));
  const seen = await assess(service, "both", [both, both]);
  assert.deepEqual([seen.verdict, seen.problem], ["unusable", "several_faces"]);
  assert.equal(seen.frames[0]?.liveness, null);
  await pipeline.release();
});

Deno.test("face: the life of a capture: enrolled, compared, forgotten", async () => {
  const pipeline = await shippedPipeline();
  const frames = new Frames();
  const service = pipeline.serve(frames.source, randomBytes);
  await assess(service, "first", frames.visit(PEOPLE[2] ?? 0, 1));
  const verify = { op: "verify", capture: "first", reference: "account" } as const;
  const before = await service.handle(verify);
  assert.equal(before.op === "verify" && before.verdict, "no_reference");
  assert.equal(before.op === "verify" && before.score, null);
  await service.handle({ op: "enrol", capture: "first", reference: "account" });
  const after = await service.handle(verify);
  assert.equal(after.op === "verify" && after.score, 1);
  assert.equal(service.deleteReference("account"), true);
  await service.handle({ op: "forget", capture: "first" });
  await assert.rejects(() => service.handle(verify), FaceRequestError);
  await pipeline.release();
});

Deno.test("face: the same frames give the same bits, remembered or computed again", async () => {
  const frames = new Frames();
  const taken = frames.visit(PEOPLE[3] ?? 0, 1);
  const answers: string[] = [];
  for (const memo of [0, 64]) {
    const pipeline = await shippedPipeline(memo);
    for (let run = 0; run < 2; run++) {
      const service = pipeline.serve(frames.source, randomBytes);
      await service.enrolFrom(taken.slice(0, 1), "own");
      const seen = await assess(service, "probe", taken);
      const compared = await service.handle({ op: "verify", capture: "probe", reference: "own" });
      answers.push(JSON.stringify([seen, compared]));
    }
    const { misses, hits } = pipeline.memoCounts.detector;
    assert.deepEqual([misses, hits > 0], memo === 0 ? [0, false] : [3, true]);
    await pipeline.release();
  }
  assert.equal(new Set(answers).size, 1);
});

Deno.test("face: a model with one changed byte is refused, naming file and both hashes", async () => {
  const manifest = await shippedManifest();
  const models = await shippedModels(manifest);
  const changed = models.liveness.slice();
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  await assert.rejects(
    () => createFacePipeline({ models: { ...models, liveness: changed }, manifest, runtime: ort }),
    (error) => {
      assert.ok(error instanceof ModelHashError);
      assert.equal(error.file, "liveness.onnx");
      assert.equal(error.expected, manifest.liveness.sha256);
      assert.ok(error.message.includes(error.actual) && error.message.includes(error.expected));
      return true;
    },
  );
});

Deno.test("face: opening models leaves the worker of the web in its place", async () => {
  const before = globalThis.Worker;
  const pipeline = await shippedPipeline();
  assert.equal(globalThis.Worker, before);
  await pipeline.release();
});
