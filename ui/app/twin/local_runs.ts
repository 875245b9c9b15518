/**
 * Runs made in this tab, shown before any server keeps them.
 *
 * Keeping one asks the server to run its plan itself: so what the tab and the server came to is compared
 * by root, and a visit by hand is proven to replay exactly.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { TwinResult } from "../../twin/protocol.ts";
import { ApiError, type Run, startRun } from "../api.ts";

/** How the server's own run of the same plan compares. */
export type Kept = "keeping" | "kept" | "differs" | "not_kept";

interface Made {
  readonly run: Run;
  readonly trace: string;
  readonly kept: Promise<Kept>;
}

const made = new Map<string, Made>();

/**
 * Puts a result on the shelf of this tab, under the id a server gives it, and has it kept: but not what
 * a wrong part made, which no server has.
 */
export function shelve(result: TwinResult, keeping: "keep" | "only_here" = "keep"): Run {
  const { summary, trace } = result;
  const run = { ...summary, id: summary.root.slice(0, 16), created_ms: Date.now() };
  if (!made.has(run.id)) made.set(run.id, { run, trace, kept: keptBy(result, keeping) });
  return run;
}

export function localRun(id: string): Pick<Made, "run" | "trace"> | null {
  return made.get(id) ?? null;
}

/** What became of keeping a run of this tab; null for a run that is not of this tab. */
export function useKept(id: string): Kept | null {
  const [kept, setKept] = useState<Kept>("keeping");
  useEffect(() => {
    let current = true;
    made.get(id)?.kept.then((kept) => current && setKept(kept));
    return () => {
      current = false;
    };
  }, [id]);
  return made.has(id) ? kept : null;
}

function keptBy(result: TwinResult, keeping: "keep" | "only_here"): Promise<Kept> {
  return keeping === "keep" ? keep(result) : Promise.resolve("not_kept");
}

/** Has the server run the same plan and keep it. */
async function keep(result: TwinResult): Promise<Kept> {
  const { scenario, seed } = result.plan;
  try {
    const kept = await startRun({ yaml: JSON.stringify(scenario) }, seed);
    return kept.root === result.summary.root ? "kept" : "differs";
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return "not_kept";
  }
}
