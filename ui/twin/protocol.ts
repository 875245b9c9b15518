/** What a page and the worker that holds the whole twin say to each other. @module */
import type { Check } from "../../sim/evidence/mod.ts";
import type { CampaignProfile, CampaignReport, Failure } from "../../sim/campaign/mod.ts";
import type { DeedNow, Plan, Problem } from "../../sim/plan/mod.ts";
import type { RunSummary } from "../../sim/store/mod.ts";
import type { TraceLine } from "../../sim/trace/mod.ts";
import type { Passing } from "../../sim/world/mod.ts";
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
  | { readonly op: "mutants"; readonly id: number }
  | { readonly op: "campaign"; readonly id: number; readonly order: CampaignOrder }
  | { readonly op: "cancel"; readonly id: number };

/** Which runs a campaign in this tab tries. */
export interface CampaignOrder {
  readonly seed: number;
  readonly profile: CampaignProfile;
  readonly runs: number;
  /** A wrong part that is let in, by its name; null: everything is the product's own. */
  readonly mutant: string | null;
}

/** A failure with its smallest plan, run and recorded. */
export interface ShrunkFailure extends Omit<Failure, "plan"> {
  /** Deeds, faults and calls that are left of how many. */
  readonly entries: readonly [left: number, of: number];
  readonly result: TwinResult;
}

/** A campaign that ended, or was stopped. */
export interface Campaigned {
  readonly report: CampaignReport;
  readonly failures: readonly ShrunkFailure[];
}

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
    readonly passing: Passing;
  }
  | { readonly op: "mutants"; readonly id: number; readonly names: readonly string[] }
  /** What a campaign came to so far. */
  | { readonly op: "tally"; readonly id: number; readonly report: CampaignReport }
  | { readonly op: "campaigned"; readonly id: number; readonly campaigned: Campaigned }
  | { readonly op: "ended"; readonly id: number; readonly result: TwinResult }
  | { readonly op: "checked"; readonly id: number; readonly check: Check }
  | { readonly op: "verified"; readonly id: number }
  /** `id` 0: the twin itself could not be opened. */
  | { readonly op: "failed"; readonly id: number; readonly message: string };
