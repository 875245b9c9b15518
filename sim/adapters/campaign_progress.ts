/** The line a campaign shows while it runs: how far, how fast, how much was covered, how long still. */
import type { Failure } from "../campaign/mod.ts";
import { showLine } from "./terminal.ts";
import { steadyNow } from "./wall_time.ts";

interface Step {
  readonly found: readonly Failure[];
  readonly covered: number;
}

/** Between two looks at the line. */
const PERIOD_MS = 200;

export class CampaignProgress {
  readonly #what: string;
  readonly #total: number;
  readonly #started = steadyNow();
  #shown = 0;
  #done = 0;
  #failed = 0;
  #covered = 0;

  constructor(what: string, total: number) {
    this.#what = what;
    this.#total = total;
  }

  step(done: number, step: Step = { found: [], covered: 0 }): void {
    this.#done += done;
    this.#failed += step.found.length;
    this.#covered = Math.max(this.#covered, step.covered);
    const now = steadyNow();
    if (now - this.#shown < PERIOD_MS) return;
    this.#shown = now;
    const rate = this.#done / ((now - this.#started) / 1000);
    const left = Math.ceil((this.#total - this.#done) / rate);
    const filled = Math.round(24 * this.#done / this.#total);
    showLine([
      `${this.#what} ${"█".repeat(filled)}${"░".repeat(24 - filled)} ${this.#done}/${this.#total}`,
      `${rate.toFixed(0)}/s`,
      ...(this.#covered > 0 ? [`${this.#covered} covered`] : []),
      ...(this.#failed > 0 ? [`${this.#failed} broken`] : []),
      `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`,
    ].join(" · "));
  }

  clear(): void {
    showLine("");
  }
}
