/**
 * Public models that others trained on photographs of real people run through the pack mechanism
 * unchanged: detector, colour-only anti-spoof, embedder. Without their folder the tests say so.
 */
import assert from "node:assert/strict";
import { similarity } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { defaultScene, randomScene, render } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { addPack } from "../../sim/adapters/packs.ts";
import { landmarkError, overlap } from "../../sim/evaluate/mod.ts";
import {
  PUBLIC_FOLDER,
  PUBLIC_PACK,
  publicPackFolder,
  tellWhenAbsent,
} from "../fixtures/public_pack.ts";

tellWhenAbsent("public pack");
const HOME = new URL("../../", import.meta.url);

function witness(name: string, fn: (folder: string) => Promise<void>): void {
  Deno.test({
    name,
    ignore: PUBLIC_FOLDER === undefined,
    async fn() {
      const folder = await publicPackFolder();
      try {
        await fn(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

async function program(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "main.ts", ...args],
    cwd: HOME,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, said: text(stdout) + text(stderr) };
}

witness("public pack: it is added whole, and opens by its folder", async (folder) => {
  const packs = await Deno.makeTempDir();
  try {
    const added = await addPack(folder, new URL(`file://${packs}/`));
    assert.deepEqual(added?.pack, PUBLIC_PACK);
    assert.deepEqual([...Deno.readDirSync(packs)].map(({ name }) => name), ["public"]);
  } finally {
    await Deno.remove(packs, { recursive: true });
  }
});

witness(
  "public pack: faces lie where they are, and a person is nearer to herself",
  async (folder) => {
    const pipeline = await openModels({ pack: folder, memo: 0 });
    const errors: number[] = [];
    for (let person = 3_900_100; person < 3_900_110; person++) {
      const calm = { ...defaultScene({ person, kin: "self", visit: 0 }), lobby: 2500 };
      const again = { ...calm, subject: { person, kin: "self", visit: 1 } as const, noise: 7 };
      const other = { ...again, subject: { ...again.subject, person: person + 50 } };
      const templates = [];
      for (const scene of [calm, again, other]) {
        const shot = render(scene);
        const [face] = await pipeline.detect(shot);
        assert.ok(face !== undefined && shot.truth !== null, `person ${person} is found`);
        assert.ok(overlap(face.box, shot.truth.box) > 0.5, `person ${person}: ${face.box}`);
        errors.push(landmarkError(face.landmarks, shot.truth.landmarks));
        templates.push(await pipeline.embed(shot, face.landmarks));
      }
      const [first, second, stranger] = templates;
      assert.ok(similarity(first!, second!) > similarity(first!, stranger!), `person ${person}`);
    }
    const off = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    assert.ok(off < 0.2 && Math.max(...errors) < 0.5, `landmarks off by ${errors} of the eyes`);
    await pipeline.release();
  },
);

witness("public pack: the published detector of 640 × 640 sees the same faces", async (folder) => {
  const file = "yunet_2023mar.onnx";
  const bytes = await Deno.readFile(`${PUBLIC_FOLDER}/${file}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const detector = {
    ...PUBLIC_PACK.detector!,
    file,
    bytes: bytes.length,
    sha256: digest.toHex(),
    input: { ...PUBLIC_PACK.detector!.input, shape: [1, 3, 640, 640] },
  };
  const manifest = { schema: 1, name: "published", detector };
  await Deno.writeFile(`${folder}/${file}`, bytes);
  const small = await openModels({ pack: folder, memo: 0 });
  await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
  const large = await openModels({ pack: folder, memo: 0 });
  for (let person = 3_900_200; person < 3_900_206; person++) {
    const stream = randomStream(`public-pack/${person}`);
    const shot = render(randomScene({ person, kin: "self", visit: 1 }, stream));
    const [a] = await small.detect(shot);
    const [b] = await large.detect(shot);
    assert.ok(a !== undefined && b !== undefined, `person ${person} is found by both`);
    assert.ok(overlap(a.box, b.box) > 0.7, `person ${person}: ${a.box} and ${b.box}`);
    assert.ok(landmarkError(a.landmarks, b.landmarks) < 0.15, `person ${person}`);
  }
  await small.release();
  await large.release();
});

witness(
  "public pack: a run pins it, and only verify with the pack proves the run",
  async (folder) => {
    const traces = await Deno.makeTempDir();
    try {
      const scenario = "scenarios/returning-customer.yaml";
      // How it ends is for these models to say: exit 0 or 1, never bad input.
      const run = await program("run", scenario, "--pack", `${folder}/`, "--out", traces);
      assert.ok(run.code <= 1, run.said);
      const trace = `${traces}/returning-customer-1.trace.jsonl`;
      const header = JSON.parse((await Deno.readTextFile(trace)).split("\n")[0]!);
      assert.equal(header.pinned.models.embedder, PUBLIC_PACK.embedder!.sha256);
      assert.equal(header.pinned.models.detector, PUBLIC_PACK.detector!.sha256);
      const proven = await program("verify", trace, "--pack", `${folder}/`);
      assert.equal(proven.code, 0, proven.said);
      const shipped = await program("verify", trace);
      assert.equal(shipped.code, 1);
      assert.match(shipped.said, /✗ models: line 1: .*models\.embedder is .*, was/);
      // Another threshold is another judge: the bytes are the same, the settings are not.
      const manifest = structuredClone(PUBLIC_PACK);
      manifest.embedder!.threshold = 0.9;
      await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
      const stricter = await program("verify", trace, "--pack", `${folder}/`);
      assert.match(stricter.said, /✗ models: line 1: models\.settings is/);
    } finally {
      await Deno.remove(traces, { recursive: true });
    }
  },
);
