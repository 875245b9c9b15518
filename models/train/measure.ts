/**
 * Measures the shipped models on test people and, with `--write`, notes it in the manifest.
 *
 *     deno run -A models/train/measure.ts [--models models] [--people 100] [--write]
 *
 * @module
 */
import * as ort from "onnxruntime-web";
import { createFacePipeline, parseManifest } from "../../core/face/mod.ts";
import { evaluateModels, evaluationText, withMeasured } from "../../sim/evaluate/mod.ts";
import { argument } from "./arguments.ts";

async function main(): Promise<void> {
  const folder = argument("--models", "models");
  const people = Number(argument("--people", "100"));
  const file = `${folder}/manifest.json`;
  const manifest = parseManifest(JSON.parse(await Deno.readTextFile(file)), file);
  const models = {
    detector: await Deno.readFile(`${folder}/${manifest.detector.file}`),
    liveness: await Deno.readFile(`${folder}/${manifest.liveness.file}`),
    embedder: await Deno.readFile(`${folder}/${manifest.embedder.file}`),
  };
  const pipeline = await createFacePipeline({ models, manifest, runtime: ort, memo: 0 });
  const report = await evaluateModels({
    pipeline,
    people,
    onProgress: (done, of) => console.error(`test: ${done} of ${of} people`),
  });
  await pipeline.release();
  console.log(evaluationText(report));
  if (!Deno.args.includes("--write")) return;
  const measured = withMeasured(manifest, report);
  await Deno.writeTextFile(file, `${JSON.stringify(measured, null, 2)}\n`);
}

if (import.meta.main) await main();
