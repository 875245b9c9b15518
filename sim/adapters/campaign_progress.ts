/** How far a campaign is and how fast: the line it shows while it runs, and what it says in the end. */
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

/** How long all of it took, and how fast the second half went. */
export class Pace {
  readonly #half: number;
  readonly #started = steadyNow();
  #done = 0;
  #half_at: { readonly done: number; readonly ms: number } | null = null;

  constructor(total: number) {
    this.#half = total / 2;
  }

  step(done: number): void {
    this.#done += done;
    if (this.#done >= this.#half) this.#half_at ??= { done: this.#done, ms: steadyNow() };
  }

  /** `warm`: runs a second since half of them were done; `null` where no more came. */
  measured(): { readonly seconds: number; readonly warm: number | null } {
    const now = steadyNow();
    const { done, ms } = this.#half_at ?? { done: this.#done, ms: now };
    const more = this.#done - done;
    return {
      seconds: (now - this.#started) / 1000,
      warm: more > 0 && now > ms ? 1000 * more / (now - ms) : null,
    };
  }
}
