/** A campaign on one worker: runs by number, counted. */
import type { Line } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { type RunPorts, visitsOf } from "../world/mod.ts";
import { compareWithRecorded, type Finding, isRecorded, isRendered, tryPlan } from "./attempt.ts";
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
  readonly #sometimes = new Sometimes();
  #tally: Tally = NO_RUNS;

  constructor(options: CampaignOptions) {
    const { gallery, ports, mutant } = options;
    this.#options = options;
    const remembered = { ...ports, ...gallery.ports() };
    this.#ports = mutant === null ? remembered : mutated(remembered, mutant);
  }

  /** What the runs of this worker came to. */
  get tally(): Tally {
    this.#sometimes.end();
    const { counts: coverage } = this.#coverage;
    return { ...this.#tally, coverage, sometimes: this.#sometimes.counts };
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
    const plan = planAt(this.#options.generator, index);
    const fingerprint = new Fingerprint();
    this.#coverage.begin();
    this.#sometimes.begin(hasTwin(plan), plan.scenario.machine_clock_ahead_s ?? 0);
    let sessions = 0;
    const found = await tryPlan(plan, this.#ports, (line: Line) => {
      if (line.type === "outcome") sessions++;
      fingerprint.observe(line);
      this.#coverage.observe(line);
      this.#sometimes.observe(line);
    });
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

/** One failure for each oracle that was broken. */
function failuresOf(found: readonly Finding[], index: number, plan: Plan): readonly Failure[] {
  const of = new Map<string, Failure>();
  for (const finding of found) {
    if (!of.has(finding.oracle)) of.set(finding.oracle, { ...finding, index, plan });
  }
  return [...of.values()];
}

function hasTwin({ scenario }: Plan): boolean {
  return visitsOf(scenario).some(({ at_the_machine }) =>
    "kin" in at_the_machine && at_the_machine.kin === "twin"
  );
}
