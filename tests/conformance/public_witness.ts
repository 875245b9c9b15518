/**
 * What public models, trained on photographs of real people, make of the virtual camera's people.
 *
 *     ATM_TWIN_PUBLIC_PACK=/path/to/pack deno task witness
 *       [--people 100] [--first 1900000] [--kin]
 *
 * Every person is met calmly on the first day and three times later (two visits) in ordinary
 * conditions. The faces are found, aligned and embedded by the public models alone, as photographs
 * are: the detector sees the picture at its published width, and a template is the sum of a picture's
 * and its mirror image's. All pairs of pictures are compared; once more with the faces aligned by
 * the camera's own truth, which tells the embedder's share of the errors from the detector's.
 * The default people are from the training range, so looking at these
 * figures while the renderer is worked on spoils no measurement on test people.
 *
 * @module
 */
import { randomStream } from "../../core/numeric/mod.ts";
import {
  defaultScene,
  faceOf,
  type Kin,
  render,
  type Scene,
  type Shot,
} from "../../devices/camera/mod.ts";
import { ScoreHistogram } from "../../sim/evaluate/histogram.ts";
import { equalErrorRate, mean, percentile, rateOf } from "../../sim/evaluate/rates.ts";
import { rateText } from "../../sim/evaluate/mod.ts";
import { placeOf, sceneOf, TRAINING } from "../../sim/evaluate/splits.ts";
import { argument } from "../../models/train/arguments.ts";
import type { FacePipeline, Template } from "../../core/face/mod.ts";
import { meanTemplate, similarity as cosine } from "../../core/face/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { PUBLIC_FOLDER, publicPackFolder } from "../fixtures/public_pack.ts";

const VISITS = [1, 1, 2];
const LIVE = 0.5;
/** The range in which the product promises to find a face. */
const FAR_MM = 600;
/** The published detector's width; 480 lines are filled up to 512. */
const PUBLISHED_SHAPE = [1, 3, 512, 640];
const RUNGS: readonly Kin[] = ["twin", "sibling", "cousin"];

interface Look {
  readonly person: number;
  readonly scene: Scene;
  readonly embedding: Template;
  /** The same face, aligned by where its landmarks really are. */
  readonly aligned: Template;
  /** How live the anti-spoof model calls it, 0…1. */
  readonly live: number;
}

/** What the models said of everybody. */
interface Seen {
  looks: Look[];
  presented: number;
  found: number;
  kin: Map<Kin, number[]>;
  missed: string[];
}

function scenesOf(person: number): Scene[] {
  const calm = defaultScene({ person, kin: "self", visit: 0 });
  const scenes: Scene[] = [{ ...calm, lobby: person % 1000, noise: person }];
  for (const [i, visit] of VISITS.entries()) {
    const stream = randomStream(`witness/${person}/${i}`);
    scenes.push(sceneOf({ person, kin: "self", visit }, placeOf(TRAINING, stream), stream));
  }
  return scenes;
}

/** The template of a face and its mirror image together, as its author compares photographs. */
async function bothWays(
  models: FacePipeline,
  shot: Shot,
  landmarks: readonly (readonly [number, number])[],
): Promise<Template> {
  const { width, height, rgb } = shot;
  const turned = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (y * width + width - 1 - x);
      turned.set(rgb.subarray(from, from + 3), 3 * (y * width + x));
    }
  }
  const across = (i: number): [number, number] => {
    const [x, y] = landmarks[i]!;
    return [width - 1 - x, y];
  };
  return meanTemplate([
    await models.embed(shot, landmarks),
    await models.embed({ ...shot, rgb: turned }, [1, 0, 2, 4, 3].map(across)),
  ]);
}

async function meet(models: FacePipeline, seen: Seen, scene: Scene, person: number) {
  const shot = render(scene);
  const [face] = await models.detect(shot);
  const truth = shot.truth!;
  const [l, r] = truth.landmarks;
  const apart = Math.hypot(r[0] - l[0], r[1] - l[1]);
  const [el, er] = face?.landmarks ?? [];
  const off = el === undefined || er === undefined
    ? Infinity
    : Math.hypot((el[0] + er[0] - l[0] - r[0]) / 2, (el[1] + er[1] - l[1] - r[1]) / 2);
  const found = off < 0.35 * apart;
  if (scene.head.distance_mm <= FAR_MM) {
    seen.presented++;
    if (found) seen.found++;
    else seen.missed.push(`${person} ${scene.light} ${JSON.stringify(scene.head)}`);
  }
  if (!found || face === undefined) return;
  const live = await models.liveness(shot, face.box);
  const embedding = await bothWays(models, shot, face.landmarks);
  const aligned = await bothWays(models, shot, truth.landmarks);
  seen.looks.push({ person, scene, embedding, aligned, live });
}

async function meetKin(models: FacePipeline, seen: Seen, person: number): Promise<void> {
  const [photo] = seen.looks.filter((look) => look.person === person);
  if (photo === undefined) return;
  for (const kin of RUNGS) {
    const stream = randomStream(`witness/${person}/${kin}`);
    const scene = sceneOf({ person, kin, visit: 1 }, placeOf(TRAINING, stream), stream);
    const shot = render(scene);
    const [face] = await models.detect(shot);
    if (face === undefined) continue;
    const embedding = await bothWays(models, shot, face.landmarks);
    const scores = seen.kin.get(kin) ?? [];
    seen.kin.set(kin, [...scores, cosine(photo.embedding, embedding)]);
  }
}

/** Cosines of all pairs of pictures of one person, and of two. */
function pairs(
  looks: readonly Look[],
  of: "embedding" | "aligned" = "embedding",
): { genuine: number[]; impostors: number[] } {
  const genuine: number[] = [];
  const impostors: number[] = [];
  for (const [i, a] of looks.entries()) {
    for (const b of looks.slice(i + 1)) {
      (a.person === b.person ? genuine : impostors).push(cosine(a[of], b[of]));
    }
  }
  return { genuine, impostors };
}

/** Names of the groups to which a picture belongs by its conditions. */
function groupsOf(scene: Scene): string[] {
  const { head, expression, light, subject } = scene;
  const mm = Math.floor(head.distance_mm / 100) * 100;
  const yaw = Math.floor(Math.abs(head.yaw_deg) / 10) * 10;
  const groups = [light, `yaw ${yaw}+`, `${mm}+ mm`];
  if (expression.smile > 0.4) groups.push("smiling");
  if (expression.blink > 0.3) groups.push("blinking");
  if (subject !== null && faceOf(subject).habits.glasses !== null) groups.push("glasses");
  return groups;
}

/** Mean genuine cosine with the calm picture, and share called live, by condition. */
function byCondition(looks: readonly Look[]): string[] {
  const groups = new Map<string, { genuine: number[]; live: number; of: number }>();
  const calm = new Map(
    looks.filter((l) => l.scene.subject?.visit === 0).map((l) => [l.person, l.embedding]),
  );
  for (const { person, scene, embedding, live } of looks) {
    const own = calm.get(person);
    for (const name of groupsOf(scene)) {
      const group = groups.get(name) ?? { genuine: [], live: 0, of: 0 };
      groups.set(name, group);
      group.of++;
      if (live >= LIVE) group.live++;
      if (own !== undefined && scene.subject?.visit !== 0) {
        group.genuine.push(cosine(own, embedding));
      }
    }
  }
  return [...groups].sort().map(([name, { genuine, live, of }]) =>
    `  ${name.padEnd(12)} genuine ${mean(genuine).toFixed(3)} (${genuine.length}), ` +
    `live ${(100 * live / of).toFixed(1)} % (${of})`
  );
}

function report({ looks, presented, found, kin, missed }: Seen, people: number) {
  const { genuine, impostors } = pairs(looks);
  const live = looks.filter((look) => look.live >= LIVE).length;
  const near = (values: readonly number[]) =>
    `mean ${mean(values).toFixed(3)}, 1st percentile ${percentile(values, 0.01).toFixed(3)}, ` +
    `99th ${percentile(values, 0.99).toFixed(3)} of ${values.length}`;
  console.log(`${people} people, ${looks.length} pictures`);
  console.log(`impostor cosine: ${near(impostors)}`);
  console.log(`genuine cosine:  ${near(genuine)}`);
  const error = ({ genuine, impostors }: ReturnType<typeof pairs>) => {
    const rate = equalErrorRate(genuine, ScoreHistogram.of(impostors));
    return rate === null ? "nobody was compared" : `${(100 * rate).toFixed(2)} %`;
  };
  console.log(`equal error rate: ${error({ genuine, impostors })}`);
  const truly = pairs(looks, "aligned");
  console.log(
    `aligned by the truth: equal error rate ${error(truly)}, impostors ${near(truly.impostors)}`,
  );
  console.log(`live called live: ${rateText(rateOf(live, looks.length))}`);
  console.log(`found by YuNet, to ${FAR_MM} mm: ${rateText(rateOf(found, presented))}`);
  console.log("by condition (genuine: against the calm picture)");
  for (const line of byCondition(looks)) console.log(line);
  for (const [rung, scores] of kin) console.log(`${rung} cosine: ${near(scores)}`);
  for (const line of missed) console.log(`missed: ${line}`);
}

async function main(): Promise<void> {
  if (PUBLIC_FOLDER === undefined) {
    console.error("Cannot measure: ATM_TWIN_PUBLIC_PACK names no folder of public models");
    Deno.exit(2);
  }
  const people = Number(argument("--people", "100"));
  const first = Number(argument("--first", "1900000"));
  const folder = await publicPackFolder(PUBLISHED_SHAPE);
  const models = await openModels({ folder: new URL(`file://${folder}/`), memo: 0 });
  const seen: Seen = {
    looks: [],
    presented: 0,
    found: 0,
    kin: new Map(),
    missed: [],
  };
  for (let person = first; person < first + people; person++) {
    for (const scene of scenesOf(person)) await meet(models, seen, scene, person);
    if (Deno.args.includes("--kin")) await meetKin(models, seen, person);
  }
  await models.release();
  await Deno.remove(folder, { recursive: true });
  report(seen, people);
}

if (import.meta.main) await main();
