/** `campaign --mutant all`: each wrong part, and the run in which it was caught. */
import { entriesOf, type Failure, MUTANTS } from "../campaign/mod.ts";
import { nameOf } from "./campaign_failure.ts";
import type { Plan } from "../plan/mod.ts";
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
): Promise<number> {
  const caught = await catchAll(pool, options);
  const rows: Row[] = [];
  for (const { name, does } of MUTANTS) {
    const found = caught.get(name);
    if (found === undefined) {
      rows.push({ name, does, caught_at: null, oracle: null, finding: null, entries: null });
      continue;
    }
    const { failure, after, plan, finding } = found;
    const { oracle, sentence } = failure;
    rows.push({ name, does, caught_at: after, oracle, finding, entries: entriesOf(plan) });
    if (options.out !== undefined) {
      const shows = `${does}; it breaks: ${sentence}`;
      const regression = { schema: 1, shows, oracle, found: finding, mutant: name, plan };
      const path = `${options.out}/mutant-${name}-${nameOf(failure, plan)}.json`;
      await writeWhole(path, JSON.stringify(regression, null, 2) + "\n");
    }
  }
  print(options.format === "json" ? asJson(rows, options) : asText(rows));
  return rows.every(isGood) ? 0 : 1;
}

interface Caught {
  readonly failure: Failure;
  readonly after: number;
  readonly plan: Plan;
  readonly finding: string;
}

/** Every mutant that is caught, and the small plan that catches it; all workers take part. */
async function catchAll(pool: Pool, { runs }: MutantsOptions): Promise<Map<string, Caught>> {
  const progress = new CampaignProgress("mutants", 2 * MUTANTS.length);
  const caught = new Map<string, Caught>();
  const tasks = MUTANTS.map(({ name }): Task => ({ do: "catch", mutant: name, runs }));
  await pool.each(tasks, (answer, task) => {
    progress.step(1);
    if (answer === null || !("after" in answer) || task.do !== "catch") return;
    const { caught: failure, after } = answer;
    if (failure === null) return;
    const { plan, finding } = failure;
    caught.set(task.mutant, { failure, after, plan, finding });
  });
  const shrinking = [...caught].map(([mutant, { failure }]): Task => ({
    do: "shrink",
    mutant,
    failure,
  }));
  await pool.each(shrinking, (answer, task) => {
    progress.step(1);
    if (answer === null || !("plan" in answer) || task.do !== "shrink") return;
    const known = caught.get(task.mutant ?? "");
    if (known === undefined || task.mutant === null) return;
    caught.set(task.mutant, { ...known, plan: answer.plan, finding: answer.finding });
  });
  progress.clear();
  return caught;
}

/** A plan of more entries shows nobody what it is that goes wrong. */
const ENTRIES_MAX = 12;

function isGood({ caught_at, entries }: Row): boolean {
  return caught_at !== null && entries !== null && entries <= ENTRIES_MAX;
}

function median(rows: readonly Row[]): number | null {
  const caught = rows.flatMap(({ caught_at }) => caught_at ?? []).toSorted((a, b) => a - b);
  return caught[Math.floor(caught.length / 2)] ?? null;
}

function asJson(rows: readonly Row[], { seed, runs }: MutantsOptions): string {
  return JSON.stringify({ schema: 1, seed, runs, median: median(rows), mutants: rows }, null, 2);
}

function asText(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { name, caught_at, oracle, entries, does } = row;
    return caught_at === null
      ? `✗ ${name.padEnd(24)} not caught: ${does}`
      : `${isGood(row) ? "✓" : "✗"} ${name.padEnd(24)} run ${String(caught_at).padStart(5)}  ${
        String(oracle).padEnd(22)
      } ` +
        `${String(entries).padStart(2)} entries  ${does}`;
  });
  const caught = rows.filter(({ caught_at }) => caught_at !== null).length;
  return [...lines, `${caught} of ${rows.length} caught, median run ${median(rows)}`].join("\n");
}
