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
async function packed(...traces: readonly string[]): Promise<Record<string, Uint8Array>> {
  const folder = await Deno.makeTempDir();
  try {
    const [key, out] = [`${folder}/key`, `${folder}/b.zip`];
    await evidenceKeysVerb({ out: key });
    const files = traces.map((_, i) => `${folder}/${i}.trace.jsonl`);
    for (const [i, text] of traces.entries()) await Deno.writeTextFile(files[i]!, text);
    await evidencePackVerb(files, { key, out });
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
