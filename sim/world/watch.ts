/** Plans, run and judged without being written down: what a campaign does thousands of times. */
import { allOracles } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { RunPorts } from "./ports.ts";
import { type Hearer, type OracleFinding, Watcher } from "./recorder.ts";
import { oracleContextOf } from "./setting.ts";
import { World } from "./world.ts";

/** What goes wrong where no oracle is asked. */
const CRASH = {
  oracle: "no_crash",
  sentence: "No part of the machine breaks an assertion of its own, and every run ends",
};

/** A plan to be watched, and who hears of every line. */
export interface Watched {
  readonly plan: Plan;
  readonly hearer?: Hearer;
}

/**
 * Of each plan the findings of every oracle on the same lines that {@linkcode runPlan} would chain into a
 * trace. An exception is a finding like any other, and comes last: what was broken before it is what it
 * comes from.
 *
 * All go on at once, an event of each in turn, and no run knows of another. They do much the same one
 * after the other, and a processor does it faster when it has just done it: so much code does not fit
 * where it is read from at once. A run whose machine is a state ahead therefore waits for the others to
 * get there.
 */
export async function watchPlans(
  watched: readonly Watched[],
  ports: RunPorts,
): Promise<readonly (readonly OracleFinding[])[]> {
  const runs = watched.map((each) => new Run(each, ports));
  for (const run of runs) await run.begin();
  for (let open: readonly Run[] = runs; open.length > 0;) {
    let least = Infinity;
    for (const { stage } of open) if (stage < least) least = stage;
    for (const run of open) {
      if (run.stage > least) continue;
      const working = run.step();
      if (working !== undefined) await working;
    }
    if (open.some(({ over }) => over)) open = open.filter(({ over }) => !over);
  }
  return runs.map(({ findings }) => findings);
}

/** One of several runs that go on side by side. */
class Run {
  readonly #plan: Plan;
  readonly #ports: RunPorts;
  readonly #watcher: Watcher;
  #world: World | null = null;
  #crash: OracleFinding | null = null;
  over = false;

  constructor({ plan, hearer }: Watched, ports: RunPorts) {
    this.#plan = plan;
    this.#ports = ports;
    this.#watcher = new Watcher(allOracles(oracleContextOf(plan)), hearer);
  }

  /** How many states its machine has been in. */
  get stage(): number {
    return this.#watcher.states;
  }

  get findings(): readonly OracleFinding[] {
    const { findings } = this.#watcher;
    return this.#crash === null ? findings : [...findings, this.#crash];
  }

  async begin(): Promise<void> {
    try {
      this.#world = new World(this.#plan, this.#ports, this.#watcher);
      await this.#world.begin();
    } catch (error) {
      this.#crashed(error);
    }
  }

  /** One event; nothing of it is thrown. */
  step(): void | Promise<void> {
    if (this.over) return;
    try {
      const more = this.#world?.step() ?? false;
      if (more instanceof Promise) {
        return more.then((more) => this.#after(more)).catch((error) => this.#crashed(error));
      }
      this.#after(more);
    } catch (error) {
      this.#crashed(error);
    }
  }

  #after(more: boolean): void {
    if (more) return;
    this.over = true;
    this.#world?.close();
    this.#world = null;
  }

  #crashed(error: unknown): void {
    if (!(error instanceof Error)) throw error;
    this.over = true;
    this.#crash = { ...CRASH, finding: error.message };
  }
}
