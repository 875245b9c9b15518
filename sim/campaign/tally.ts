/**
 * What many runs came to. Tallies of parts add up to the tally of the whole, whoever counted which part
 * and in what order: that is what makes one campaign of many workers and shards.
 */
import { canonicalJson } from "../../core/json.ts";
import { sha256Hex } from "../trace/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { Counts } from "./coverage.ts";
import type { CampaignProfile } from "./generate/mod.ts";

/** What is searched. Reports that agree on all of it are parts of one campaign. */
export interface Search {
  readonly seed: number;
  readonly profile: CampaignProfile;
  /** The mutant that was let in; null: none. */
  readonly mutant: string | null;
  /** The machine that plans are drawn from, by its profile. */
  readonly machine: string;
  /** How many people of the town there are faces of. */
  readonly people: number;
  /** Number of the first run, and how many were asked for, all shards together. */
  readonly from: number;
  readonly asked: number;
}

export interface Failure {
  readonly oracle: string;
  readonly sentence: string;
  readonly finding: string;
  readonly index: number;
  readonly plan: Plan;
}

export interface Tally {
  readonly runs: number;
  readonly sessions: number;
  /** Runs recorded in full as well, and runs rendered afresh. */
  readonly recorded: number;
  readonly rendered: number;
  /** Sum over the runs, modulo 2³². */
  readonly fingerprint: number;
  /** Of each oracle the failures with the lowest numbers. */
  readonly failures: readonly Failure[];
  /** How many runs broke each oracle. */
  readonly broken: Counts;
  readonly sometimes: Counts;
  readonly coverage: Counts;
}

export const NO_RUNS: Tally = {
  runs: 0,
  sessions: 0,
  recorded: 0,
  rendered: 0,
  fingerprint: 0,
  failures: [],
  broken: {},
  sometimes: {},
  coverage: {},
};

/** Failures kept of one oracle. */
const KEPT_MAX = 3;

function sumOf(a: Counts, b: Counts): Counts {
  const sum = { ...a };
  for (const [name, times] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + times;
  return sum;
}

function kept(failures: readonly Failure[]): readonly Failure[] {
  const of = new Map<string, number>();
  return failures.toSorted((a, b) => a.index - b.index || (a.oracle < b.oracle ? -1 : 1))
    .filter(({ oracle }) => {
      const before = of.get(oracle) ?? 0;
      of.set(oracle, before + 1);
      return before < KEPT_MAX;
    });
}

export function added(a: Tally, b: Tally): Tally {
  return {
    runs: a.runs + b.runs,
    sessions: a.sessions + b.sessions,
    recorded: a.recorded + b.recorded,
    rendered: a.rendered + b.rendered,
    fingerprint: (a.fingerprint + b.fingerprint) % 0x1_0000_0000,
    failures: kept([...a.failures, ...b.failures]),
    broken: sumOf(a.broken, b.broken),
    sometimes: sumOf(a.sometimes, b.sometimes),
    coverage: sumOf(a.coverage, b.coverage),
  };
}

/** SHA-256 over everything that the same seed gives again: all but how long it took. */
export function reportHash(search: Search, tally: Tally): string {
  return sha256Hex(canonicalJson({ ...search, ...tally }));
}
