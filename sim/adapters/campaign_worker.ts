/**
 * One worker of a campaign: it hangs pictures, runs plans by number, looks for a mutant, shrinks a plan.
 *
 * It runs in a thread of its own (`campaign_thread.ts`), however many there are.
 */
import type { Profile } from "../../devices/mod.ts";
import {
  breaks,
  Campaign,
  type CampaignProfile,
  EMPTY_PAGES,
  entriesOn,
  type Failure,
  Gallery,
  type GalleryPages,
  hangPictures,
  isSame,
  mutantCalled,
  shrunk,
  type Tally,
  tryPlan,
} from "../campaign/mod.ts";
import type { Line } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { RunPorts } from "../world/mod.ts";
import { checkModels, openModels } from "./models.ts";
import { openedWhenAsked, portsOf } from "./ports.ts";

export interface WorkerSetup {
  readonly seed: number;
  readonly profile: CampaignProfile;
  readonly machine: Profile;
  readonly town: readonly number[];
  readonly mutant: string | null;
}

export type Task =
  | { readonly do: "open"; readonly setup: WorkerSetup }
  | { readonly do: "hang"; readonly person: number }
  | { readonly do: "learn"; readonly pages: GalleryPages }
  | { readonly do: "run"; readonly indexes: readonly number[] }
  | { readonly do: "tally" }
  /** Runs with this mutant until it is caught. */
  | { readonly do: "catch"; readonly mutant: string; readonly runs: number }
  | { readonly do: "shrink"; readonly mutant: string | null; readonly failure: Failure };

export type Answer =
  | { readonly found: readonly Failure[]; readonly covered: number }
  | { readonly tally: Tally; readonly rss: number }
  | { readonly caught: Failure | null; readonly after: number }
  | { readonly plan: Plan; readonly last: readonly Line[]; readonly finding: string };

/** Inferences a worker remembers: the gallery remembers the rest. */
const MEMO = 64;

/** Events shown of a run that failed. */
const LAST_LINES = 10;

export class CampaignWorker {
  #setup: WorkerSetup | null = null;
  #ports: RunPorts | null = null;
  #gallery: Gallery | null = null;
  #campaign: Campaign | null = null;

  /** Does a task, with what other workers have learnt meanwhile; says what this one did. */
  async hear({ task, known }: Call): Promise<Reply> {
    for (const pages of known) this.#gallery?.add(pages);
    const answer = await this.#do(task);
    const learnt = this.#gallery?.takeLearnt() ?? EMPTY_PAGES;
    return { answer, learnt: entriesOn(learnt) === 0 ? null : learnt };
  }

  async #do(task: Task): Promise<Answer | null> {
    switch (task.do) {
      case "open":
        this.#setup = task.setup;
        // A worker whose gallery has seen everything never judges: it is spared a second and 150 MB.
        this.#ports = portsOf(
          openedWhenAsked(await checkModels(), () => openModels({ memo: MEMO })),
        );
        this.#gallery = new Gallery(this.#ports);
        return null;
      case "hang":
        await hangPictures(this.#opened().gallery, task.person);
        return null;
      case "learn":
        this.#gallery = new Gallery(this.#opened().ports, task.pages);
        this.#campaign = this.#campaignWith(this.#opened().setup.mutant);
        return null;
      case "run":
        return await this.#run(task.indexes);
      case "tally":
        return { tally: this.#running().tally, rss: Deno.memoryUsage().rss };
      case "catch":
        return await this.#catch(task.mutant, task.runs);
      case "shrink":
        return await this.#shrink(task.mutant, task.failure);
    }
  }

  #opened() {
    const [setup, ports, gallery] = [this.#setup, this.#ports, this.#gallery];
    if (setup === null || ports === null || gallery === null) {
      throw new TypeError("Cannot work: the worker was not opened");
    }
    return { setup, ports, gallery };
  }

  #running(): Campaign {
    if (this.#campaign === null) throw new TypeError("Cannot run: the worker has no gallery");
    return this.#campaign;
  }

  #campaignWith(mutant: string | null): Campaign {
    const { setup, ports, gallery } = this.#opened();
    return new Campaign({
      generator: setup,
      gallery,
      ports,
      mutant: mutant === null ? null : mutantCalled(mutant),
    });
  }

  async #run(indexes: readonly number[]): Promise<Answer> {
    const campaign = this.#running();
    return { found: await campaign.runs(indexes), covered: campaign.covered };
  }

  async #catch(mutant: string, runs: number): Promise<Answer> {
    const campaign = this.#campaignWith(mutant);
    for (let index = 0; index < runs; index++) {
      const [caught] = await campaign.run(index);
      if (caught !== undefined) return { caught, after: index + 1 };
    }
    return { caught: null, after: runs };
  }

  async #shrink(mutant: string | null, failure: Failure): Promise<Answer> {
    const { ports } = this.#campaignWith(mutant);
    const { machine } = this.#opened().setup;
    const plan = await shrunk(failure.plan, machine, (smaller) => breaks(smaller, ports, failure));
    const lines: Line[] = [];
    const findings = await tryPlan(plan, ports, {
      hear(line) {
        lines.push(structuredClone(line));
        if (lines.length > LAST_LINES) lines.shift();
      },
    });
    const finding = findings.find((each) => isSame(each, failure))?.finding ?? failure.finding;
    return { plan, last: lines, finding };
  }
}

/** What a worker's thread is sent. */
export interface Call {
  readonly task: Task;
  /** What others learnt since the last call. */
  readonly known: readonly GalleryPages[];
}

/** What it sends back, where nothing went wrong. */
export interface Reply {
  readonly answer: Answer | null;
  /** Null: nothing. */
  readonly learnt: GalleryPages | null;
}
