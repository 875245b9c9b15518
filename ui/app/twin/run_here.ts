/** A run from its plan to the shelf of this tab, for somebody who may cancel it. @module */
import type { Plan } from "../../../sim/plan/mod.ts";
import type { Run } from "../api.ts";
import { unlessAborted } from "../cancelling.ts";
import { shelve } from "./local_runs.ts";
import { openTwin } from "./open_twin.ts";
import type { OnProgress, Twin } from "./twin.ts";

/** Rejects as soon as the signal is aborted, while the twin opens too; nothing is shelved then. */
export async function runHere(
  planned: (twin: Twin) => Promise<Plan>,
  progress: OnProgress,
  signal: AbortSignal,
): Promise<Run> {
  const twin = await unlessAborted(signal, openTwin());
  const plan = await unlessAborted(signal, planned(twin));
  const { done, cancel } = twin.run(plan, progress);
  signal.addEventListener("abort", cancel, { once: true });
  return shelve(await done);
}
