/**
 * Rendered people before the real pipeline: the raw material of every error rate.
 *
 * Each person of a split is met as a bank meets them: a picture taken calmly on the first day (an
 * identity photo: one exposure; an enrolment: three), then visits on other days in other places, in
 * ordinary conditions. Relatives come and pretend, pictures are held up, and sometimes nobody is
 * there. What is observed is scores; thresholds are applied by whoever reads them.
 *
 * @module
 */
import { type FacePipeline, meanTemplate, similarity, type Template } from "../../core/face/mod.ts";
import { randomStream } from "../../core/numeric/mod.ts";
import {
  ATTACK_SPECIES,
  type AttackSpecies,
  defaultScene,
  type Kin,
  render,
  type Scene,
  type Shot,
  type Subject,
} from "../../devices/camera/mod.ts";
import { landmarkError, overlap } from "./geometry.ts";
import { attackSceneOf, personOf, type Place, placeOf, sceneOf, type Split } from "./splits.ts";

/** Rungs of the ladder of kinship, nearest first. */
export const RUNGS = ["twin", "sibling", "cousin"] as const satisfies readonly Kin[];

/** What was seen of one person. */
export interface PersonObservation {
  readonly person: number;
  /** From the identity photo, and from the three exposures of an enrolment; null: unusable. */
  readonly photo: Template | null;
  readonly enrolled: Template | null;
  /** One a usable exposure of a later visit. */
  readonly attempts: readonly Template[];
  /** One a later visit: the mean of its usable exposures. */
  readonly transactions: readonly Template[];
  /** Transactions of relatives against this person's enrolment. */
  readonly kin: Readonly<Record<(typeof RUNGS)[number], readonly number[]>>;
}

/** What was seen of everybody. */
export interface Observations {
  readonly people: PersonObservation[];
  /** Ordinary exposures of live people, and of those: found, usable, error of the landmarks. */
  exposures: number;
  found: number;
  usable: number;
  readonly landmark_errors: number[];
  /** Empty lobbies, and those in which a face was found. */
  empty: number;
  ghosts: number;
  /** Liveness of usable live exposures, and of exposures of attacks where a face was judged. */
  readonly live: number[];
  readonly attacks: Record<AttackSpecies, { presented: number; scores: number[] }>;
}

export interface ObserveOptions {
  readonly pipeline: FacePipeline;
  readonly split: Split;
  /** How many people of the split, from its first. */
  readonly people: number;
  /** Whether relatives come too: they cost three figures a person. */
  readonly kin: boolean;
  readonly onProgress?: (done: number, of: number) => void | Promise<void>;
}

const VISITS = 2;
const EXPOSURES = 3;
const KIN_EXPOSURES = 2;
const ATTACKS_A_SPECIES = 2;
/** How the head turns in the three exposures of an enrolment, degrees. */
const ENROLMENT_YAWS = [-4, 0, 4];

/** Meets the first `people` of a split, one after the other. */
export async function observePeople(options: ObserveOptions): Promise<Observations> {
  const { split, people, onProgress } = options;
  const seen: Observations = {
    people: [],
    exposures: 0,
    found: 0,
    usable: 0,
    landmark_errors: [],
    empty: 0,
    ghosts: 0,
    live: [],
    attacks: Object.fromEntries(
      ATTACK_SPECIES.map((species) => [species, { presented: 0, scores: [] }]),
    ) as unknown as Observations["attacks"],
  };
  for (let index = 0; index < people; index++) {
    seen.people.push(await observePerson(options, seen, personOf(split, index)));
    await onProgress?.(index + 1, people);
  }
  return seen;
}

async function observePerson(
  options: ObserveOptions,
  seen: Observations,
  person: number,
): Promise<PersonObservation> {
  const { pipeline, split } = options;
  const photo = await templates(pipeline, enrolmentScenes(split, person, [0]));
  const enrolment = await templates(pipeline, enrolmentScenes(split, person, ENROLMENT_YAWS));
  const enrolled = enrolment.length === 0 ? null : meanTemplate(enrolment);
  const attempts: Template[] = [];
  const transactions: Template[] = [];
  for (let visit = 1; visit <= VISITS; visit++) {
    const probes = await observeVisit(options, seen, { person, kin: "self", visit });
    attempts.push(...probes);
    if (probes.length > 0) transactions.push(meanTemplate(probes));
  }
  await observeAttacks(options, seen, person);
  await observeEmpty(options, seen, person);
  const kin = { twin: [], sibling: [], cousin: [] } as Record<(typeof RUNGS)[number], number[]>;
  for (const rung of options.kin && enrolled !== null ? RUNGS : []) {
    const scenes = visitScenes(split, { person, kin: rung, visit: 1 }, KIN_EXPOSURES);
    const probes = await templates(pipeline, scenes);
    if (probes.length > 0 && enrolled !== null) {
      kin[rung].push(similarity(meanTemplate(probes), enrolled));
    }
  }
  return { person, photo: photo[0] ?? null, enrolled, attempts, transactions, kin };
}

/** Calm and frontal, on the first day, by day, as pictures for the record are taken. */
function enrolmentScenes(split: Split, person: number, yaws: readonly number[]): readonly Scene[] {
  const stream = randomStream(`evaluate/${split.name}/${person}/enrolment/${yaws.length}`);
  const { lobby } = placeOf(split, stream);
  const scene = defaultScene({ person, kin: "self", visit: 0 });
  return yaws.map((yaw_deg) => ({
    ...scene,
    lobby,
    head: { ...scene.head, yaw_deg },
    noise: stream.integer(0, 0x7fffffff),
  }));
}

/** A visit in one place, each exposure in another pose, at another distance. */
function visitScenes(split: Split, subject: Subject, exposures: number): readonly Scene[] {
  const { person, kin, visit } = subject;
  const stream = randomStream(`evaluate/${split.name}/${person}/${kin}/${visit}`);
  const place = placeOf(split, stream);
  return Array.from({ length: exposures }, () => sceneOf(subject, place, stream));
}

async function templates(
  pipeline: FacePipeline,
  scenes: readonly Scene[],
): Promise<readonly Template[]> {
  const found: Template[] = [];
  for (const scene of scenes) {
    const shot = render(scene);
    const { problem, landmarks } = await pipeline.look(shot);
    if (problem === null) found.push(await pipeline.embed(shot, landmarks));
  }
  return found;
}

async function observeVisit(
  { pipeline, split }: ObserveOptions,
  seen: Observations,
  subject: Subject,
): Promise<readonly Template[]> {
  const probes: Template[] = [];
  for (const scene of visitScenes(split, subject, EXPOSURES)) {
    const shot = render(scene);
    const finding = await pipeline.look(shot);
    seen.exposures++;
    noteDetection(seen, shot, finding.box, finding.landmarks);
    if (finding.problem !== null) continue;
    seen.usable++;
    if (finding.liveness !== null) seen.live.push(finding.liveness);
    probes.push(await pipeline.embed(shot, finding.landmarks));
  }
  return probes;
}

/** A face is found when its box overlaps the true one by half (IoU, as COCO counts). */
function noteDetection(
  seen: Observations,
  shot: Shot,
  box: readonly [number, number, number, number] | null,
  landmarks: readonly (readonly [number, number])[],
): void {
  if (box === null || shot.truth === null || overlap(box, shot.truth.box) < 0.5) return;
  seen.found++;
  seen.landmark_errors.push(landmarkError(landmarks, shot.truth.landmarks));
}

async function observeAttacks(
  { pipeline, split }: ObserveOptions,
  seen: Observations,
  person: number,
): Promise<void> {
  for (const species of ATTACK_SPECIES) {
    const stream = randomStream(`evaluate/${split.name}/${person}/${species}`);
    const place: Place = placeOf(split, stream);
    for (let i = 0; i < ATTACKS_A_SPECIES; i++) {
      const subject = { person, kin: "self", visit: 0 } as const;
      const shot = render(attackSceneOf(split, subject, species, place, stream));
      const { liveness } = await pipeline.look(shot);
      seen.attacks[species].presented++;
      if (liveness !== null) seen.attacks[species].scores.push(liveness);
    }
  }
}

async function observeEmpty(
  { pipeline, split }: ObserveOptions,
  seen: Observations,
  person: number,
): Promise<void> {
  const stream = randomStream(`evaluate/${split.name}/${person}/nobody`);
  const shot = render(sceneOf(null, placeOf(split, stream), stream));
  seen.empty++;
  if ((await pipeline.detect(shot)).length > 0) seen.ghosts++;
}
