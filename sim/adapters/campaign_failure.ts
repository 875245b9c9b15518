/** A failure as a person meets it: shrunk, on one screen, with the command that repeats it. */
import { type CampaignProfile, entriesOf, type Failure, failureText } from "../campaign/mod.ts";
import type { Line } from "../oracles/mod.ts";
import { canonicalJson } from "../../core/json.ts";
import type { Plan } from "../plan/mod.ts";
import { sha256Hex } from "../trace/mod.ts";
import type { Pool } from "./campaign_pool.ts";
import { writeWhole } from "./files.ts";
import { print, printLine, shellWord } from "./terminal.ts";

export interface FailureOptions {
  readonly seed: number;
  readonly profile: CampaignProfile;
  readonly mutant?: string;
  readonly machine: string;
  readonly people: number;
  readonly format: "text" | "json";
  readonly out?: string;
}

/** A plan that once broke a sentence, as it stands in `scenarios/regressions/`. */
export interface Regression {
  readonly schema: 1;
  /** What it shows, in one sentence. */
  readonly shows: string;
  readonly oracle: string;
  /** What was found when it was broken. */
  readonly found: string;
  readonly plan: Plan;
}

/** Shrinks the plan and its last events. */
export async function shrink(
  pool: Pool,
  failure: Failure,
  mutant: string | null,
): Promise<{ readonly plan: Plan; readonly last: readonly Line[]; readonly finding: string }> {
  let shrunk: { plan: Plan; last: readonly Line[]; finding: string } | null = null;
  await pool.each([{ do: "shrink", mutant, failure }], (answer) => {
    if (answer !== null && "plan" in answer) shrunk = answer;
  });
  return shrunk ?? { plan: failure.plan, last: [], finding: failure.finding };
}

export async function printFailure(
  pool: Pool,
  failure: Failure,
  options: FailureOptions,
): Promise<void> {
  const { plan, last, finding } = await shrink(pool, failure, options.mutant ?? null);
  const { oracle, sentence } = failure;
  if (options.format === "text") {
    print("\n" + failureText({ ...failure, finding }, plan, last, againOf(failure, options)));
    print(`    ${entriesOf(plan)} entries`);
  }
  if (options.out === undefined) return;
  const shows = `Broke: ${sentence}`;
  const regression: Regression = { schema: 1, shows, oracle, found: finding, plan };
  const path = `${options.out}/${nameOf(failure, plan)}.json`;
  await writeWhole(path, JSON.stringify(regression, null, 2) + "\n");
  // What breaks with a wrong part need not without it.
  const once_more = options.mutant === undefined
    ? `; once more: deno run -A main.ts run ${shellWord(path)}`
    : "";
  if (options.format === "text") printLine(`    written to ${path}${once_more}`);
}

/** The command that repeats a run. */
export function againOf(
  { index }: Pick<Failure, "index">,
  { seed, profile, mutant, machine, people }: Omit<FailureOptions, "format">,
): string {
  const wrong = mutant === undefined ? "" : ` --mutant ${mutant}`;
  return `deno run -A main.ts campaign --seed ${seed} --profile ${profile} --machine ${machine}` +
    ` --people ${people} --from ${index} --runs 1${wrong}`;
}

/** Names a plan by its content. */
export function nameOf(failure: Failure, plan: unknown): string {
  return `${failure.oracle.replaceAll("_", "-")}-${sha256Hex(canonicalJson(plan)).slice(0, 8)}`;
}
