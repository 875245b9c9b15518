/** `campaign --mutant all`: each wrong part, and the run in which it was caught. */
import { entriesOf, type Failure, type GalleryPages, MUTANTS } from "../campaign/mod.ts";
import { nameOf, shrink } from "./campaign_failure.ts";
import type { Pool } from "./campaign_pool.ts";
import { CampaignProgress } from "./campaign_progress.ts";
import type { Task } from "./campaign_worker.ts";
import { writeWhole } from "./files.ts";
import { print } from "./terminal.ts";

export interface MutantsOptions {
  readonly runs: number;
  readonly seed: number;
  readonly format: "text" | "json";
  readonly out?: string;
}

interface Row {
  readonly name: string;
  readonly does: string;
  /** The run at which it was caught, from 1; null: it was not. */
  readonly caught_at: number | null;
  readonly oracle: string | null;
  readonly finding: string | null;
  /** Entries of the plan it was shrunk to. */
  readonly entries: number | null;
}

export async function printMutants(
  pool: Pool,
  options: MutantsOptions,
  keep: (learnt: readonly GalleryPages[]) => Promise<void>,
): Promise<number> {
  const caught = new Map<string, { failure: Failure | null; after: number }>();
  const progress = new CampaignProgress("mutants", MUTANTS.length);
  const tasks = MUTANTS.map(({ name }): Task => ({
    do: "catch",
    mutant: name,
    runs: options.runs,
  }));
  await pool.each(tasks, (answer, task) => {
    if (answer === null || !("after" in answer) || task.do !== "catch") return;
    caught.set(task.mutant, { failure: answer.caught, after: answer.after });
    progress.step(1);
  });
  progress.clear();
  const rows: Row[] = [];
  for (const { name, does } of MUTANTS) {
    const { failure = null, after = 0 } = caught.get(name) ?? {};
    if (failure === null) {
      rows.push({ name, does, caught_at: null, oracle: null, finding: null, entries: null });
      continue;
    }
    const { plan, finding } = await shrink(pool, failure, name);
    const { oracle, sentence } = failure;
    rows.push({ name, does, caught_at: after, oracle, finding, entries: entriesOf(plan) });
    if (options.out !== undefined) {
      const shows = `${does}; it breaks: ${sentence}`;
      const regression = { schema: 1, shows, oracle, found: finding, mutant: name, plan };
      const path = `${options.out}/mutant-${name}-${nameOf(failure, plan)}.json`;
      await writeWhole(path, JSON.stringify(regression, null, 2) + "\n");
    }
  }
  const learnt = (await pool.all({ do: "tally" }))
    .flatMap((answer) => answer !== null && "tally" in answer ? [answer.learnt] : []);
  await keep(learnt);
  print(options.format === "json" ? asJson(rows, options) : asText(rows));
  return rows.every(({ caught_at }) => caught_at !== null) ? 0 : 1;
}

function median(rows: readonly Row[]): number | null {
  const caught = rows.flatMap(({ caught_at }) => caught_at ?? []).toSorted((a, b) => a - b);
  return caught[Math.floor(caught.length / 2)] ?? null;
}

function asJson(rows: readonly Row[], { seed, runs }: MutantsOptions): string {
  return JSON.stringify({ schema: 1, seed, runs, median: median(rows), mutants: rows }, null, 2);
}

function asText(rows: readonly Row[]): string {
  const lines = rows.map(({ name, caught_at, oracle, entries, does }) =>
    caught_at === null
      ? `✗ ${name.padEnd(24)} not caught: ${does}`
      : `✓ ${name.padEnd(24)} run ${String(caught_at).padStart(5)}  ${String(oracle).padEnd(22)} ` +
        `${String(entries).padStart(2)} entries  ${does}`
  );
  const caught = rows.filter(({ caught_at }) => caught_at !== null).length;
  return [...lines, `${caught} of ${rows.length} caught, median run ${median(rows)}`].join("\n");
}
