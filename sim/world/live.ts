/**
 * A run that somebody takes part in: they let time pass and do deeds, and what they did becomes a plan.
 *
 *     plan ─► LiveRun ── advance(by), do(deed), advance(by) … end() ─► plan with deeds, trace
 *                                                                        │
 *                                             runPlan(plan with deeds) ──┴─► the same root
 */
import { assert } from "../../core/assert.ts";
import { DIGIT_KEYS } from "../../core/xfs4iot/mod.ts";
import { type Micros, micros, seconds } from "../../core/units.ts";
import { type Deed, type DeedNow, deedSchema, type Knowledge, ownerOf } from "../plan/mod.ts";
import { type Plan, relativeKey, VISIT_S_MAX, withDeed } from "../plan/mod.ts";
import { type Trace, traceHeader, type TraceLine, TraceWriter } from "../trace/mod.ts";
import { KEY_GAP } from "./hands.ts";
import type { RunPorts } from "./ports.ts";
import type { Recorder } from "./recorder.ts";
import { recordedWorld, resultOf, type RunResult } from "./run.ts";
import { knowledgeOf } from "./visits.ts";
import { RUN_LIMIT, type World } from "./world.ts";

/** What is entered on these pages is a secret of the customer's, and is told by its place in it. */
const SECRET_PAGES: Readonly<Record<string, keyof Knowledge>> = {
  enter_pin: "pin",
  enter_number: "id",
};

/** No deed comes later than this in a run. */
const VISIT_LIMIT = seconds(VISIT_S_MAX);
/** How long time goes on where nobody is and nothing is left to do: what was just broken still shows. */
const REST = seconds(30);

/** Whether time goes on, stands still until the next deed, or is used up. */
export type Passing = "goes" | "rests" | "over";

export class LiveRun {
  readonly #ports: RunPorts;
  readonly #world: World;
  readonly #recorder: Recorder;
  readonly #knows: Knowledge;
  #plan: Plan;
  /** Digits typed since the last key that is none. */
  #typed = 0;
  /** Since when nothing is left to do, as far as it was looked at. */
  #resting: Micros | null = null;

  /** A plan that somebody takes part in has deeds from the beginning, be it none. */
  constructor(plan: Plan, ports: RunPorts) {
    this.#plan = plan;
    this.#ports = ports;
    const { world, recorder } = recordedWorld(this.#plan, ports);
    this.#world = world;
    this.#recorder = recorder;
    this.#knows = knowledgeOf(ownerOf(plan.scenario).person);
  }

  /** Everything done so far, as a plan. */
  get plan(): Plan {
    return this.#plan;
  }

  get lines(): readonly TraceLine[] {
    return this.#recorder.lines;
  }

  now(): Micros {
    return this.#world.now();
  }

  async begin(): Promise<void> {
    await this.#world.begin();
  }

  async advance(by: Micros): Promise<void> {
    await this.#world.pump.advance(by);
  }

  /**
   * Lets time pass before somebody's hands: no further than a visit may last, and not at all while nobody
   * is there for whom it would.
   */
  async pass(by: Micros): Promise<Passing> {
    const now = this.now();
    if (now >= VISIT_LIMIT) return "over";
    this.#resting = this.#world.pump.rested === null ? null : this.#resting ?? now;
    const until = Math.min(VISIT_LIMIT, this.#resting === null ? Infinity : this.#resting + REST);
    if (now >= until) return "rests";
    await this.advance(micros(Math.min(by, until - now)));
    return "goes";
  }

  /** The same as `advance`, but not past the run's end; true once that is reached. */
  async work(by: Micros): Promise<boolean> {
    return await this.#world.work(by);
  }

  /** Does this now: just after everything that has happened. Throws when it is no deed. */
  do(wanted: DeedNow): void {
    assert(this.#plan.scenario.deeds !== undefined, "a plan that takes deeds says so");
    const now = this.#world.now() + 1;
    if (!("press" in wanted)) return this.#add({ at_us: now, ...wanted });
    // One deed a key, so that the hands have nothing in mind that the plan does not tell.
    wanted.press.forEach((key, i) =>
      this.#add({ at_us: now + i * KEY_GAP, press: [this.#told(key)] })
    );
  }

  #add(wanted: Deed): void {
    const deed = deedSchema.parse(wanted);
    this.#plan = { ...this.#plan, scenario: withDeed(this.#plan.scenario, deed) };
    this.#world.add(deed);
  }

  /** Whoever stands there leaves; what is left is settled, and the whole is judged. */
  async end(): Promise<RunResult> {
    if (this.#world.occupied) this.do({ leave: true });
    if (this.#world.pump.rested === null) await this.#world.work(RUN_LIMIT);
    const until = this.#recorder.lines.length;
    const rested = this.#world.pump.rested ?? until;
    const ended = await this.#world.end();
    const { trace, findings } = this.#recorder;
    const { lines } = trace;
    const told = [...lines.slice(0, rested), ...lines.slice(until)];
    return resultOf(this.#plan, {
      ...ended,
      findings,
      trace: this.#retold({ ...trace, lines: told }),
    });
  }

  /**
   * The lines that the plan as it came to be gives, chained from it. What happened while nobody was
   * there any more and the display still ran is not among them: the replay has ended by then.
   */
  #retold(trace: Trace): Trace {
    const { pinned, runtime } = trace.header;
    const plan = { ...this.#plan };
    const writer = new TraceWriter(traceHeader({ ...pinned, plan }, runtime));
    for (const { n: _n, t, chain: _chain, ...body } of trace.lines) writer.write(micros(t), body);
    return writer.finish();
  }

  /** A key as the plan may tell it: what types a secret is told by its place in that secret. */
  #told(key: string): string {
    const digit = key === "oemX" ? "X" : String(DIGIT_KEYS.findIndex((each) => each === key));
    if (digit === "-1") {
      this.#typed = 0;
      return key;
    }
    const page = this.#recorder.lines.findLast((line) => line.type === "screen")?.screen.page;
    const what = SECRET_PAGES[String(page)];
    if (what === undefined) return key;
    return relativeKey(what, this.#typed++ % this.#knows[what].length, digit, this.#knows);
  }
}
