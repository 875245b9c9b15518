/** Somebody else's models are taken in whole, or not at all, and say what is wrong with them. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  openLeftOut,
  openModels,
  packFolder,
  packNames,
  SHIPPED_MODELS,
} from "../../sim/adapters/models.ts";
import { modelsListVerb, modelsVerifyVerb } from "../../sim/adapters/models_verb.ts";
import { addPack } from "../../sim/adapters/packs.ts";
import {
  ELSEWHERE,
  MEAN,
  MEAN_AND_LARGEST,
  MEAN_COLOUR,
  NO_NUMBER,
  NOTHING,
} from "../fixtures/tiny_models.ts";
import { heard } from "./heard.ts";
import {
  added,
  EMBEDDER,
  type Entry,
  inPlaces,
  manifestOf,
  refusalOf,
  SHIPPED,
  tiny,
} from "./pack_places.ts";

Deno.test("packs: one changed byte is refused, with both hashes, and nothing is installed", async () => {
  const changed = EMBEDDER.slice();
  changed[5000] = (changed[5000] ?? 0) ^ 1;
  await inPlaces(manifestOf(), changed, async ({ source, packs }) => {
    assert.match(
      await refusalOf(source, packs),
      /theirs\.onnx: embedder\.sha256: .*[0-9a-f]{64}.*[0-9a-f]{64}/,
    );
  });
});

Deno.test("packs: a manifest that does not fit its model is found before it is installed", async () => {
  const { input, output } = SHIPPED.embedder;
  const wrong: [Entry, RegExp][] = [
    [{ input: { ...input, name: "picture" } }, /its input is face, not picture/],
    [
      { output: { ...output, name: "answer" } },
      /embedder: .*: it has no output answer of 32-bit floats, but embedding$/,
    ],
    [{ input: { ...input, shape: [1, 96, 96, 3] } }, /does not run as its manifest says/],
  ];
  for (const [changes, told] of wrong) {
    await inPlaces(manifestOf(changes), EMBEDDER, async ({ source, packs }) => {
      assert.match(await refusalOf(source, packs), told);
    });
  }
});

Deno.test("packs: a closer look that does not answer as told is found before it is installed", async () => {
  const { measured: _, ...detector } = SHIPPED.detector;
  const { landmarks } = detector;
  const output = { ...landmarks.output, name: "nowhere" };
  const pack = {
    schema: 1,
    name: "theirs",
    detector: { ...detector, landmarks: { ...landmarks, output } },
  };
  await inPlaces(pack, EMBEDDER, async ({ source, packs }) => {
    for (const { file } of [detector, landmarks]) {
      await Deno.copyFile(new URL(file, SHIPPED_MODELS), `${source}/${file}`);
    }
    assert.match(
      await refusalOf(source, packs),
      /detector: .*: it has no output nowhere of 32-bit floats, but /,
    );
  });
});

Deno.test("packs: models that only measure come with the one that judges, or nothing does", async () => {
  const { measured: _, ...liveness } = SHIPPED.liveness;
  await inPlaces({ schema: 1, name: "theirs", liveness }, EMBEDDER, async ({ source, packs }) => {
    await Deno.copyFile(new URL(liveness.file, SHIPPED_MODELS), `${source}/${liveness.file}`);
    assert.match(await refusalOf(source, packs), /liveness-without-\d\.onnx.*does not exist/);
    const files = new Set(
      Object.values<{ file: string }>(liveness.left_out).map(({ file }) => file),
    );
    for (const file of files) {
      await Deno.copyFile(new URL(file, SHIPPED_MODELS), `${source}/${file}`);
    }
    const { folder } = await added(source, packs);
    const installed = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert.deepEqual(new Set(installed), new Set(["manifest.json", liveness.file, ...files]));
  });
});

Deno.test("packs: a manifest's mistake is told by its field", async () => {
  const { input, output } = SHIPPED.embedder;
  const wrong: [Entry, RegExp][] = [
    [manifestOf({ file: "../theirs.onnx" }), /embedder\.file: is not a plain file name/],
    [manifestOf({ licence: "" }), /embedder\.licence/],
    [manifestOf({ input: { ...input, mean: [0, 0, 0] } }), /embedder\.input\.mean: comes with/],
    [manifestOf({ input: { ...input, channels: "cmyk" } }), /embedder\.input\.channels/],
    [
      manifestOf({ input: { ...input, shape: [1, 112, 96, 3] } }),
      /embedder\.input\.shape: is square/,
    ],
    [manifestOf({ output: { ...output, decoding: "yunet" } }), /embedder\.output/],
    [{ ...manifestOf(), name: "../theirs" }, /name: is not small letters/],
    [{ schema: 1, name: "theirs" }, /has no role/],
    [{}, /schema/],
  ];
  for (const [manifest, told] of wrong) {
    await inPlaces(manifest, EMBEDDER, async ({ source, packs }) => {
      assert.match(await refusalOf(source, packs), told);
    });
  }
});

Deno.test("packs: the same name twice is refused, and the first stays", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    await addPack(source, packs);
    await assert.rejects(() => addPack(source, packs), /"theirs" was added before; remove/);
    assert.deepEqual(await packNames(packs), ["theirs"]);
  });
});

const INTERRUPTED = fileURLToPath(new URL("interrupted_pack.ts", import.meta.url));

/** What `models list` prints of these packs, and its exit code. */
function listed(packs: URL, format: "text" | "json") {
  return heard(() => modelsListVerb({ format }, packs));
}

Deno.test("packs: a bad one is listed with its remedy, and hides none of the others", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    await Deno.mkdir(new URL("empty/", packs));
    await Deno.rename(source, new URL("renamed/", packs));
    const { code, out } = await listed(packs, "text");
    assert.equal(code, 1);
    assert.match(out, /^pack renamed \(--pack renamed\)\nembedder: .*renamed\/theirs\.onnx/m);
    assert.match(out, /^✗ pack empty: .*manifest\.json: .*not exist; remove .*empty\/ and add/m);
    const { packs: good, bad_packs } = JSON.parse((await listed(packs, "json")).out);
    assert.deepEqual(good.map(({ name }: { name: string }) => name), ["renamed"]);
    assert.deepEqual(bad_packs.map(({ name }: { name: string }) => name), ["empty"]);
    await Deno.remove(new URL("empty/", packs));
    assert.equal((await listed(packs, "text")).code, 0);
  });
});

Deno.test("packs: a file where the packs should lie is told so", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    await Deno.remove(packs);
    await Deno.writeTextFile(new URL(packs.href.slice(0, -1)), "");
    const told = { name: "InputError", message: /cannot be read as the folder of packs/ };
    await assert.rejects(packNames(packs), told);
    await assert.rejects(addPack(source, packs), told);
  });
});

Deno.test("packs: a pack plays its roles, the shipped models play the others", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source }) => {
    const pipeline = await openModels({ pack: source });
    assert.equal(pipeline.manifest.name, "theirs");
    assert.equal(pipeline.manifest.embedder.threshold, 0.42);
    assert.equal(pipeline.manifest.detector.sha256, SHIPPED.detector.sha256);
    await pipeline.release();
  });
  await assert.rejects(() => packFolder("nobody-added-this"), /there is no pack of this name/);
});

Deno.test("packs: one without a liveness model is measured with the others of the shipped one", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source }) => {
    const pipeline = await openModels({ pack: source });
    const opened = await openLeftOut(pipeline, { pack: source });
    assert.deepEqual([...opened.keys()], Object.keys(SHIPPED.liveness.left_out));
    await pipeline.release();
  });
});

Deno.test("packs: in a folder that was never added, what does not fit its manifest is told too", async () => {
  const { output } = SHIPPED.embedder;
  const wrong = manifestOf({ output: { ...output, name: "answer" } });
  await inPlaces(wrong, EMBEDDER, async ({ source }) => {
    const message = /source\/manifest\.json: embedder: does not run as its manifest says: .*answer/;
    await assert.rejects(openModels({ pack: source }), { name: "InputError", message });
  });
});

Deno.test("packs: a model that is none is named, whatever it is for", async () => {
  const text = new TextEncoder().encode("no model");
  const embedder = await tiny(text, { decoding: "vector" });
  await inPlaces({ schema: 1, name: "theirs", embedder }, text, async ({ source, packs }) => {
    assert.match(await refusalOf(source, packs), /does not open: Cannot use model theirs\.onnx: /);
  });
  const { sha256, bytes } = await tiny(text, {});
  const liveness = {
    ...await tiny(MEAN_COLOUR, { decoding: "class-logits", live: 0 }),
    left_out: { "printed-photo": { file: "without.onnx", sha256, bytes, threshold: 0.5 } },
  };
  const pack = { schema: 1, name: "theirs", liveness };
  await inPlaces(pack, MEAN_COLOUR, async ({ source, packs }) => {
    await Deno.writeFile(`${source}/without.onnx`, text);
    assert.match(await refusalOf(source, packs), /does not open: Cannot use model without\.onnx/);
    const pipeline = await openModels({ pack: source });
    const message = /source\/manifest\.json: does not open: Cannot use model without\.onnx/;
    await assert.rejects(openLeftOut(pipeline, { pack: source }), { name: "InputError", message });
    await pipeline.release();
  });
});

Deno.test("packs: one file is one model, or only one of its hashes would be checked", async () => {
  const liveness = await tiny(MEAN_COLOUR, { decoding: "class-logits", live: 0 });
  const { file, sha256, bytes } = liveness;
  const without = (hash: unknown) => ({ file, sha256: hash, bytes, threshold: 0.5 });
  const left_out = { "printed-photo": without(sha256), "bent-print": without("0".repeat(64)) };
  const pack = { schema: 1, name: "theirs", liveness: { ...liveness, left_out } };
  await inPlaces(pack, MEAN_COLOUR, async ({ source, packs }) => {
    const told =
      /manifest\.json: liveness\.left_out\.bent-print\.sha256: .*theirs\.onnx: one file is/;
    assert.match(await refusalOf(source, packs), told);
  });
});

Deno.test("packs: models verify looks at those that were added, and names the one that has changed", () =>
  inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    await added(source, packs);
    assert.equal((await heard(() => modelsVerifyVerb(SHIPPED_MODELS, packs))).code, 0);
    await Deno.writeFile(new URL("theirs/theirs.onnx", packs), EMBEDDER.with(9, EMBEDDER[9]! ^ 1));
    const { code, out } = await heard(() => modelsVerifyVerb(SHIPPED_MODELS, packs));
    assert.equal(code, 1);
    assert.match(out, /^✗ pack theirs, embedder: .*theirs\.onnx/m);
    await Deno.writeTextFile(new URL("theirs/manifest.json", packs), "{}");
    assert.equal((await heard(() => modelsVerifyVerb(SHIPPED_MODELS, packs))).code, 1);
  }));

Deno.test("packs: a number that is no probability is not taken for one", async () => {
  const wrong: [Uint8Array, RegExp][] = [
    [MEAN, /: liveness: .*from 0 to 1, not \d+/],
    [MEAN_COLOUR, /: liveness: .*: it answers 3 numbers, and a probability is one: read them as /],
  ];
  for (const [model, told] of wrong) {
    const liveness = await tiny(model, { decoding: "probability" });
    await inPlaces({ schema: 1, name: "theirs", liveness }, model, async ({ source, packs }) => {
      assert.match(await refusalOf(source, packs), told);
    });
  }
});

Deno.test("packs: what is wrong with an answer is said as it is, and not as it should be", async () => {
  const logits = { decoding: "class-logits", live: 3 };
  const liveness = await tiny(MEAN_COLOUR, logits);
  await inPlaces({ schema: 1, name: "theirs", liveness }, MEAN_COLOUR, async (place) => {
    const told = /: liveness: .*: its classes are 0 to 2, and 3 is none$/;
    assert.match(await refusalOf(place.source, place.packs), told);
  });
  const { input, ...yunet } = await tiny(MEAN_COLOUR, {});
  const output = { decoding: "yunet", strides: [8], overlap: 0.3 };
  const detector = { ...yunet, input, output };
  await inPlaces({ schema: 1, name: "theirs", detector }, MEAN_COLOUR, async (place) => {
    const told = /: detector: .*: it has no output cls_8 of 32-bit floats, but y$/;
    assert.match(await refusalOf(place.source, place.packs), told);
  });
  const embedder = await tiny(ELSEWHERE, { decoding: "vector" });
  await inPlaces({ schema: 1, name: "theirs", embedder }, ELSEWHERE, async (place) => {
    const told = /Cannot use model theirs\.onnx: its weights lie in another file: save it as one$/;
    assert.match(await refusalOf(place.source, place.packs), told);
  });
});

Deno.test("packs: what a model answers besides, and nobody reads, may be of any kind", async () => {
  const embedder = await tiny(MEAN_AND_LARGEST, { decoding: "vector" });
  const pack = { schema: 1, name: "theirs", embedder };
  await inPlaces(pack, MEAN_AND_LARGEST, async ({ source, packs }) => {
    assert.equal((await added(source, packs)).pack.name, "theirs");
  });
  const largest = { ...pack, embedder: { ...embedder, output: { name: "i", decoding: "vector" } } };
  await inPlaces(largest, MEAN_AND_LARGEST, async ({ source, packs }) => {
    assert.match(await refusalOf(source, packs), /it has no output i of 32-bit floats, but y$/);
  });
});

Deno.test("packs: an embedder whose answer is no template is refused", async () => {
  const wrong: [Uint8Array, string, RegExp][] = [
    [NO_NUMBER, "unit-vector", /: embedder: .*: it answers no template: /],
    [NOTHING, "unit-vector", /: embedder: .*: it answers no template: /],
    [
      MEAN_COLOUR,
      "unit-vector",
      /: embedder: .*: its template has length \d{3}.*, not 1: .*"vector"$/,
    ],
    [NO_NUMBER, "vector", /: embedder: .*: it answers no template: /],
    [NOTHING, "vector", /: embedder: .*: it answers no template: /],
  ];
  for (const [model, decoding, told] of wrong) {
    const embedder = await tiny(model, { decoding });
    await inPlaces({ schema: 1, name: "theirs", embedder }, model, async ({ source, packs }) => {
      assert.match(await refusalOf(source, packs), told);
    });
  }
});

Deno.test("packs: of two that are added at once one is taken, and one was added before", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    const both = await Promise.allSettled([addPack(source, packs), addPack(source, packs)]);
    const refused = both.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
    assert.equal(refused.length, 1);
    assert.match(refused[0].message, /"theirs" was added before; remove .*theirs to add it anew$/);
    assert.deepEqual([...Deno.readDirSync(packs)].map(({ name }) => name), ["theirs"]);
  });
});

Deno.test("packs: Ctrl-C while one is written leaves nothing of it", async () => {
  await inPlaces(manifestOf(), EMBEDDER, async ({ source, packs }) => {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", INTERRUPTED, source, packs.href],
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.ok(success, text(stderr));
    const left = [...Deno.readDirSync(packs)].map(({ name }) => name);
    // It may have been through already; it is there whole then.
    assert.deepEqual(left, text(stdout) === "null" ? [] : ["theirs"]);
  });
});
