/**
 * Sets the thresholds on people of calibration and writes `models/`.
 *
 *     deno run -A models/train/calibrate.ts --trained DIR [--models models] [--people 200] \
 *       [--siblings 1000] [--keep detector,landmarks,liveness,embedder]
 *
 * Models that are kept stay what they were (liveness with those that leave species out), and are judged
 * anew with the others.
 * Rules, each with figures taken from what is wanted of the models, none from a test person. The one
 * for siblings came last, when 7 of 198 test siblings had passed without it:
 * - detector: 0.1 above the highest score in 200 empty lobbies, at least 0.5, in steps of 0.05;
 * - liveness: what at most 0.5 % of live exposures fall short of, at most 0.9 (the four nets' score is
 *   0.88 at most, so that this no longer binds); the same once more for machines
 *   without depth, and for those with colour alone; the models that never saw some species by the
 *   same rule;
 * - eyes closed, face covered: what at most 0.3 % of exposures with open eyes and a bare face reach,
 *   at least 0.5;
 * - embedder: FMR 10⁻⁴ and 1 % of siblings, as `embedder_threshold.ts` has it.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod";
import {
  filesOf,
  leftOutOf,
  type LivenessChannels,
  type Manifest,
  type ModelEntry,
  parseManifest,
  type ROLES,
} from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import { ATTACK_SPECIES, render, RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { observeTogether } from "../../sim/adapters/evaluate_people.ts";
import { openModels } from "../../sim/adapters/models.ts";
import {
  acceptedAt,
  type Attempt,
  CALIBRATION,
  compareAttempts,
  compareTransactions,
  type LiveScores,
  type PersonObservation,
  personOf,
  placeOf,
  refusedAt,
  sceneOf,
} from "../../sim/evaluate/mod.ts";
import { argument } from "./arguments.ts";
import { embedderThreshold, siblingsOf } from "./embedder_threshold.ts";
import { foldsOf } from "./folds.ts";

const EMPTY_LOBBIES = 200;
/** Of how many people each species is held up. */
const ATTACKERS = 40;
const COMMAND = "deno run -A models/train/calibrate.ts";

/** What `train.py` says of a training. */
const Trained = z.strictObject({
  seed: z.int(),
  epochs: z.int(),
  samples: z.int(),
  people: z.tuple([z.int(), z.int()]),
  without: z.array(z.string()),
  /** SHA-256 of the weights from which it went on. */
  start: z.string().nullable().default(null),
  /** Of how many trainings that went on from one another these are the mean. */
  mean: z.int().nullable().default(null),
});

const ABOUT = {
  detector: {
    input: { name: "frame", shape: [1, 240, 320, 3], layout: "nhwc", channels: "rgb" },
    output: { name: "faces", decoding: "dense-votes" },
    recipe: "Ordinary and far-fetched poses, attacks, empty lobbies; mirrored, joined, re-exposed.",
    rule: "0.1 above the highest score in 200 empty lobbies, at least 0.5",
  },
  landmarks: {
    input: { name: "canvas", shape: [1, 80, 80, 3], layout: "nhwc", channels: "rgb" },
    output: { name: "points", decoding: "canvas-points", states: "states" },
    recipe: "Ordinary and far-fetched poses, laid upright by landmarks with errors; mirrored.",
  },
  liveness: {
    input: { name: "planes", shape: [1, 5, 160, 160], layout: "nchw", channels: "rgb+nir+depth" },
    output: { name: "live", decoding: "probability" },
    recipe: "Live people and every attack species, in four views; planes of the scene blanked by " +
      "chance; some smeared, through a dirty lens, or far from the middle of the picture.",
    rule: "what at most 0.5 % of live exposures fall short of, at most 0.9; each set of sensors",
  },
  embedder: {
    input: { name: "face", shape: [1, 112, 112, 3], layout: "nhwc", channels: "rgb" },
    output: { name: "embedding", decoding: "unit-vector" },
    recipe: "12 ordinary exposures of each person on six days, some without the glasses or with " +
      "another haircut or beard, three from above, from below or aside, two to six in harsh " +
      "light, a quarter of these through a dirty lens; misaligned, re-exposed, with glasses or " +
      "beards of others drawn on, or among hair and walls of others; CosFace.",
    rule: "FMR 1e-4 in attempts and transactions, and at most 1 % of siblings; less where FNMR " +
      "would pass 2 %: without siblings, then FMR 1e-3",
  },
} as const;

async function main(): Promise<void> {
  const trained = argument("--trained", "/tmp/atm-twin-training/trained");
  const out = argument("--models", "models");
  const people = Number(argument("--people", "200"));
  const siblings = Number(argument("--siblings", "1000"));
  const kept = argument("--keep", "").split(",").filter((role) => role !== "");
  const before = parseManifest(JSON.parse(await Deno.readTextFile(`${out}/manifest.json`)));
  const folds = kept.includes("liveness") ? foldsOf().map(({ name }) => name) : [];
  for (const name of [...kept, ...folds]) {
    await Deno.copyFile(`${out}/${name}.onnx`, `${trained}/${name}.onnx`);
  }
  let manifest = await draft({ trained, people, siblings, before, kept });
  if (!kept.includes("detector")) {
    manifest = withThreshold(manifest, "detector", await emptyLobbies(trained, manifest));
  }
  // Beside the trained models, where workers can open them like every folder of models.
  await writeManifest(trained, manifest);
  const pipeline = await openModels({ folder: await folderOf(trained), memo: 0 });
  const [seen, kin] = await Promise.all([
    observeTogether({
      folder: (await folderOf(trained)).href,
      split: "calibration",
      people,
      kin: false,
      attackers: ATTACKERS,
      workers: Number(argument("--workers", "2")),
    }),
    siblingsOf(pipeline, siblings),
  ]);
  await pipeline.release();
  if (seen === null) throw new Error("Cannot calibrate: the work was ended");
  const attempts = seen.flatMap((person) => person.attempts);
  const usable = attempts.filter(({ template }) => template !== null).length;
  console.log(`usable ${usable} of ${attempts.length} exposures`);
  if (usable === 0 || kin.count === 0) {
    throw new Error("Cannot calibrate: no face was found; the detector has learned too little");
  }
  manifest = withThreshold(manifest, "liveness", thresholdFor(seen, "rgb+nir+depth"));
  manifest = {
    ...manifest,
    liveness: {
      ...manifest.liveness,
      fewer_channels: {
        rgb: thresholdFor(seen, "rgb"),
        "rgb+nir": thresholdFor(seen, "rgb+nir"),
      },
    },
  };
  const threshold = embedderThreshold({
    attempts: compareAttempts(seen),
    transactions: compareTransactions(seen),
    siblings: kin,
  }, console.log);
  manifest = withThreshold(manifest, "embedder", threshold);
  manifest = withLeftOut(manifest, attempts);
  manifest = withStates(manifest, await statesSeen(trained));
  for (const { file } of [...filesOf(manifest).values(), ...leftOutOf(manifest).values()]) {
    await Deno.copyFile(`${trained}/${file}`, `${out}/${file}`);
  }
  await writeManifest(out, manifest);
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await Deno.writeTextFile(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function folderOf(path: string): Promise<URL> {
  return new URL(`file://${await Deno.realPath(path)}/`);
}

async function fileIn(folder: string, file: string) {
  const bytes = await Deno.readFile(`${folder}/${file}`);
  return { file, sha256: bytesToHex(sha256(bytes)), bytes: bytes.length };
}

async function trainingOf(trained: string, name: keyof typeof ABOUT) {
  const said = Trained.parse(JSON.parse(await Deno.readTextFile(`${trained}/${name}.json`)));
  const { seed, epochs, samples, people, start, mean } = said;
  const training = {
    command: mean !== null
      ? `python3 models/train/train.py ${name} --mean ${Array(mean).fill("CHECKPOINT").join(" ")}`
      : start === null
      ? "deno run -A models/train/make.ts"
      : `python3 models/train/train.py ${name} --start models/${name}.onnx --epochs ${epochs}`,
    seed,
    renderer: RENDERER_VERSION,
    recipe: ABOUT[name].recipe,
    people: { first: people[0], last: people[1] },
    samples,
    epochs,
    ...(start === null ? {} : { start }),
  };
  return { training };
}

/** How a model that is kept was trained. */
function toldOf(before: Pick<ModelEntry, "training"> | undefined) {
  return before?.training === undefined ? {} : { training: before.training };
}

function inputOf(name: keyof typeof ABOUT) {
  const { input } = ABOUT[name];
  return { ...input, shape: [...input.shape] };
}

interface Drafting {
  readonly trained: string;
  readonly people: number;
  readonly siblings: number;
  readonly before: Manifest;
  readonly kept: readonly string[];
}

async function draft({ trained, people, siblings, before, kept }: Drafting): Promise<Manifest> {
  const { first } = CALIBRATION.people;
  const entry = async (role: (typeof ROLES)[number]) => {
    const met = role === "embedder" ? Math.max(people, siblings) : people;
    return {
      ...await fileIn(trained, `${role}.onnx`),
      licence: "Apache-2.0",
      source: "models/train of atm-twin",
      card: `${role}.md`,
      input: inputOf(role),
      threshold: kept.includes(role) ? before[role].threshold : 0.05,
      ...(kept.includes(role) ? toldOf(before[role]) : await trainingOf(trained, role)),
      calibration: {
        people: { first, last: first + met - 1 },
        rule: ABOUT[role].rule,
        command: COMMAND,
      },
      measured: null,
    };
  };
  const landmarks = {
    ...await fileIn(trained, "landmarks.onnx"),
    input: inputOf("landmarks"),
    output: ABOUT.landmarks.output,
    ...(kept.includes("landmarks")
      ? toldOf(before.detector.landmarks)
      : await trainingOf(trained, "landmarks")),
  };
  return {
    schema: 1,
    name: "atm-twin-1",
    detector: { ...await entry("detector"), output: ABOUT.detector.output, landmarks },
    liveness: {
      ...await entry("liveness"),
      output: ABOUT.liveness.output,
      ...await leftOutModels(trained),
    },
    embedder: { ...await entry("embedder"), output: ABOUT.embedder.output },
  };
}

/** The models of the folds, where they were trained; their thresholds come later. */
async function leftOutModels(trained: string): Promise<Pick<Manifest["liveness"], "left_out">> {
  const models: NonNullable<Manifest["liveness"]["left_out"]> = {};
  for (const { name, without } of foldsOf()) {
    const file = await fileIn(trained, `${name}.onnx`).catch((error: unknown) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
    for (const species of file === null ? [] : without) {
      if (file !== null) models[species] = { ...file, threshold: 0.5 };
    }
  }
  return Object.keys(models).length === 0 ? {} : { left_out: models };
}

function withLeftOut(manifest: Manifest, attempts: readonly Attempt[]): Manifest {
  const { left_out } = manifest.liveness;
  if (left_out === undefined) return manifest;
  const scores = new Map<string, number[]>();
  for (const { left_out: judged } of attempts) {
    const model = judged === null ? undefined : left_out[judged.species];
    if (judged === null || model === undefined) continue;
    scores.set(model.file, [...scores.get(model.file) ?? [], judged.score]);
  }
  const models = Object.entries(left_out).map(([species, model]) =>
    [species, { ...model, threshold: liveThreshold(scores.get(model.file) ?? []) }] as const
  );
  console.log(`left out: ${JSON.stringify(models)}`);
  return {
    ...manifest,
    liveness: { ...manifest.liveness, left_out: Object.fromEntries(models) },
  };
}

/** Exposures that are refused although eyes are open and nothing covers the face: at most this. */
const STATES_REFUSED = 0.003;
const STATES_PEOPLE = 80;

/** What the closer look says of people of calibration with open eyes and a bare face. */
async function statesSeen(trained: string): Promise<readonly (readonly [number, number])[]> {
  const pipeline = await openModels({ folder: await folderOf(trained), memo: 0 });
  const seen: (readonly [number, number])[] = [];
  for (let index = 0; index < STATES_PEOPLE; index++) {
    const stream = randomStream(`models/calibrate/states/${index}`);
    const place = placeOf(CALIBRATION, stream);
    const subject = { person: personOf(CALIBRATION, 10_000 + index), kin: "self", visit: 1 } as const;
    for (let i = 0; i < 4; i++) {
      const scene = sceneOf(subject, place, stream);
      if (scene.expression.blink > 0.3) continue;
      const states = (await pipeline.detect(render(scene)))[0]?.states;
      if (states !== undefined) seen.push([states.closed, states.covered]);
    }
  }
  await pipeline.release();
  return seen;
}

function withStates(
  manifest: Manifest,
  seen: readonly (readonly [closed: number, covered: number])[],
): Manifest {
  const { landmarks } = manifest.detector;
  if (landmarks === undefined) return manifest;
  const at = (k: 0 | 1) => {
    const sorted = seen.map((pair) => pair[k]).sort((a, b) => b - a);
    const highest = sorted[Math.floor(STATES_REFUSED * sorted.length)] ?? 0.5;
    return Math.max(0.5, Math.ceil(1000 * highest + 1) / 1000);
  };
  const thresholds = { closed_threshold: Math.min(1, at(0)), covered_threshold: Math.min(1, at(1)) };
  console.log(`states: ${JSON.stringify(thresholds)}`);
  return {
    ...manifest,
    detector: { ...manifest.detector, landmarks: { ...landmarks, ...thresholds } },
  };
}

function withThreshold(manifest: Manifest, role: (typeof ROLES)[number], value: number): Manifest {
  console.log(`${role}: threshold ${value}`);
  return { ...manifest, [role]: { ...manifest[role], threshold: value } };
}

async function emptyLobbies(trained: string, manifest: Manifest): Promise<number> {
  await writeManifest(trained, manifest);
  const pipeline = await openModels({ folder: await folderOf(trained), memo: 0 });
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

/** Live exposures that are refused: at most this. */
const LIVE_REFUSED = 0.005;

function liveThreshold(live: readonly number[]): number {
  const sorted = live.toSorted((a, b) => a - b);
  const lowest = sorted[Math.floor(LIVE_REFUSED * sorted.length)] ?? 0.5;
  return Math.min(0.9, Math.floor(1000 * lowest) / 1000);
}

function thresholdFor(seen: readonly PersonObservation[], channels: LivenessChannels): number {
  const pick = (scores: LiveScores | null) => scores?.[channels] ?? [];
  const live = seen.flatMap(({ attempts }) => attempts.flatMap(({ live }) => pick(live)));
  const threshold = liveThreshold(live);
  for (const species of ATTACK_SPECIES) {
    const scores = seen.flatMap(({ attacks }) =>
      attacks[species]?.scores.flatMap((score) => pick(score)) ?? []
    );
    const { count, of } = acceptedAt(scores, threshold);
    console.log(`liveness by ${channels}: ${species} passes ${count} of ${of}`);
  }
  const { count, of: shown } = refusedAt(live, threshold);
  console.log(`liveness by ${channels}: ${threshold}, live refused ${count} of ${shown}`);
  return threshold;
}

if (import.meta.main) await main();
