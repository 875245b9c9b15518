/** A campaign on one worker: runs by number, counted. */
import type { Plan } from "../plan/mod.ts";
import type { Line } from "../oracles/mod.ts";
import { type Hearer, type RunPorts, visitsOf, type Watched } from "../world/mod.ts";
import { compareWithRecorded, type Finding, isRecorded, isRendered, tryPlans } from "./attempt.ts";
import { Coverage } from "./coverage.ts";
import { Fingerprint } from "./fingerprint.ts";
import type { Gallery } from "./gallery/mod.ts";
import { type Generator, planAt } from "./generate/mod.ts";
import { type Mutant, mutated } from "./mutants/mod.ts";
import { Sometimes } from "./sometimes.ts";
import { added, type Failure, NO_RUNS, type Tally } from "./tally.ts";

export interface CampaignOptions {
  readonly generator: Generator;
  readonly gallery: Gallery;
  /** The real renderer and models, and what a trace says of the host. */
  readonly ports: RunPorts;
  /** A wrong part to be caught; null: everything is the product's own. */
  readonly mutant: Mutant | null;
}

export class Campaign {
  readonly #options: CampaignOptions;
  readonly #ports: RunPorts;
  readonly #coverage = new Coverage();
  readonly #sometimes: Record<string, number> = {};
  #tally: Tally = NO_RUNS;

  constructor(options: CampaignOptions) {
    const { gallery, ports, mutant } = options;
    this.#options = options;
    const remembered = { ...ports, ...gallery.ports() };
    this.#ports = mutant === null ? remembered : mutated(remembered, mutant);
  }

  /** What the runs of this worker came to. */
  get tally(): Tally {
    const { counts: coverage } = this.#coverage;
    return { ...this.#tally, coverage, sometimes: { ...this.#sometimes } };
  }

  /** How many pairs of state and event, and triples with a fault, were met so far. */
  get covered(): number {
    return this.#coverage.covered;
  }

  /** The ports every run here has. */
  get ports(): RunPorts {
    return this.#ports;
  }

  /** Runs number `index`; what was found. */
  async run(index: number): Promise<readonly Failure[]> {
    return await this.runs([index]);
  }

  /** Runs these numbers, some side by side; what was found, in their order. */
  async runs(indexes: readonly number[]): Promise<readonly Failure[]> {
    // A wrong part may remember what it did, and would mistake one run for another.
    const beside = this.#options.mutant === null ? SIDE_BY_SIDE : 1;
    const failures: Failure[] = [];
    for (let at = 0; at < indexes.length; at += beside) {
      const tried = indexes.slice(at, at + beside).map((index) => this.#begin(index));
      const found = await tryPlans(tried, this.#ports);
      for (const [i, each] of tried.entries()) {
        failures.push(...await this.#end(each, found[i] ?? []));
      }
    }
    return failures;
  }

  /** The plan of a run, and what hears its lines. */
  #begin(index: number): Tried {
    return new Tried(index, planAt(this.#options.generator, index), this.#coverage.begin());
  }

  /** Counts a run, and records it in full if it is one of those. */
  async #end(tried: Tried, found: readonly Finding[]): Promise<readonly Failure[]> {
    const { index, plan, fingerprint, sometimes, sessions } = tried;
    for (const name of sometimes.reached) {
      this.#sometimes[name] = (this.#sometimes[name] ?? 0) + 1;
    }
    const recorded = this.#options.mutant === null && isRecorded(index);
    const rendered = recorded && isRendered(index);
    const more = recorded
      ? await compareWithRecorded(plan, this.#ports, rendered ? this.#options.ports : null)
      : [];
    const failures = failuresOf([...found, ...more], index, plan);
    this.#tally = added(this.#tally, {
      ...NO_RUNS,
      runs: 1,
      sessions,
      recorded: recorded ? 1 : 0,
      rendered: rendered ? 1 : 0,
      fingerprint: fingerprint.of(index),
      failures,
      broken: Object.fromEntries(failures.map(({ oracle }) => [oracle, 1])),
    });
    return failures;
  }
}

/** Runs that go on at once: enough to be worth it, few enough for their state to stay at hand. */
const SIDE_BY_SIDE = 16;

/** A run on its way, and what has been seen of it. */
class Tried implements Watched, Hearer {
  readonly index: number;
  readonly plan: Plan;
  readonly fingerprint = new Fingerprint();
  readonly sometimes: Sometimes;
  sessions = 0;
  readonly #covered: Hearer;

  constructor(index: number, plan: Plan, covered: Hearer) {
    this.index = index;
    this.plan = plan;
    this.sometimes = new Sometimes(twinsIn(plan), plan.scenario.machine_clock_ahead_s ?? 0);
    this.#covered = covered;
  }

  get hearer(): Hearer {
    return this;
  }

  hear(line: Line): void {
    if (line.type === "outcome") this.sessions++;
    this.fingerprint.observe(line);
    this.#covered.hear(line);
    this.sometimes.observe(line);
  }
}

/** One failure for each oracle that was broken. */
function failuresOf(found: readonly Finding[], index: number, plan: Plan): readonly Failure[] {
  const of = new Map<string, Failure>();
  for (const finding of found) {
    if (!of.has(finding.oracle)) of.set(finding.oracle, { ...finding, index, plan });
  }
  return [...of.values()];
}

/** Of each who comes, whether they are somebody's twin. */
function twinsIn({ scenario }: Plan): readonly boolean[] {
  return visitsOf(scenario).map(({ at_the_machine }) =>
    "kin" in at_the_machine && at_the_machine.kin === "twin"
  );
}
