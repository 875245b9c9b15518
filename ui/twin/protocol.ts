/** What a page and the worker that holds the whole twin say to each other. @module */
import type { Check } from "../../sim/evidence/mod.ts";
import type { DeedNow, Plan, Problem } from "../../sim/plan/mod.ts";
import type { RunSummary } from "../../sim/store/mod.ts";
import type { TraceLine } from "../../sim/trace/mod.ts";
import type { TwinFiles } from "./mod.ts";

/** Everything the worker needs to begin; the buffers are handed over, not copied. */
export interface WorkerFiles extends Pick<TwinFiles, "wasm"> {
  /** `models/manifest.json`, parsed. */
  readonly manifest: unknown;
  /** By the names that the manifest gives them. */
  readonly models: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  /** Machine profiles by name. */
  readonly profiles: Readonly<Record<string, unknown>>;
}

/** `id` tells one piece of work from another; answers carry it. */
export type TwinRequest =
  | { readonly op: "open"; readonly files: WorkerFiles }
  /** What a scenario file's text means under this seed; bad input is answered with its problem. */
  | { readonly op: "plan"; readonly id: number; readonly text: string; readonly seed: number }
  | { readonly op: "run"; readonly id: number; readonly plan: Plan }
  /** Runs to `from_us` as fast as it goes, then at the pace that was last told. */
  | { readonly op: "live"; readonly id: number; readonly plan: Plan; readonly from_us: number }
  | { readonly op: "deed"; readonly id: number; readonly deed: DeedNow }
  /** Virtual seconds a second; 0 stands still. */
  | { readonly op: "pace"; readonly id: number; readonly pace: number }
  | { readonly op: "end"; readonly id: number }
  /** Is this trace what happened? Answered question by question. */
  | { readonly op: "verify"; readonly id: number; readonly trace: string }
  | { readonly op: "cancel"; readonly id: number };

/** A run that ended in the worker. */
export interface TwinResult {
  readonly plan: Plan;
  readonly summary: RunSummary;
  readonly trace: string;
}

export type TwinAnswer =
  | { readonly op: "planned"; readonly id: number; readonly plan: Plan }
  | { readonly op: "refused"; readonly id: number; readonly problem: Problem }
  /** How far it has come; of a live run with the lines since the last answer. */
  | {
    readonly op: "progress";
    readonly id: number;
    readonly t: number;
    readonly lines: readonly TraceLine[];
  }
  | { readonly op: "ended"; readonly id: number; readonly result: TwinResult }
  | { readonly op: "checked"; readonly id: number; readonly check: Check }
  | { readonly op: "verified"; readonly id: number }
  /** `id` 0: the twin itself could not be opened. */
  | { readonly op: "failed"; readonly id: number; readonly message: string };
