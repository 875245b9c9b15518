/**
 * Everybody's probes against everybody's references: genuine scores one by one, impostors counted.
 *
 * @module
 */
import { type Rate, similarity, type Template } from "../../core/face/mod.ts";
import { type Dimension, PEOPLE_DIMENSIONS, SCENE_DIMENSIONS } from "./conditions.ts";
import { ScoreHistogram } from "./histogram.ts";
import type { PersonObservation } from "./observe.ts";
import { acceptedAt, percentile, rateOf, refusedAt } from "./rates.ts";

/** Scores of probes against references: of the same person, and of all others. */
export interface Comparisons {
  readonly genuine: number[];
  readonly impostor: ScoreHistogram;
}

/** One exposure against the identity photo. */
export function compareAttempts(people: readonly PersonObservation[]): Comparisons {
  const probes = (person: PersonObservation) =>
    person.attempts.flatMap(({ template }) => template === null ? [] : [template]);
  return compare(people, ({ photo }) => photo, probes);
}

/** A visit's exposures together against the enrolment. */
export function compareTransactions(people: readonly PersonObservation[]): Comparisons {
  const probes = ({ transactions }: PersonObservation) => transactions.flatMap((one) => one ?? []);
  return compare(people, ({ enrolled }) => enrolled, probes);
}

function compare(
  people: readonly PersonObservation[],
  referenceOf: (person: PersonObservation) => Template | null,
  probesOf: (person: PersonObservation) => readonly Template[],
): Comparisons {
  const genuine: number[] = [];
  const impostor = new ScoreHistogram();
  const came = people.map((person) => ({ person, probes: probesOf(person) }));
  for (const owner of people) {
    const reference = referenceOf(owner);
    if (reference === null) continue;
    for (const { person, probes } of came) {
      for (const probe of probes) {
        const score = similarity(probe, reference);
        if (person === owner) genuine.push(score);
        else impostor.add(score);
      }
    }
  }
  return { genuine, impostor };
}

/** One point of a detection error trade-off curve. */
export interface DetPoint {
  readonly threshold: number;
  readonly fmr: Rate;
  readonly fnmr: Rate;
}

/** FNMR at a false match rate; null where there are too few impostors to tell. */
export function pointAtFmr({ genuine, impostor }: Comparisons, fmr: number): DetPoint | null {
  if (impostor.count * fmr < 1) return null;
  return pointAt({ genuine, impostor }, impostor.thresholdAt(fmr));
}

function pointAt({ genuine, impostor }: Comparisons, threshold: number): DetPoint {
  return {
    threshold,
    fmr: impostor.acceptedAt(threshold),
    fnmr: refusedAt(genuine, threshold),
  };
}

/** False match rates at which the curve is drawn, a factor of about two apart. */
const DET_FMR = [5e-1, 2e-1, 1e-1, 5e-2, 2e-2, 1e-2, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4]
  .concat([5e-5, 2e-5, 1e-5, 5e-6, 2e-6, 1e-6]);

/** The curve as far as there are impostors. */
export function detCurve(comparisons: Comparisons): readonly DetPoint[] {
  return DET_FMR.flatMap((fmr) => pointAtFmr(comparisons, fmr) ?? []);
}

/** FNMR of single exposures in every group of a dimension, and the largest ratio between two. */
export interface GroupRates {
  readonly groups: Readonly<Record<string, Rate>>;
  /** Null while a group has no error: a ratio to nothing says nothing. */
  readonly ratio: number | null;
}
/** By dimension. */
export type ByGroup = Readonly<Record<string, GroupRates>>;

export function fnmrByGroup(
  people: readonly PersonObservation[],
  threshold: number,
): ByGroup {
  const scores = new Map<Dimension, Map<string, number[]>>();
  const dimensions: readonly Dimension[] = [...PEOPLE_DIMENSIONS, ...SCENE_DIMENSIONS];
  for (const dimension of dimensions) scores.set(dimension, new Map());
  for (const { photo, attempts } of people) {
    for (const { template, groups } of photo === null ? [] : attempts) {
      if (template === null || photo === null) continue;
      const score = similarity(template, photo);
      for (const dimension of dimensions) {
        const of = scores.get(dimension) ?? new Map<string, number[]>();
        const own = of.get(groups[dimension]) ?? [];
        own.push(score);
        of.set(groups[dimension], own);
      }
    }
  }
  return Object.fromEntries([...scores].map(([dimension, of]) => {
    const groups = Object.fromEntries(
      [...of].sort(([a], [b]) => a < b ? -1 : 1).map(([group, own]) => [
        group,
        refusedAt(own, threshold),
      ]),
    );
    const rates = Object.values(groups).map(({ rate }) => rate);
    const least = Math.min(...rates);
    const ratio = rates.length > 0 && least > 0
      ? Math.round((100 * Math.max(...rates)) / least) / 100
      : null;
    return [dimension, { groups, ratio }];
  }));
}

/** Part of all attempts that the strict threshold refuses: of thousands, enough to compare groups by. */
const STRICT_FNMR = 0.01;

/** {@linkcode fnmrByGroup} at a threshold so high that a hundredth of everybody's attempts is refused. */
export function fnmrByGroupWhenStrict(
  people: readonly PersonObservation[],
  { genuine }: Comparisons,
): { readonly threshold: number; readonly by: ByGroup } | null {
  if (genuine.length * STRICT_FNMR < 1) return null;
  const threshold = percentile(genuine, STRICT_FNMR);
  return { threshold, by: fnmrByGroup(people, threshold) };
}

/** How circumstances beyond the ordinary go. */
export interface SpecialRates {
  /** Faces found, and frames refused for their quality. */
  readonly found: Rate;
  readonly refused: Rate;
  /** Of the frames that were not refused: the living taken for an attack, people not recognised. */
  readonly bpcer: Rate;
  readonly fnmr: Rate;
  /** Things held up taken for the living, of all species together; absent: none was. */
  readonly apcer?: Rate;
}

/** What was counted of one such circumstance. */
interface SpecialCounts {
  tries: number;
  found: number;
  refused: number;
  readonly live: number[];
  readonly own: number[];
  readonly attacks: number[];
}

export function specialRates(
  people: readonly PersonObservation[],
  thresholds: { readonly liveness: number; readonly embedder: number },
): Readonly<Record<string, SpecialRates>> {
  const seen = new Map<string, SpecialCounts>();
  for (const { photo, special } of people) {
    for (const { what, found, template, liveness, attacks } of special) {
      const counts = seen.get(what) ?? nothingCounted();
      counts.tries++;
      counts.found += found ? 1 : 0;
      counts.refused += template === null ? 1 : 0;
      counts.attacks.push(...attacks);
      if (liveness !== null) counts.live.push(liveness);
      if (template !== null && photo !== null) counts.own.push(similarity(template, photo));
      seen.set(what, counts);
    }
  }
  return Object.fromEntries(
    [...seen].map(([what, { tries, found, refused, live, own, attacks }]) => [what, {
      found: rateOf(found, tries),
      refused: rateOf(refused, tries),
      bpcer: refusedAt(live, thresholds.liveness),
      fnmr: refusedAt(own, thresholds.embedder),
      ...(attacks.length === 0 ? {} : { apcer: acceptedAt(attacks, thresholds.liveness) }),
    }]),
  );
}

function nothingCounted(): SpecialCounts {
  return { tries: 0, found: 0, refused: 0, live: [], own: [], attacks: [] };
}
