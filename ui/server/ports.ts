/**
 * What the dashboard's server asks of the rest of the program.
 *
 * @module
 */
import type { Language } from "../../core/session/mod.ts";
import type { Check } from "../../sim/evidence/mod.ts";
import type { RunSummary } from "../../sim/store/mod.ts";

/** A scenario on the shelf: what a newcomer reads, and the file itself. */
export interface ScenarioInfo {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** What a trainer says. */
  readonly story: Readonly<Record<Language, string>>;
  /** The YAML text. */
  readonly source: string;
}

/** What is to be run: a scenario of the shelf, or one written by hand. */
export type RunRequest = { readonly scenario: string } | { readonly yaml: string };

/** Input that cannot be run: which file, which field, and what is wrong with it. */
export interface InputProblem {
  readonly file: string;
  readonly field: string;
  readonly message: string;
}

/** The virtual devices, offered to other software beside the dashboard. */
export interface OfferedMachine {
  /** Of the XFS4IoT publisher. */
  readonly uri: string;
  describe(): readonly unknown[];
  control(request: Request): Promise<Response>;
}

/** Runs scenarios and proves traces. Bad input is a value; an exception is a bug. */
export interface Simulator {
  run(request: RunRequest, seed: number): Promise<
    | { readonly ok: true; readonly summary: RunSummary; readonly trace: string }
    | { readonly ok: false; readonly problem: InputProblem }
  >;
  /** Tells each of the five answers as soon as it is there. Throws {@linkcode InputError}. */
  verify(trace: string, tell: (check: Check) => void): Promise<void>;
}
