/** `models evaluate`: error rates on held-out people, as text, JSON, a page, and in the manifest. */
import { type FacePipeline, type Manifest, ROLES } from "../../core/face/mod.ts";
import {
  evaluationOf,
  evaluationPage,
  type EvaluationReport,
  evaluationText,
  type StageTime,
  timeStages,
  withMeasured,
} from "../evaluate/mod.ts";
import { InputError } from "../plan/mod.ts";
import { observeTogether } from "./evaluate_people.ts";
import { writableFile, writeWhole } from "./files.ts";
import { openLeftOut, openModels, SHIPPED_MODELS } from "./models.ts";
import { complain, interruption, print, Progress } from "./terminal.ts";
import { steadyNow } from "./wall_time.ts";

export interface EvaluateVerbOptions {
  readonly format: "text" | "json";
  readonly people: number;
  /** Somebody else's models, by name or folder. */
  readonly pack?: string;
  /** How many workers share the people. */
  readonly workers: number;
  /** An HTML file for the figures and their plots. */
  readonly report?: string;
  /** Whether the manifest is to tell these figures from now on. */
  readonly write: boolean;
}

/** Measures on held-out people; returns the exit code, 130 when interrupted (nothing is written). */
export async function modelsEvaluateVerb(options: EvaluateVerbOptions): Promise<number> {
  const { people, workers, pack, write } = options;
  if (write && pack !== undefined) {
    const message = "figures of a pack are not the shipped models'; use --report or --format json";
    throw new InputError({ file: "models evaluate", field: "--write", message });
  }
  if (options.report !== undefined) await writableFile(options.report, "--report", "page");
  const models = pack === undefined ? {} : { pack };
  // Opened before the work: what is wrong with a pack is told at once.
  const pipeline = await openModels({ memo: 0, ...models });
  await openLeftOut(pipeline, models);
  const progress = new Progress("measuring", people);
  const interrupted = interruption();
  try {
    const seen = await observeTogether({
      ...models,
      split: "test",
      people,
      kin: true,
      workers,
      onProgress: () => progress.step(),
      ended: interrupted.heard,
    });
    if (seen === null) {
      progress.clear();
      complain("interrupted: of fewer people than were asked for nothing is said");
      return 130;
    }
    const report = evaluationOf(pipeline.manifest, seen, commandOf(options));
    const stages = await timeStages(pipeline, steadyNow);
    await tell(report, stages, pipeline, options);
  } finally {
    progress.clear();
    interrupted.stop();
    await pipeline.release();
  }
  return 0;
}

function commandOf({ people, pack, write }: EvaluateVerbOptions): string {
  const theirs = pack === undefined ? "" : ` --pack ${pack}`;
  return `deno run -A main.ts models evaluate --people ${people}${theirs}${
    write ? " --write" : ""
  }`;
}

async function tell(
  report: EvaluationReport,
  stages: readonly StageTime[],
  { manifest }: FacePipeline,
  options: EvaluateVerbOptions,
): Promise<void> {
  if (options.report !== undefined) {
    const page = evaluationPage({
      report,
      stages,
      models: Object.fromEntries(ROLES.map((role) => [role, manifest[role].sha256])),
      threshold: manifest.embedder.threshold,
    });
    await writeWhole(options.report, page);
  }
  // Told first: what half an hour has measured is not lost where it cannot be kept.
  if (options.format === "json") print(JSON.stringify({ schema: 1, ...report, stages }, null, 2));
  else print(evaluationText(report, stages));
  if (options.write) await keep(manifest, report);
}

async function keep(manifest: Manifest, report: EvaluationReport): Promise<void> {
  const text = JSON.stringify(withMeasured(manifest, report), null, 2) + "\n";
  await writeWhole(new URL("manifest.json", SHIPPED_MODELS), text);
}
