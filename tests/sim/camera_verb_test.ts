import assert from "node:assert/strict";
import { ATTACK_SPECIES, RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { DatasetJournal } from "../../sim/adapters/camera_journal.ts";
import { cameraVerb, type CameraVerbOptions } from "../../sim/adapters/camera_verb.ts";
import { InputError } from "../../sim/plan/mod.ts";

async function inFolder(run: (out: string) => Promise<void>): Promise<void> {
  const out = await Deno.makeTempDir();
  const { log } = console;
  console.log = () => {};
  try {
    await run(out);
  } finally {
    console.log = log;
    await Deno.remove(out, { recursive: true });
  }
}

function asked(out: string, more: Partial<CameraVerbOptions> = {}): CameraVerbOptions {
  return { people: [4, 5], shots: 2, seed: 1, out, ...more };
}

const names = (out: string) => [...Deno.readDirSync(out)].map(({ name }) => name).sort();
const json = (path: string) => JSON.parse(Deno.readTextFileSync(path));

Deno.test("camera: a dataset of several people lists every shot, and nothing else is left behind", () =>
  inFolder(async (out) => {
    assert.equal(await cameraVerb(asked(out)), 0);
    const shots = json(`${out}/shots.json`);
    assert.deepEqual(shots.map((shot: { person: number }) => shot.person), [4, 4, 5, 5]);
    const listed = shots.flatMap((s: Record<string, string>) => [s.rgb, s.nir, s.depth]);
    assert.deepEqual(names(out), [...listed, "coco.json", "shots.json"].sort());
  }));

Deno.test("camera: COCO has a face with five keypoints in every picture, hidden ones marked", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out, { wears: ["surgical-mask"], distance: [45, 50] }));
    const coco = json(`${out}/coco.json`);
    assert.equal(coco.images.length, 4);
    assert.equal(coco.annotations.length, 4);
    for (const { bbox, keypoints, image_id } of coco.annotations) {
      assert.equal(coco.images[image_id - 1].id, image_id);
      const [x, y, w, h] = bbox;
      assert.ok(x >= 0 && y >= 0 && x + w <= 320.1 && y + h <= 240.1);
      assert.equal(keypoints.length, 15);
      const seen = [2, 5, 8, 11, 14].map((i) => keypoints[i]);
      assert.deepEqual(seen, [2, 2, 1, 1, 1]);
    }
  }));

Deno.test("camera: under a covered lens COCO has no point that could be seen", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out, { lens: ["covered"], distance: [45, 50] }));
    for (const { keypoints } of json(`${out}/coco.json`).annotations) {
      assert.deepEqual([2, 5, 8, 11, 14].map((i) => keypoints[i]), [1, 1, 1, 1, 1]);
    }
  }));

Deno.test("camera: attacks take turns, and each shot names its own", () =>
  inFolder(async (out) => {
    const attack = ["live", "tablet-video", "resin-mask"] as const;
    await cameraVerb(asked(out, { people: [4, 4], shots: 4, attack, light: ["dead-lamp"] }));
    const shots = json(`${out}/shots.json`);
    assert.deepEqual(
      shots.map((shot: { attack: string | null }) => shot.attack),
      [null, "tablet-video", "resin-mask", null],
    );
    assert.ok(shots.every((shot: { light: string }) => shot.light === "dead-lamp"));
    assert.ok(ATTACK_SPECIES.includes(shots[1].attack));
  }));

/** The journal of a finished dataset as it is while these shots of it are done; what was asked for. */
function noteShots(folder: string, which: readonly number[], half = "") {
  const { out: _, ...options } = { ...asked(folder), renderer: RENDERER_VERSION };
  const shots = json(`${folder}/shots.json`);
  const lines = [options, ...which.map((n) => shots[n])].map((each) => JSON.stringify(each) + "\n");
  Deno.writeTextFileSync(`${folder}/.shots.jsonl`, lines.join("") + half);
  return options;
}

Deno.test("camera: a dataset that was cut off goes on, and is the one that was never cut off", () =>
  inFolder((whole) =>
    inFolder(async (out) => {
      await cameraVerb(asked(whole));
      await cameraVerb(asked(out));
      // as a kill would leave it: two shots noted, a third half noted, one picture half written
      noteShots(out, [0, 1], '{"rgb":"rgb-0');
      for (const name of ["shots.json", "coco.json", "rgb-002.png"]) {
        Deno.removeSync(`${out}/${name}`);
      }
      assert.equal(await cameraVerb(asked(out)), 0);
      assert.deepEqual(names(out), names(whole));
      for (const name of names(whole)) {
        assert.deepEqual(
          Deno.readFileSync(`${out}/${name}`),
          Deno.readFileSync(`${whole}/${name}`),
        );
      }
    })
  ));

Deno.test("camera: what two commands at once noted twice is taken once", () =>
  inFolder((whole) =>
    inFolder(async (out) => {
      await cameraVerb(asked(whole));
      await cameraVerb(asked(out));
      const options = noteShots(out, [0, 0, 1, 1]);
      assert.equal(await cameraVerb(asked(out)), 0);
      assert.deepEqual(json(`${out}/shots.json`), json(`${whole}/shots.json`));
      const both = [
        await DatasetJournal.open(out, options),
        await DatasetJournal.open(out, options),
      ];
      for (const journal of both) await journal.close();
      assert.deepEqual(names(out), names(whole));
    })
  ));

Deno.test("camera: pictures that were taken over are listed by no earlier dataset", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out));
    // it ends at the second shot: something else has its name
    Deno.removeSync(`${out}/nir-001.png`);
    Deno.mkdirSync(`${out}/nir-001.png`);
    await assert.rejects(cameraVerb(asked(out, { seed: 2 })), InputError);
    assert.deepEqual(names(out).filter((name) => name.endsWith(".json")), []);
  }));

Deno.test("camera: of a larger dataset of before nothing is left but what was not the camera's", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out));
    Deno.writeTextFileSync(`${out}/notes.txt`, "mine");
    Deno.writeTextFileSync(`${out}/rgb-900.png`, "mine");
    await cameraVerb(asked(out, { people: [7, 7], shots: 1 }));
    assert.deepEqual(names(out), [
      "coco.json",
      "depth-000.png",
      "nir-000.png",
      "notes.txt",
      "rgb-000.png",
      "rgb-900.png",
      "shots.json",
    ]);
  }));

Deno.test("camera: what is left of before goes when the new dataset is whole, and not sooner", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out));
    // it ends at the second shot: something else has its name
    Deno.removeSync(`${out}/nir-001.png`);
    Deno.mkdirSync(`${out}/nir-001.png`);
    const smaller = asked(out, { people: [7, 7] });
    await assert.rejects(cameraVerb(smaller), InputError);
    assert.ok(names(out).includes("rgb-003.png"));
    Deno.removeSync(`${out}/nir-001.png`);
    await cameraVerb(smaller);
    const listed = json(`${out}/shots.json`).flatMap((s: Record<string, string>) => [
      s.rgb,
      s.nir,
      s.depth,
    ]);
    assert.deepEqual(names(out), [...listed, "coco.json", "shots.json"].sort());
  }));

Deno.test("camera: a list that the camera did not write is refused, and stays as it is", () =>
  inFolder(async (out) => {
    const others: [string, string][] = [
      ["coco.json", '{"info":{"description":"COCO 2017"}}'],
      ["shots.json", '[{"rgb":"../rgb-000.png","nir":"nir-000.png","depth":"depth-000.png"}]'],
      ["shots.json", "{"],
    ];
    for (const [name, text] of others) {
      Deno.writeTextFileSync(`${out}/${name}`, text);
      const message = new RegExp(`${name}: --out: is no list of the camera's; use another folder`);
      await assert.rejects(cameraVerb(asked(out)), { name: "InputError", message });
      assert.deepEqual(names(out), [name]);
      assert.equal(Deno.readTextFileSync(`${out}/${name}`), text);
      Deno.removeSync(`${out}/${name}`);
    }
  }));

Deno.test("camera: a dataset that an earlier renderer began is not mixed with this one", () =>
  inFolder(async (out) => {
    await cameraVerb(asked(out, { shots: 1 }));
    const { out: _, ...options } = asked(out);
    const before = JSON.stringify({ ...options, renderer: "an earlier one" });
    Deno.writeTextFileSync(`${out}/.shots.jsonl`, before + "\n");
    await assert.rejects(cameraVerb(asked(out)), InputError);
  }));

Deno.test("camera: the unfinished dataset of another command is not mixed with this one", () =>
  inFolder(async (out) => {
    Deno.writeTextFileSync(`${out}/.shots.jsonl`, '{"people":[1,9],"shots":3,"seed":1}\n');
    await assert.rejects(cameraVerb(asked(out)), InputError);
    assert.deepEqual(names(out), [".shots.jsonl"]);
  }));

Deno.test("camera: people or distances that run backwards, and people who do not exist, are bad input", () =>
  inFolder(async (out) => {
    await assert.rejects(cameraVerb(asked(out, { people: [9, 3] })), /--people.*backwards/);
    await assert.rejects(cameraVerb(asked(out, { distance: [60, 20] })), /--distance.*backwards/);
    await assert.rejects(cameraVerb(asked(out, { people: [0, 100_000] })), /no person 100000/);
    const { people: _, ...nobody } = asked(out);
    await assert.rejects(cameraVerb(nobody), /--person/);
    assert.deepEqual(names(out), []);
  }));
