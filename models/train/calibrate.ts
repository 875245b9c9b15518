/**
 * Sets the thresholds on people of calibration and writes `models/`.
 *
 *     deno run -A models/train/calibrate.ts --trained DIR [--models models] [--people 100]
 *
 * Rules, fixed before any test person was rendered:
 * - detector: 0.1 above the highest score in 200 empty lobbies, at least 0.5, in steps of 0.05;
 * - liveness: of all thresholds with
 *   the smallest larger one of BPCER and worst APCER, the middle;
 * - embedder: the higher of the thresholds for attempts and for transactions at FMR 10⁻⁴, unless
 *   more than 2 % of genuine attempts would then be refused: then at FMR 10⁻³.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as ort from "onnxruntime-web";
import * as z from "zod";
import {
  createFacePipeline,
  type FacePipeline,
  type Manifest,
  type ModelBytes,
  ROLES,
} from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { ATTACK_SPECIES, render, RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { observeTogether } from "../../sim/adapters/evaluate_people.ts";
import {
  acceptedAt,
  CALIBRATION,
  compareAttempts,
  compareTransactions,
  type LiveScores,
  type PersonObservation,
  placeOf,
  refusedAt,
  sceneOf,
} from "../../sim/evaluate/mod.ts";
import { argument } from "./arguments.ts";

const EMPTY_LOBBIES = 200;
const COMMAND = "deno run -A models/train/calibrate.ts";

/** What `train.py` says of a training. */
const Trained = z.strictObject({
  seed: z.int(),
  epochs: z.int(),
  samples: z.int(),
  people: z.tuple([z.int(), z.int()]),
});

const ABOUT = {
  detector: {
    input: { name: "frame", shape: [1, 240, 320, 3], layout: "nhwc", channels: "rgb" },
    output: { name: "faces", decoding: "dense-votes" },
    recipe: "Ordinary and far-fetched poses, attacks, empty lobbies; mirrored, joined, re-exposed.",
    rule: "0.1 above the highest score in 200 empty lobbies, at least 0.5",
  },
  liveness: {
    input: { name: "planes", shape: [1, 5, 80, 80], layout: "nchw", channels: "rgb+nir+depth" },
    output: { name: "live", decoding: "probability" },
    recipe: "Live people and two attack species; planes blanked by chance so that none rules.",
    rule: "the middle of the thresholds with the smallest larger one of BPCER and worst APCER",
  },
  embedder: {
    input: { name: "face", shape: [1, 112, 112, 3], layout: "nhwc", channels: "rgb" },
    output: { name: "embedding", decoding: "unit-vector" },
    recipe: "12 ordinary exposures of each person on three days; misaligned, re-exposed; CosFace.",
    rule: "FMR 1e-4 in attempts and transactions, or 1e-3 where FNMR would pass 2 % at 1e-4",
  },
} as const;

async function main(): Promise<void> {
  const trained = argument("--trained", "/tmp/atm-twin-training/trained");
  const out = argument("--models", "models");
  const people = Number(argument("--people", "100"));
  const models: ModelBytes = {
    detector: await Deno.readFile(`${trained}/detector.onnx`),
    liveness: await Deno.readFile(`${trained}/liveness.onnx`),
    embedder: await Deno.readFile(`${trained}/embedder.onnx`),
  };
  let manifest = await draft(trained, models, people);
  manifest = withThreshold(manifest, "detector", await emptyLobbies(models, manifest));
  // Beside the trained models, where workers can open them like every folder of models.
  for (const role of ROLES) await Deno.writeFile(`${trained}/${role}.onnx`, models[role]);
  await writeManifest(trained, manifest);
  const seen = await observeTogether({
    folder: `file://${await Deno.realPath(trained)}/`,
    split: "calibration",
    people,
    kin: false,
    workers: Number(argument("--workers", "2")),
    onProgress: () => true,
  });
  if (seen === null) throw new Error("Cannot calibrate: the work was ended");
  const attempts = seen.flatMap((person) => person.attempts);
  const usable = attempts.filter(({ template }) => template !== null).length;
  console.log(`usable ${usable} of ${attempts.length} exposures`);
  manifest = withThreshold(manifest, "liveness", livenessThreshold(seen));
  manifest = withThreshold(manifest, "embedder", embedderThreshold(seen));
  for (const role of ROLES) await Deno.writeFile(`${out}/${role}.onnx`, models[role]);
  await writeManifest(out, manifest);
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await Deno.writeTextFile(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function draft(trained: string, models: ModelBytes, people: number): Promise<Manifest> {
  const { first } = CALIBRATION.people;
  const entry = async (role: (typeof ROLES)[number]) => {
    const said = Trained.parse(JSON.parse(await Deno.readTextFile(`${trained}/${role}.json`)));
    const { seed, epochs, samples } = said;
    const { input, recipe, rule } = ABOUT[role];
    return {
      file: `${role}.onnx`,
      sha256: bytesToHex(sha256(models[role])),
      bytes: models[role].length,
      licence: "Apache-2.0",
      source: "models/train of atm-twin",
      card: `${role}.md`,
      input: { ...input, shape: [...input.shape] },
      threshold: 0.05,
      training: {
        command: "deno run -A models/train/make.ts",
        seed,
        renderer: RENDERER_VERSION,
        recipe,
        people: { first: said.people[0], last: said.people[1] },
        samples,
        epochs,
      },
      calibration: { people: { first, last: first + people - 1 }, rule, command: COMMAND },
      measured: null,
    };
  };
  return {
    schema: 1,
    name: "atm-twin-1",
    detector: { ...await entry("detector"), output: ABOUT.detector.output },
    liveness: { ...await entry("liveness"), output: ABOUT.liveness.output },
    embedder: { ...await entry("embedder"), output: ABOUT.embedder.output },
  };
}

function withThreshold(manifest: Manifest, role: (typeof ROLES)[number], value: number): Manifest {
  console.log(`${role}: threshold ${value}`);
  return { ...manifest, [role]: { ...manifest[role], threshold: value } };
}

function open(models: ModelBytes, manifest: Manifest): Promise<FacePipeline> {
  return createFacePipeline({ models, manifest, runtime: ort, memo: 0 });
}

async function emptyLobbies(models: ModelBytes, manifest: Manifest): Promise<number> {
  const pipeline = await open(models, manifest);
  let highest = 0;
  for (let i = 0; i < EMPTY_LOBBIES; i++) {
    const stream = randomStream(`models/calibrate/empty/${i}`);
    const shot = render(sceneOf(null, placeOf(CALIBRATION, stream), stream));
    for (const face of await pipeline.detect(shot)) highest = Math.max(highest, face.score);
  }
  await pipeline.release();
  console.log(`highest score in ${EMPTY_LOBBIES} empty lobbies: ${highest}`);
  return Math.min(0.9, Math.max(0.5, Math.ceil((highest + 0.1) * 20) / 20));
}

function livenessThreshold(seen: readonly PersonObservation[]): number {
  const live = seen.flatMap(({ attempts }) => attempts.flatMap(({ live }) => all(live)));
  const attacks = ATTACK_SPECIES.map((species) =>
    seen.flatMap(({ attacks }) => attacks[species]?.scores.flatMap(all) ?? [])
  );
  let best = { error: 2, low: 0, high: 0 };
  for (let step = 1; step < 1000; step++) {
    const threshold = step / 1000;
    const bpcer = refusedAt(live, threshold).rate;
    const apcers = attacks.map((scores) => acceptedAt(scores, threshold).rate);
    const error = Math.max(bpcer, ...apcers);
    if (error < best.error) best = { error, low: threshold, high: threshold };
    else if (error === best.error) best.high = threshold;
  }
  console.log(`liveness: worst error ${best.error} from ${best.low} to ${best.high}`);
  return Math.round(500 * (best.low + best.high)) / 1000;
}

function all(live: LiveScores | null): readonly number[] {
  return live?.["rgb+nir+depth"] === undefined ? [] : [live["rgb+nir+depth"]];
}

function embedderThreshold(seen: readonly PersonObservation[]): number {
  const attempts = compareAttempts(seen);
  const transactions = compareTransactions(seen);
  for (const rate of [1e-4, 1e-3]) {
    const threshold = Math.max(
      attempts.impostor.thresholdAt(rate),
      transactions.impostor.thresholdAt(rate),
    );
    const one = refusedAt(attempts.genuine, threshold);
    const many = refusedAt(transactions.genuine, threshold);
    console.log(
      `embedder: FMR ${rate} at ${threshold}: FNMR ${one.rate} of ${one.of} attempts, ` +
        `${many.rate} of ${many.of} transactions; ${attempts.impostor.count} impostor attempts`,
    );
    if (one.rate <= 0.02 || rate === 1e-3) return threshold;
  }
  throw new Error("Cannot choose a threshold: no rate was tried");
}

if (import.meta.main) await main();
