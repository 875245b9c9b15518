/** `camera`: whole datasets from the virtual camera, with their ground truth. */
import { encode } from "fast-png";
import {
  type AttackSpecies,
  type Covering,
  type Lens,
  type Light,
  randomScene,
  render,
  type Scene,
  type Shot,
} from "../../devices/camera/mod.ts";
import { POPULATION } from "../people/mod.ts";
import { InputError } from "../plan/mod.ts";
import { runStream } from "../prng/mod.ts";
import { clearAway, listedIn, unlist } from "./camera_before.ts";
import { cocoOf, type ListedShot } from "./camera_coco.ts";
import { DatasetJournal, namesOf } from "./camera_journal.ts";
import { writableFolder, writeWhole } from "./files.ts";
import { breathe, interruption, printLine, Progress } from "./terminal.ts";

export interface CameraVerbOptions {
  /** One person, or several from the first to the last. */
  readonly person?: number;
  readonly people?: readonly [first: number, last: number];
  /** Of each of them. */
  readonly shots: number;
  /** What is held up, shot by shot in turn; `live`: nothing. */
  readonly attack?: readonly (AttackSpecies | "live")[];
  /** Each shot draws one of these; absent: as ordinary scenes have it. */
  readonly light?: readonly Light[];
  readonly wears?: readonly (Covering | "nothing")[];
  readonly lens?: readonly Lens[];
  /** Nearest and farthest, cm. */
  readonly distance?: readonly [near: number, far: number];
  readonly seed: number;
  readonly out: string;
}

/** Attack instruments of this verb; those of training, calibration and test lie below. */
const INSTRUMENT = 6000;

/** Returns the exit code: 0 done, 130 interrupted (what was written is whole and listed). */
export async function cameraVerb(options: CameraVerbOptions): Promise<number> {
  const [first, last] = peopleOf(options);
  const { out, ...asked } = options;
  if (options.distance !== undefined) forwards("--distance", options.distance);
  await writableFolder(out);
  await listedIn(out);
  const journal = await DatasetJournal.open(out, asked);
  if (journal.shots.length === 0) await unlist(out);
  const total = (last - first + 1) * options.shots;
  const progress = new Progress("rendering", total);
  for (let n = 0; n < journal.shots.length; n++) progress.step();
  const interrupted = interruption();
  for (let n = journal.shots.length; n < total && !interrupted.asked; n++) {
    const person = first + Math.floor(n / options.shots);
    const scene = sceneOf(options, person, n % options.shots);
    await journal.add(await writeShot(render(scene), scene, n, out));
    progress.step();
    await breathe();
  }
  progress.clear();
  interrupted.stop();
  const { shots } = journal;
  await writeWhole(`${out}/coco.json`, JSON.stringify(cocoOf(shots)) + "\n");
  await writeWhole(`${out}/shots.json`, JSON.stringify(shots, null, 1) + "\n");
  const whose = first === last ? `person ${first}` : `people ${first} to ${last}`;
  if (shots.length < total) {
    printLine(`${shots.length} of ${total} shots of ${whose} in ${out}; the same command goes on`);
    return 130;
  }
  await clearAway(out, new Set(shots.flatMap(({ rgb, nir, depth }) => [rgb, nir, depth])));
  await journal.close();
  printLine(`${total} shots of ${whose} in ${out}`);
  return 0;
}

function peopleOf({ person, people }: CameraVerbOptions): readonly [first: number, last: number] {
  const field = people === undefined ? "--person" : "--people";
  if (people === undefined && person === undefined) {
    throw new InputError({
      file: "camera",
      field: "--person",
      message: "says whose pictures to take; use --person N or --people FIRST-LAST",
    });
  }
  const [first, last] = forwards(field, people ?? [person ?? 0, person ?? 0]);
  if (last >= POPULATION) {
    const message = `there is no person ${last}; use 0 to ${POPULATION - 1}`;
    throw new InputError({ file: "camera", field, message });
  }
  return [first, last];
}

function forwards(field: string, range: readonly [number, number]): readonly [number, number] {
  const [first, last] = range;
  if (first <= last) return range;
  const message = `${first}-${last} runs backwards; write the smaller number first`;
  throw new InputError({ file: "camera", field, message });
}

/** The `k`-th scene of a person: ordinary, but for what was asked for. */
function sceneOf(options: CameraVerbOptions, person: number, k: number): Scene {
  const { seed, attack: attacks, distance } = options;
  const stream = runStream(seed, `camera/${person}/${k}`);
  // what is asked for draws from a stream of its own, so that it changes nothing else
  const asked = runStream(seed, `camera/${person}/${k}/asked`);
  const species = attacks?.[k % attacks.length] ?? "live";
  const attack = species === "live"
    ? null
    : { species, instrument: INSTRUMENT + asked.integer(0, 999) };
  const visit = stream.integer(1, 9);
  const scene = randomScene({ person, kin: "self", visit }, stream, attack);
  const light = options.light && asked.pick(options.light);
  const worn = options.wears && asked.pick(options.wears);
  const lens = options.lens && asked.pick(options.lens);
  const far = distance && 10 * (distance[0] + (distance[1] - distance[0]) * asked.uniform());
  return {
    ...scene,
    ...(light === undefined ? {} : { light }),
    ...(worn === undefined || worn === "nothing" ? {} : { worn: [worn] }),
    ...(lens === undefined || lens === "clean" ? {} : { optics: { lens } }),
    ...(far === undefined ? {} : { head: { ...scene.head, distance_mm: Math.round(far) } }),
  };
}

async function writeShot(shot: Shot, scene: Scene, n: number, out: string): Promise<ListedShot> {
  const { width, height, truth } = shot;
  const names = namesOf(n);
  const grey = { width, height, channels: 1 } as const;
  await writeWhole(
    `${out}/${names.rgb}`,
    encode({ width, height, channels: 3, depth: 8, data: shot.rgb }),
  );
  await writeWhole(`${out}/${names.nir}`, encode({ ...grey, depth: 8, data: shot.nir }));
  await writeWhole(`${out}/${names.depth}`, encode({ ...grey, depth: 16, data: shot.depth }));
  return {
    ...names,
    person: scene.subject?.person ?? 0,
    visit: scene.subject?.visit ?? 0,
    attack: scene.attack?.species ?? null,
    instrument: scene.attack?.instrument ?? null,
    light: scene.light,
    lobby: scene.lobby,
    worn: scene.attack === null ? scene.worn ?? [] : [],
    lens: scene.optics?.lens ?? "clean",
    box: truth?.box ?? null,
    landmarks: truth?.landmarks ?? null,
    companion: truth?.companion ?? null,
    yaw_deg: truth?.yaw_deg ?? null,
    pitch_deg: truth?.pitch_deg ?? null,
    roll_deg: truth?.roll_deg ?? null,
    distance_mm: truth?.distance_mm ?? null,
    expression: scene.expression,
  };
}
