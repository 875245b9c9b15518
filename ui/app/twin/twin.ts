/**
 * The page's side of the twin: runs in a worker that watches can cancel, and live ones that take deeds.
 *
 * @module
 */
import type { Check } from "../../../sim/evidence/mod.ts";
import type { DeedNow, Plan, Problem } from "../../../sim/plan/mod.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import type { Passing } from "../../../sim/world/mod.ts";
import type { CampaignReport } from "../../../sim/campaign/mod.ts";
import { ApiError } from "../api.ts";
import { Cancelled } from "../cancelling.ts";
import type {
  Campaigned,
  CampaignOrder,
  TwinAnswer,
  TwinRequest,
  TwinResult,
  WorkerFiles,
} from "../../twin/protocol.ts";

/** A scenario that cannot be run: which field, and what is wrong with it. */
export class RefusedError extends Error {
  override name = "RefusedError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super([problem.field, problem.message].filter((part) => part !== "").join(": "));
    this.problem = problem;
  }
}

/** What is told of work under way: virtual time, a live run's new lines, and whether time passes there. */
export type OnProgress = (t: number, lines: readonly TraceLine[], passing: Passing) => void;

export interface Work {
  readonly done: Promise<TwinResult>;
  cancel(): void;
}

/** A run that somebody takes part in. */
export interface LiveWork extends Work {
  do(deed: DeedNow): void;
  /** Virtual seconds a second; 0 stands still. */
  pace(pace: number): void;
  /** Ends the visit; `done` follows. */
  end(): void;
}

/** A campaign under way; stopped, it tells what it has. */
export interface CampaignWork {
  readonly done: Promise<Campaigned>;
  stop(): void;
}

/** The last answer to a piece of work that went well. */
type Finished = Extract<
  TwinAnswer,
  { op: "planned" | "ended" | "verified" | "mutants" | "campaigned" }
>;

interface Waiting {
  readonly progress: OnProgress;
  readonly checked?: (check: Check) => void;
  readonly tally?: (report: CampaignReport) => void;
  readonly done: (answer: Finished) => void;
  readonly failed: (error: Error) => void;
}

export class Twin {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #onBroken: () => void;
  #broken: Error | null = null;
  #id = 0;

  /** `onBroken`: the worker cannot go on, and neither can this twin. */
  constructor(worker: Worker, files: WorkerFiles, onBroken: () => void) {
    this.#worker = worker;
    this.#onBroken = onBroken;
    worker.onmessage = ({ data }: MessageEvent<TwinAnswer>) => this.#answered(data);
    // Without a message its code never came.
    worker.onerror = ({ message }: Partial<ErrorEvent>) =>
      this.#failed(message === undefined ? new ApiError(0, "the twin's code") : new Error(message));
    const buffers = Object.values(files.models).map(({ buffer }) => buffer);
    this.#tell({ op: "open", files }, [files.wasm, ...buffers]);
  }

  /** What a scenario file's text means. Rejects with {@linkcode RefusedError}. */
  async plan(text: string, seed: number): Promise<Plan> {
    const id = ++this.#id;
    const answer = this.#wait(id, { progress: () => {} });
    this.#tell({ op: "plan", id, text, seed });
    const planned = await answer;
    if (planned.op !== "planned") throw new Error("The twin answered something else");
    return planned.plan;
  }

  /** The wrong parts that a campaign can let in, by name. */
  async mutants(): Promise<readonly string[]> {
    const id = ++this.#id;
    const answer = this.#wait(id, { progress: () => {} });
    this.#tell({ op: "mutants", id });
    const told = await answer;
    return told.op === "mutants" ? told.names : [];
  }

  campaign(order: CampaignOrder, tally: (report: CampaignReport) => void): CampaignWork {
    const id = ++this.#id;
    const answer = this.#wait(id, { progress: () => {}, tally });
    this.#tell({ op: "campaign", id, order });
    const done = answer.then((told) => {
      if (told.op !== "campaigned") throw new Error("The twin answered something else");
      return told.campaigned;
    });
    return { done, stop: () => this.#tell({ op: "cancel", id }) };
  }

  run(plan: Plan, progress: OnProgress): Work {
    const id = ++this.#id;
    const work = this.#begin(id, progress);
    this.#tell({ op: "run", id, plan });
    return work;
  }

  live(plan: Plan, from_us: number, progress: OnProgress): LiveWork {
    const id = ++this.#id;
    const work = this.#begin(id, progress);
    this.#tell({ op: "live", id, plan, from_us });
    return {
      ...work,
      do: (deed) => this.#tell({ op: "deed", id, deed }),
      pace: (pace) => this.#tell({ op: "pace", id, pace }),
      end: () => this.#tell({ op: "end", id }),
    };
  }

  /** Tells the five answers about a trace, each as soon as it is there. */
  async verify(trace: string, checked: (check: Check) => void): Promise<void> {
    const id = ++this.#id;
    const answer = this.#wait(id, { progress: () => {}, checked });
    this.#tell({ op: "verify", id, trace });
    await answer;
  }

  #begin(id: number, progress: OnProgress): Work {
    const done = this.#wait(id, { progress }).then((answer) => {
      if (answer.op !== "ended") throw new Error("The twin answered something else");
      return answer.result;
    });
    const cancel = () => {
      this.#tell({ op: "cancel", id });
      this.#take(id)?.failed(new Cancelled());
    };
    return { done, cancel };
  }

  #wait(id: number, told: Pick<Waiting, "progress" | "checked" | "tally">): Promise<Finished> {
    if (this.#broken !== null) return Promise.reject(this.#broken);
    return new Promise((done, failed) => {
      this.#waiting.set(id, { ...told, done, failed });
    });
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #answered(answer: TwinAnswer): void {
    switch (answer.op) {
      case "progress":
        return this.#waiting.get(answer.id)?.progress(answer.t, answer.lines, answer.passing);
      case "checked":
        return this.#waiting.get(answer.id)?.checked?.(answer.check);
      case "tally":
        return this.#waiting.get(answer.id)?.tally?.(answer.report);
      case "planned":
      case "mutants":
      case "campaigned":
      case "ended":
      case "verified":
        return this.#take(answer.id)?.done(answer);
      case "refused":
        return this.#take(answer.id)?.failed(new RefusedError(answer.problem));
      case "failed":
        if (answer.id === 0) return this.#failed(new Error(answer.message));
        return this.#take(answer.id)?.failed(new Error(answer.message));
    }
  }

  /** The worker itself cannot go on: nobody waits in vain. */
  #failed(error: Error): void {
    this.#broken = error;
    this.#onBroken();
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.failed(error);
  }

  #tell(request: TwinRequest, hand: Transferable[] = []): void {
    this.#worker.postMessage(request, hand);
  }
}
