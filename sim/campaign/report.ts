/**
 * What a campaign says: one document for programs, one screen for people.
 */
import type { Line } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { visitsOf } from "../world/mod.ts";
import { RECORDED_SHARE, RENDERED_SHARE } from "./attempt.ts";
import { coverageTable } from "./coverage.ts";
import { neverReached, SOMETIMES } from "./sometimes.ts";
import { added, type Failure, NO_RUNS, reportHash, type Search, type Tally } from "./tally.ts";

export interface CampaignReport extends Search {
  readonly schema: 1;
  /** Which part of how many; [1, 1] is the whole. */
  readonly shard: readonly [part: number, of: number];
  readonly runs: number;
  readonly sessions: number;
  readonly recorded: number;
  readonly rendered: number;
  /** Over all, the compiling at the start included. */
  readonly runs_per_second: number;
  /** Of the second half of the runs, where it was told apart: by then everything is compiled. */
  readonly runs_per_second_warm: number | null;
  readonly failures: readonly Failure[];
  /** How many runs broke each sentence. */
  readonly broken: Readonly<Record<string, number>>;
  readonly sometimes: Readonly<Record<string, number>>;
  /** Rare states that a campaign of this size has to reach and did not. */
  readonly never_reached: readonly string[];
  readonly coverage: Readonly<Record<string, number>>;
  readonly fingerprint: number;
  /** SHA-256 over everything but timing. */
  readonly report_hash: string;
}

export interface About {
  readonly search: Search;
  readonly shard: readonly [number, number];
  readonly seconds: number;
  /** Runs a second of the second half; absent where nobody told it apart. */
  readonly warm?: number | null;
}

export function reportOf(tally: Tally, about: About): CampaignReport {
  const { search, shard, seconds, warm = null } = about;
  // Rare states are declared for swarms; a part of one is judged when the parts come together.
  const judged = search.profile === "swarm" && shard[1] === 1 && search.mutant === null;
  return {
    schema: 1,
    ...search,
    shard,
    ...tally,
    runs_per_second: seconds > 0 ? Math.round(tally.runs / seconds) : 0,
    runs_per_second_warm: warm === null ? null : Math.round(warm),
    never_reached: judged ? neverReached(tally.sometimes, tally.runs) : [],
    report_hash: reportHash(search, tally),
  };
}

const SEARCHED = ["seed", "profile", "mutant", "machine", "people", "from", "asked"] as const;

/** The report of the whole from the reports of its parts; a string says why they are not parts of one. */
export function mergedReports(parts: readonly CampaignReport[]): CampaignReport | string {
  const [first] = parts;
  if (first === undefined) return "there is nothing to merge";
  const [, of] = first.shard;
  const differing = SEARCHED.find((name) => parts.some((part) => part[name] !== first[name])) ??
    (parts.every(({ shard }) => shard[1] === of) ? null : "shard");
  if (differing !== null) return `they are not parts of one campaign: ${differing} differs`;
  const numbers = new Set(parts.map(({ shard }) => shard[0]));
  if (numbers.size !== of || parts.length !== of) {
    return `a campaign in ${of} shards has ${of} reports, each once`;
  }
  const short = parts.find((part) => part.runs !== shareOf(part));
  if (short !== undefined) {
    const { shard, runs } = short;
    return `shard ${shard.join("/")} made ${runs} of its ${shareOf(short)} runs; run it once more`;
  }
  const tally = parts.reduce<Tally>((sum, part) => added(sum, tallyOf(part)), NO_RUNS);
  const rate = parts.reduce((sum, { runs_per_second }) => sum + runs_per_second, 0);
  const seconds = rate > 0 ? tally.runs / rate : 0;
  const warm = parts.reduce<number | null>(
    (sum, { runs_per_second_warm: own }) => sum === null || own === null ? null : sum + own,
    0,
  );
  return reportOf(tally, { search: searchOf(first), shard: [1, 1], seconds, warm });
}

/** How many of the numbers that were asked for are this shard's: every n-th of all. */
function shareOf({ from, asked, shard: [part, of] }: CampaignReport): number {
  const below = (n: number) => Math.floor((n + of - part) / of);
  return below(from + asked) - below(from);
}

/** What `report_hash` has to be. */
export function hashOf(report: CampaignReport): string {
  return reportHash(searchOf(report), tallyOf(report));
}

function searchOf(report: CampaignReport): Search {
  const { seed, profile, mutant, machine, people, from, asked } = report;
  return { seed, profile, mutant, machine, people, from, asked };
}

function tallyOf(report: CampaignReport): Tally {
  const { runs, sessions, recorded, rendered, fingerprint } = report;
  const { failures, broken, sometimes, coverage } = report;
  return {
    runs,
    sessions,
    recorded,
    rendered,
    fingerprint,
    failures,
    broken,
    sometimes,
    coverage,
  };
}

export function reportText(report: CampaignReport, table: boolean): string {
  const { runs, sessions, recorded, rendered, sometimes } = report;
  const { runs_per_second, runs_per_second_warm } = report;
  const reached = SOMETIMES.map(({ name }) =>
    `    ${String(sometimes[name] ?? 0).padStart(7)}  ${name}`
  );
  const broken = Object.entries(report.broken).map(([oracle, times]) =>
    `    ✗ ${oracle}: broken in ${times} runs, first in number ${
      report.failures.find((failure) => failure.oracle === oracle)?.index
    }`
  );
  return [
    `${report.profile}, seed ${report.seed}: ${runs} runs, ${sessions} sessions, ` +
    `${runs_per_second} runs a second` +
    (runs_per_second_warm === null ? "" : `, ${runs_per_second_warm} in the second half`),
    `    ${recorded} runs recorded in full as well (1 of ${RECORDED_SHARE}), ${rendered} of them ` +
    `rendered afresh (1 of ${RENDERED_SHARE})`,
    ...(table ? [coverageTable(report.coverage).replace(/^/gm, "    ")] : []),
    ...(report.profile === "swarm" ? ["    sometimes:", ...reached] : []),
    ...report.never_reached.map((name) => `    ✗ never reached: ${name}`),
    ...broken,
    `    report hash ${report.report_hash}`,
  ].join("\n");
}

/** What went wrong in one run, on one screen. */
export function failureText(
  failure: Failure,
  shrunk: Plan,
  last: readonly Line[],
  again: string,
): string {
  return [
    `✗ ${failure.sentence}`,
    `    ${failure.oracle}: ${failure.finding}`,
    `    the smallest plan that does it:`,
    ...planText(shrunk).map((line) => `      ${line}`),
    `    its last events:`,
    ...last.map((line) => `      ${lineText(line)}`),
    `    again: ${again}`,
  ].join("\n");
}

function planText({ scenario, profile }: Plan): string[] {
  const { policies } = profile;
  return [
    `people ${inline(scenario.people)}`,
    ...visitsOf(scenario).flatMap(({ after_s, at_the_machine, customer }, i) => [
      `${i === 0 ? "comes" : `${after_s} s later`}: ${inline(at_the_machine)}`,
      ...customer.map((action) => `  - ${inline(action)}`),
    ]),
    ...scenario.faults.map((fault) => `breaks: ${inline(fault)}`),
    ...(scenario.at_the_bank ?? []).map((call) => `at the bank: ${inline(call)}`),
    ...(scenario.operator ?? []).map((act) => `operator: ${inline(act)}`),
    ...(scenario.heals_at_s === undefined ? [] : [`heals at ${scenario.heals_at_s} s`]),
    `policies ${inline(policies)}`,
  ];
}

function inline(value: unknown): string {
  if (typeof value !== "object") return String(value);
  return JSON.stringify(value).replaceAll('"', "").replaceAll(",", ", ").replaceAll(":", ": ");
}

function lineText(line: Line): string {
  const { n, t, type, ...rest } = line;
  const said = JSON.stringify(rest).replaceAll('"', "");
  return `${String(n).padStart(4)} ${(t / 1e6).toFixed(3).padStart(8)} s ${type} ${
    said.slice(0, 90)
  }`;
}
