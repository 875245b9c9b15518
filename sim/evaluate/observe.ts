/**
 * Rendered people before the real pipeline: the raw material of every error rate.
 *
 * Each person of a split is met as a bank meets them: a picture taken calmly on the first day (an
 * identity photo: one exposure; an enrolment: three), then visits on other days in other places, in
 * ordinary conditions. Relatives come and pretend, things are held up, and sometimes nobody is
 * there. What is observed is scores; thresholds are applied by whoever reads them.
 *
 * A record is a function of split and person alone and plain data, so any number of workers may
 * share the people.
 *
 * @module
 */
import {
  type Exposure,
  type FacePipeline,
  isEnough,
  type LivenessChannels,
  meanTemplate,
  similarity,
  type Template,
} from "../../core/face/mod.ts";
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
import { type Groups, groupsOf, OF_PEOPLE, SPECIAL } from "./conditions.ts";
import { landmarkError, overlap } from "./geometry.ts";
import { attackSceneOf, personOf, placeOf, sceneOf, type Split } from "./splits.ts";

/** Rungs of the ladder of kinship, nearest first. */
export const RUNGS = ["twin", "sibling", "cousin"] as const satisfies readonly Kin[];
export type Rung = (typeof RUNGS)[number];

/** Liveness of one exposure by what the model was shown of it: all channels, then fewer. */
export type LiveScores = Readonly<Partial<Record<LivenessChannels, number>>>;

/** One ordinary exposure of a live person on a later visit. */
export interface Attempt {
  readonly visit: number;
  readonly groups: Groups;
  /** Where a face was found, or null: the error of its landmarks, in eye distances. */
  readonly landmark_error: number | null;
  /** Null where the quality was refused. */
  readonly template: Template | null;
  readonly live: LiveScores | null;
  /** By the model that never saw this species; one of them, in turn. */
  readonly left_out: { readonly species: string; readonly score: number } | null;
}

/** One look at something held up: the exposures of it that were good enough to be judged. */
export interface AttackLook {
  readonly presented: number;
  readonly scores: readonly LiveScores[];
  /** By the model that never saw this species. */
  readonly left_out: readonly number[];
}

/** One exposure in circumstances beyond the ordinary. */
export interface SpecialAttempt {
  readonly what: string;
  readonly found: boolean;
  /** Null where the quality was refused. */
  readonly template: Template | null;
  /** The same, and where nothing judged it. */
  readonly liveness: number | null;
  /** Unless it is a person's own, some species held up in the same circumstances: one exposure of each,
   * as far as a face was judged in it and its quality not refused. */
  readonly attacks: readonly number[];
}

/** What was seen of one person. */
export interface PersonObservation {
  readonly person: number;
  /** From the identity photo, and from the three exposures of an enrolment; null: unusable. */
  readonly photo: Template | null;
  readonly enrolled: Template | null;
  readonly attempts: readonly Attempt[];
  readonly special: readonly SpecialAttempt[];
  /** One a later visit: the mean of its usable exposures; null: too few for a verdict. */
  readonly transactions: readonly (Template | null)[];
  /** Transactions of relatives against this person's enrolment. */
  readonly kin: Readonly<Record<Rung, readonly number[]>>;
  readonly attacks: Readonly<Partial<Record<AttackSpecies, AttackLook>>>;
  /** Whether a face was found in a lobby with nobody in it. */
  readonly ghost: boolean;
}

/** A liveness model that was trained without one species. */
export type LeftOut = (exposure: Exposure, box: Box) => Promise<number>;
type Box = readonly [x: number, y: number, w: number, h: number];

export interface ObserveOptions {
  readonly pipeline: FacePipeline;
  readonly split: Split;
  /** How many people of the split, from its first. */
  readonly people: number;
  /** Whether relatives and unusual circumstances come too, which no threshold is set by. */
  readonly kin: boolean;
  /** Of how many people, about, each species is held up; absent: of a hundred. */
  readonly attackers?: number;
  /** Liveness models by the species that each was trained without. */
  readonly left_out?: ReadonlyMap<string, LeftOut>;
}

const VISITS = 2;
const EXPOSURES = 3;
const KIN_EXPOSURES = 2;
const ATTACK_EXPOSURES = 2;
/** With twice as many people, each species is held up by every other, and so on. */
const ATTACKERS_A_SPECIES = 100;
/** The same for circumstances beyond the ordinary. */
const PEOPLE_A_SPECIAL = 100;
/** In such circumstances every seventh species is held up, the others in other people's turns. */
const SPECIES_IN = 7;
/** How the head turns in the three exposures of an enrolment, degrees. */
const ENROLMENT_YAWS = [-4, 0, 4];

/** Meets the first `people` of a split, one after the other. */
export async function observePeople(
  options: ObserveOptions,
  onProgress?: (done: number, of: number) => void | Promise<void>,
): Promise<readonly PersonObservation[]> {
  const seen: PersonObservation[] = [];
  for (let index = 0; index < options.people; index++) {
    seen.push(await observePerson(options, index));
    await onProgress?.(index + 1, options.people);
  }
  return seen;
}

/** Meets the `index`-th person of a split. */
export async function observePerson(
  options: ObserveOptions,
  index: number,
): Promise<PersonObservation> {
  const { pipeline, split } = options;
  const person = personOf(split, index);
  const photo = await templates(pipeline, enrolmentScenes(split, person, [0]));
  const enrolled = await enrol(options, person);
  const attempts: Attempt[] = [];
  const transactions: (Template | null)[] = [];
  for (let visit = 1; visit <= VISITS; visit++) {
    const met = await observeVisit(options, { person, kin: "self", visit });
    attempts.push(...met);
    const probes = met.flatMap(({ template }) => template === null ? [] : [template]);
    transactions.push(meanOf(probes, EXPOSURES));
  }
  const kin: Record<Rung, number[]> = { twin: [], sibling: [], cousin: [] };
  for (const rung of options.kin && enrolled !== null ? RUNGS : []) {
    const score = enrolled === null ? null : await relativeScore(options, person, rung, enrolled);
    if (score !== null) kin[rung].push(score);
  }
  const attacks: Partial<Record<AttackSpecies, AttackLook>> = {};
  const every = Math.max(
    1,
    Math.floor(options.people / (options.attackers ?? ATTACKERS_A_SPECIES)),
  );
  for (const [number, species] of ATTACK_SPECIES.entries()) {
    if ((index + number) % every === 0) {
      attacks[species] = await observeAttack(options, person, species);
    }
  }
  const special = options.kin ? await observeSpecial(options, index) : [];
  const ghost = await observeEmpty(options, person);
  return {
    person,
    photo: photo[0] ?? null,
    enrolled,
    attempts,
    special,
    transactions,
    kin,
    attacks,
    ghost,
  };
}

type Meeting = Pick<ObserveOptions, "pipeline" | "split">;

/**
 * Meets a relative of the `index`-th person of a split, and nobody else: a transaction against that
 * person's enrolment, or null where one of them gave no usable picture.
 */
export async function observeRelative(
  options: Meeting,
  index: number,
  rung: Rung,
): Promise<number | null> {
  const person = personOf(options.split, index);
  const enrolled = await enrol(options, person);
  return enrolled === null ? null : await relativeScore(options, person, rung, enrolled);
}

async function enrol({ pipeline, split }: Meeting, person: number): Promise<Template | null> {
  const exposures = await templates(pipeline, enrolmentScenes(split, person, ENROLMENT_YAWS));
  return meanOf(exposures, ENROLMENT_YAWS.length);
}

/** The usable exposures of a look together, by the rule of a session; null: too few. */
function meanOf(usable: readonly Template[], taken: number): Template | null {
  return isEnough(usable.length, taken) ? meanTemplate(usable) : null;
}

async function relativeScore(
  { pipeline, split }: Meeting,
  person: number,
  rung: Rung,
  enrolled: Template,
): Promise<number | null> {
  const scenes = visitScenes(split, { person, kin: rung, visit: 1 }, KIN_EXPOSURES);
  const probe = meanOf(await templates(pipeline, scenes), KIN_EXPOSURES);
  return probe === null ? null : similarity(probe, enrolled);
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
  options: ObserveOptions,
  subject: Subject,
): Promise<readonly Attempt[]> {
  const { pipeline, split, left_out } = options;
  const attempts: Attempt[] = [];
  for (const scene of visitScenes(split, subject, EXPOSURES)) {
    const shot = render(scene);
    const { box, landmarks, problem, liveness } = await pipeline.look(shot);
    const usable = problem === null && box !== null;
    const turn = [...left_out?.entries() ?? []];
    const other = turn[(subject.person * EXPOSURES + attempts.length) % turn.length];
    attempts.push({
      visit: subject.visit,
      groups: groupsOf(scene, subject),
      landmark_error: foundError(shot, box, landmarks),
      template: usable ? await pipeline.embed(shot, landmarks) : null,
      live: usable && liveness !== null ? await liveScores(pipeline, shot, box, liveness) : null,
      left_out: usable && other !== undefined
        ? { species: other[0], score: await other[1](shot, box) }
        : null,
    });
  }
  return attempts;
}

/** The same face judged with fewer channels; a model of colour alone has fewer to lose. */
async function liveScores(
  pipeline: FacePipeline,
  shot: Shot,
  box: Box,
  all: number,
): Promise<LiveScores> {
  const { channels } = pipeline.manifest.liveness.input;
  if (channels !== "rgb+nir+depth") return { rgb: all };
  return {
    rgb: await pipeline.liveness(shot, box, "rgb"),
    "rgb+nir": await pipeline.liveness(shot, box, "rgb+nir"),
    "rgb+nir+depth": all,
  };
}

/** A face is found when its box overlaps the true one by half (IoU, as COCO counts). */
function foundError(
  shot: Shot,
  box: Box | null,
  landmarks: readonly (readonly [number, number])[],
): number | null {
  if (box === null || shot.truth === null || overlap(box, shot.truth.box) < 0.5) return null;
  return landmarkError(landmarks, shot.truth.landmarks);
}

async function observeSpecial(
  { pipeline, split, people }: ObserveOptions,
  index: number,
): Promise<readonly SpecialAttempt[]> {
  const person = personOf(split, index);
  const subject = { person, kin: "self", visit: 1 } as const;
  const stream = randomStream(`evaluate/${split.name}/${person}/special`);
  const place = placeOf(split, stream);
  const every = Math.max(1, Math.floor(people / PEOPLE_A_SPECIAL));
  const met: SpecialAttempt[] = [];
  for (const [number, [what, change]] of Object.entries(SPECIAL).entries()) {
    const scene = change(sceneOf(subject, place, stream));
    if ((index + number) % every !== 0) continue;
    const shot = render(scene);
    const { box, landmarks, problem, liveness } = await pipeline.look(shot);
    const found = foundError(shot, box, landmarks) !== null;
    const template = problem === null ? await pipeline.embed(shot, landmarks) : null;
    const attacks = OF_PEOPLE.has(what) ? [] : await heldUpIn({ pipeline, split }, person, {
      what,
      change,
      species: ATTACK_SPECIES.filter((_, n) => (Math.floor(index / every) + n) % SPECIES_IN === 0),
    });
    met.push({ what, found, template, liveness: problem === null ? liveness : null, attacks });
  }
  return met;
}

interface Circumstance {
  readonly what: string;
  readonly change: (scene: Scene) => Scene;
  readonly species: readonly AttackSpecies[];
}

/** Scores of pictures and masks of somebody that a session would judge in such circumstances. */
async function heldUpIn(
  { pipeline, split }: Meeting,
  person: number,
  { what, change, species }: Circumstance,
): Promise<readonly number[]> {
  const stream = randomStream(`evaluate/${split.name}/${person}/special/${what}/attacks`);
  const place = placeOf(split, stream);
  const subject = { person, kin: "self", visit: 0 } as const;
  const scores: number[] = [];
  for (const held of species) {
    const scene = change(attackSceneOf(split, subject, held, place, stream));
    const { problem, liveness } = await pipeline.look(render(scene));
    if (problem === null && liveness !== null) scores.push(liveness);
  }
  return scores;
}

async function observeAttack(
  { pipeline, split, left_out }: ObserveOptions,
  person: number,
  species: AttackSpecies,
): Promise<AttackLook> {
  const stream = randomStream(`evaluate/${split.name}/${person}/${species}`);
  const place = placeOf(split, stream);
  const subject = { person, kin: "self", visit: 0 } as const;
  const first = attackSceneOf(split, subject, species, place, stream);
  const scores: LiveScores[] = [];
  const others: number[] = [];
  for (let i = 0; i < ATTACK_EXPOSURES; i++) {
    // The same thing in the same hand, held otherwise.
    const scene = i === 0 ? first : {
      ...attackSceneOf(split, subject, species, place, stream),
      attack: first.attack,
    };
    const shot = render(scene);
    const { box, liveness, problem } = await pipeline.look(shot);
    if (box === null || liveness === null || problem !== null) continue;
    scores.push(await liveScores(pipeline, shot, box, liveness));
    const blind = left_out?.get(species);
    if (blind !== undefined) others.push(await blind(shot, box));
  }
  return { presented: ATTACK_EXPOSURES, scores, left_out: others };
}

async function observeEmpty(
  { pipeline, split }: ObserveOptions,
  person: number,
): Promise<boolean> {
  const stream = randomStream(`evaluate/${split.name}/${person}/nobody`);
  const shot = render(sceneOf(null, placeOf(split, stream), stream));
  return (await pipeline.detect(shot)).length > 0;
}
