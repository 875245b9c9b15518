/** `evidence pack`: what goes into a bundle, and what does not belong together in one. */
import assert from "node:assert/strict";
import { evidenceKeysVerb, evidencePackVerb } from "../../sim/adapters/evidence_verb.ts";
import { HOME } from "../../sim/adapters/files.ts";
import { readManifest } from "../../sim/adapters/models.ts";
import { openBundle } from "../../sim/evidence/mod.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { pinnedOf } from "../../sim/world/mod.ts";
import { forged, unchanged } from "./damages.ts";

const sample = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
const { trace } = readTrace(sample) as { trace: Trace };

/** A trace that says it was judged by these models. */
function judgedBy(models: Record<string, string>): string {
  return forged(trace, unchanged, { ...trace.header.pinned, models });
}

const SHIPPED = judgedBy(pinnedOf(await readManifest()).models);
const THEIRS = judgedBy({ embedder: "ab".repeat(32) });

/** Packs these traces in a folder; the files of the bundle. */
function packed(...traces: readonly string[]): Promise<Record<string, Uint8Array>> {
  return packedAs(Object.fromEntries(traces.map((text, i) => [`${i}.trace.jsonl`, text])));
}

async function packedAs(traces: Readonly<Record<string, string>>) {
  const folder = await Deno.makeTempDir();
  try {
    const [key, out] = [`${folder}/key`, `${folder}/b.zip`];
    await evidenceKeysVerb({ out: key });
    for (const [name, text] of Object.entries(traces)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    await evidencePackVerb(Object.keys(traces).map((name) => `${folder}/${name}`), { key, out });
    return openBundle(await Deno.readFile(out)) as Record<string, Uint8Array>;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("evidence pack: error rates are those of the models that judged", async () => {
  const manifest = await Deno.readTextFile(new URL("models/manifest.json", HOME));
  const { "evaluation.json": evaluation } = await packed(SHIPPED);
  assert.equal(new TextDecoder().decode(evaluation), manifest);
});

Deno.test("evidence pack: models that nobody here knows have no error rates", async () => {
  assert.equal((await packed(THEIRS))["evaluation.json"], undefined);
});

Deno.test("evidence pack: runs of different models do not go into one bundle", async () => {
  await assert.rejects(packed(SHIPPED, THEIRS), {
    name: "InputError",
    message: /1\.trace\.jsonl: models: are others than those of 0; pack it apart$/,
  });
});

Deno.test("evidence pack: a run whose name is not to be had in a bundle is bad input", async () => {
  for (const name of [".jsonl", ".trace.jsonl"]) {
    await assert.rejects(packedAs({ [name]: SHIPPED }), {
      name: "InputError",
      message: new RegExp(`/${name}: has no name to pack it by; give it another$`),
    });
  }
  const two = { "བོད.trace.jsonl": SHIPPED, "ཡིག.trace.jsonl": SHIPPED };
  await assert.rejects(packedAs(two), {
    name: "InputError",
    message: /ཡིག\.trace\.jsonl: would be a second run called ___; give it another name$/,
  });
  const { "traces/___.trace.jsonl": trace } = await packedAs({ "བོད.trace.jsonl": SHIPPED });
  assert.equal(new TextDecoder().decode(trace), SHIPPED);
});
