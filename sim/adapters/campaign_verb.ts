/** `campaign`: thousands of plans, every core, one report. */
import {
  added,
  type CampaignProfile,
  type CampaignReport,
  EMPTY_PAGES,
  type Failure,
  type GalleryPages,
  mergedPages,
  mergedReports,
  mutantCalled,
  MUTANTS,
  NO_RUNS,
  reportOf,
  reportText,
  type Search,
  type Tally,
  TOWN,
} from "../campaign/mod.ts";
import { InputError } from "../plan/mod.ts";
import { type GalleryFile, openGalleryFile } from "./campaign_gallery.ts";
import { Pool } from "./campaign_pool.ts";
import { CampaignProgress, Pace } from "./campaign_progress.ts";
import { printFailure } from "./campaign_failure.ts";
import { printMutants } from "./campaign_mutants.ts";
import type { Task, WorkerSetup } from "./campaign_worker.ts";
import { nameOfReport, readReport } from "./campaign_report.ts";
import { readProfile, writableFolder, writeWhole } from "./files.ts";
import { complain, type Interruption, interruption, print, showLine } from "./terminal.ts";

export interface CampaignVerbOptions {
  readonly runs: number;
  readonly seed: number;
  readonly profile: CampaignProfile;
  readonly workers: number;
  readonly from: number;
  readonly mutant?: string;
  /** `i/n`. */
  readonly shard?: string;
  readonly format: "text" | "json";
  readonly out?: string;
  readonly machine: string;
  /** How many people of the town there are faces of. */
  readonly people: number;
}

/** Runs handed to a worker at once: long enough to be worth a message, short enough to hear Ctrl-C. */
const PIECE = 32;

export async function campaignVerb(options: CampaignVerbOptions): Promise<number> {
  if (options.mutant === "list") return listMutants(options.format);
  const shard = shardOf(options.shard);
  const known = options.mutant === undefined || options.mutant === "all" ||
    mutantCalled(options.mutant) !== null;
  if (!known) {
    const message = `there is no mutant ${options.mutant}; --mutant list names them`;
    throw new InputError({ file: "campaign", field: "--mutant", message });
  }
  if (options.mutant === "all" && options.shard !== undefined) {
    const message = "is of the runs of one search; --mutant all is not divided, leave it out";
    throw new InputError({ file: "campaign", field: "--shard", message });
  }
  const machine = await readProfile(options.machine, "campaign");
  if (options.out !== undefined) await writableFolder(options.out);
  const { seed, profile } = options;
  const town = TOWN.slice(0, options.people);
  const single = options.mutant === "all" ? null : options.mutant ?? null;
  const setup: WorkerSetup = { seed, profile, machine, town, mutant: single };
  const gallery = await openGalleryFile();
  const interrupted = interruption();
  try {
    return await campaign(setup, options, shard, gallery, interrupted);
  } finally {
    interrupted.stop();
  }
}

async function campaign(
  setup: WorkerSetup,
  options: CampaignVerbOptions,
  shard: readonly [number, number],
  gallery: GalleryFile,
  interrupted: Interruption,
): Promise<number> {
  const hung = await hang(setup, gallery.pages.people ?? [], options.workers, interrupted);
  await gallery.keep(hung);
  if (interrupted.asked) {
    complain("interrupted: what was hung so far is kept, the next campaign goes on from there");
    return 130;
  }
  const pool = new Pool(options.workers);
  try {
    await pool.all({ do: "open", setup });
    await pool.all({ do: "learn", pages: mergedPages([gallery.pages, ...hung]) });
    if (options.mutant !== "all") return await search(pool, options, shard, interrupted);
    const code = await Promise.race([printMutants(pool, options), interrupted.heard]);
    if (code !== undefined) return code;
    showLine("");
    complain("interrupted: of fewer than all mutants nothing is said");
    return 130;
  } finally {
    pool.close();
    await gallery.keep(pool.learnt);
  }
}

/**
 * Pictures of everybody in town who is not among `known`, made by threads of their own: what rendering
 * needed ends with them. Ctrl-C leaves whoever is not done to the next campaign.
 */
async function hang(
  setup: WorkerSetup,
  known: readonly number[],
  workers: number,
  interrupted: Interruption,
): Promise<readonly GalleryPages[]> {
  const missing = setup.town.filter((person) => !known.includes(person));
  if (missing.length === 0) return [];
  const pool = new Pool(Math.min(workers, missing.length));
  const progress = new CampaignProgress("hanging pictures", missing.length);
  const people: number[] = [];
  async function all(): Promise<void> {
    await pool.all({ do: "open", setup });
    const tasks = missing.map((person): Task => ({ do: "hang", person }));
    await pool.each(tasks, (_, task) => {
      if (task.do === "hang") people.push(task.person);
      progress.step(1);
    });
  }
  try {
    await Promise.race([all(), interrupted.heard]);
    return [...pool.learnt, { ...EMPTY_PAGES, people }];
  } finally {
    progress.clear();
    pool.close();
  }
}

async function search(
  pool: Pool,
  options: CampaignVerbOptions,
  shard: readonly [number, number],
  interrupted: Interruption,
): Promise<number> {
  const indexes = numbersOf(options, shard);
  const progress = new CampaignProgress(options.profile, indexes.length);
  const pace = new Pace(indexes.length);
  await pool.each(
    piecesOf(indexes),
    (answer, task) => {
      if (answer === null || !("covered" in answer)) return;
      const done = "indexes" in task ? task.indexes.length : 0;
      pace.step(done);
      progress.step(done, answer);
    },
    () => interrupted.asked,
  );
  const { seconds, warm } = pace.measured();
  progress.clear();
  interrupted.stop();
  let tally: Tally = NO_RUNS;
  for (const answer of await pool.all({ do: "tally" })) {
    if (answer !== null && "tally" in answer) tally = added(tally, answer.tally);
  }
  const report = reportOf(tally, { search: searchOf(options), shard, seconds, warm });
  await tell(report, options);
  const left = indexes.length - report.runs;
  if (left > 0) complain(`interrupted: ${left} of ${indexes.length} were not run`);
  const first = firstOfEach(report.failures);
  for (const failure of first) await printFailure(pool, failure, options);
  if (left > 0) return 130;
  return report.failures.length === 0 && report.never_reached.length === 0 ? 0 : 1;
}

function searchOf(options: CampaignVerbOptions): Search {
  const { seed, profile, mutant = null, machine, people, from, runs: asked } = options;
  return { seed, profile, mutant, machine, people, from, asked };
}

/** Of each broken sentence the failure with the lowest number. */
function firstOfEach(failures: readonly Failure[]): readonly Failure[] {
  return failures.filter(({ oracle }, i) =>
    failures.findIndex((other) => other.oracle === oracle) === i
  );
}

/** The numbers of the runs of this shard: every n-th of all. */
function numbersOf({ from, runs }: CampaignVerbOptions, [part, of]: readonly [number, number]) {
  return Array.from({ length: runs }, (_, i) => from + i).filter((i) => i % of === part - 1);
}

function* piecesOf(indexes: readonly number[]): Generator<Task> {
  for (let at = 0; at < indexes.length; at += PIECE) {
    yield { do: "run", indexes: indexes.slice(at, at + PIECE) };
  }
}

async function tell(report: CampaignReport, options: CampaignVerbOptions): Promise<void> {
  print(options.format === "json" ? JSON.stringify(report) : reportText(report, true));
  if (options.out === undefined) return;
  const name = nameOfReport(report);
  await writeWhole(`${options.out}/${name}.json`, JSON.stringify(report, null, 2) + "\n");
  await writeWhole(`${options.out}/${name}.txt`, reportText(report, true) + "\n");
}

function listMutants(format: "text" | "json"): number {
  const mutants = MUTANTS.map(({ name, does }) => ({ name, does }));
  if (format === "json") print(JSON.stringify({ schema: 1, mutants }, null, 2));
  else print(mutants.map(({ name, does }) => `${name.padEnd(26)}${does}`).join("\n"));
  return 0;
}

function shardOf(text: string | undefined): readonly [number, number] {
  if (text === undefined) return [1, 1];
  const [part = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text)?.slice(1) ?? []).map(Number);
  if (part < 1 || part > of) {
    const message = "must be i/n with i from 1 to n";
    throw new InputError({ file: "campaign", field: "--shard", message });
  }
  return [part, of];
}

/** `campaign merge`: the report of the whole from the reports of its shards. */
export async function mergeVerb(
  files: readonly string[],
  options: { readonly format: "text" | "json" },
): Promise<number> {
  const reports: CampaignReport[] = [];
  for (const file of files) reports.push(await readReport(file));
  const merged = mergedReports(reports);
  if (typeof merged === "string") {
    throw new InputError({ file: files.join(", "), field: "", message: merged });
  }
  print(options.format === "json" ? JSON.stringify(merged) : reportText(merged, true));
  return merged.failures.length === 0 && merged.never_reached.length === 0 ? 0 : 1;
}
