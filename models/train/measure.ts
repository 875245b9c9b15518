/**
 * Measures the shipped models on test people and, with `--write`, notes it in the manifest.
 *
 *     deno run -A models/train/measure.ts [--models models] [--people 100] [--write]
 *
 * @module
 */
import * as ort from "onnxruntime-web";
import { createFacePipeline, parseManifest, type Rate } from "../../core/face/mod.ts";
import { evaluateModels, type EvaluationReport, withMeasured } from "../../sim/evaluate/mod.ts";
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
  console.log(textOf(report));
  if (!Deno.args.includes("--write")) return;
  const measured = withMeasured(manifest, report);
  await Deno.writeTextFile(file, `${JSON.stringify(measured, null, 2)}\n`);
}

function textOf({ detector, liveness, embedder, people, renderer }: EvaluationReport): string {
  const lines = [
    `${people} test people, renderer ${renderer}; 95 % Wilson intervals`,
    line("found by the detector", detector.recall),
    line("faces in empty lobbies", detector.false_faces),
    line("failure to acquire", detector.failure_to_acquire),
    `landmark error: mean ${detector.landmark_error.mean}, p95 ${detector.landmark_error.p95}`,
    line("BPCER", liveness.bpcer),
    ...Object.entries(liveness.apcer).map(([species, rate]) => line(`APCER ${species}`, rate)),
    ...Object.entries(liveness.apnrr).map(([species, rate]) => line(`APNRR ${species}`, rate)),
    line("FNMR, one exposure", embedder.fnmr),
    line("FMR, one exposure", embedder.fmr),
    line("FNMR, transaction", embedder.transaction_fnmr),
    line("FMR, transaction", embedder.transaction_fmr),
    `equal error rate, one exposure: ${percent(embedder.equal_error_rate)}`,
    ...Object.entries(embedder.kin_accepted).map(([rung, rate]) => line(`accepted: ${rung}`, rate)),
  ];
  return lines.join("\n");
}

function line(what: string, { count, of, rate, low, high }: Rate): string {
  return `${what}: ${percent(rate)} (${count} of ${of}; ${percent(low)} to ${percent(high)})`;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(3)} %`;
}

if (import.meta.main) await main();
