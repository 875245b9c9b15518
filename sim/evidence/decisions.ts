/**
 * Would the core decide again what the trace says it decided?
 *
 *   trace:  in ─ in ─ OUT ─ OUT ─ in ─ OUT …      in:  touch, device, host, face_result, timer
 *             └──► core ──► must be ─┘             OUT: state, command, host, face, screen, journal, end
 *
 * No device, no bank, no model, no renderer: the core alone, fed with what it was told. So this holds for
 * runs on somebody else's devices too, which nobody can run again.
 *
 * What a trace masks cannot be fed as it was. The hidden middle of an account and a PIN block become zeros:
 * the core only hands them on. The digits of numbers and amounts come from the plan.
 */
import { InvariantError } from "../../core/assert.ts";
import { canonicalJson } from "../../core/json.ts";
import { maskMessage } from "../../core/money/mod.ts";
import {
  type Effect,
  keptOf,
  type Machine,
  type SessionEventBody,
  step,
  switchedOn,
  type TimerName,
} from "../../core/session/mod.ts";
import { type Micros, micros } from "../../core/units.ts";
import { POWER_FAULTS, PROGRAM_FAULTS } from "../faults/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { Trace, TraceBody, TraceLine } from "../trace/mod.ts";
import {
  isAtRest,
  machineStartOf,
  maskFace,
  maskXfs,
  RUN_LIMIT,
  sessionConfigOf,
  WallClock,
} from "../world/mod.ts";
import { Unmasking } from "./unmasking.ts";

const [{ id: POWER_CUT }] = POWER_FAULTS;
const [{ id: CRASH }] = PROGRAM_FAULTS;

export type Decisions =
  | { readonly ok: true; readonly events: number; readonly decisions: number }
  | {
    readonly ok: false;
    /** Line of the file, counted from 1. */
    readonly line: number;
    readonly problem: string;
  };

/** Feeds the core the recorded events, and compares what it wishes with what is recorded. */
export function retakeDecisions(trace: Trace, plan: Plan): Decisions {
  const { devices, bank } = trace.header.pinned;
  const core = new Retaking(plan, devices !== undefined, bank);
  for (const line of trace.lines) {
    const problem = asked(() => core.read(line));
    if (problem !== null) return { ok: false, line: line.n + 1, problem };
  }
  const problem = asked(() => core.finish());
  if (problem !== null) return { ok: false, line: trace.lines.length + 2, problem };
  return { ok: true, events: core.events, decisions: core.decisions };
}

/** A line that no machine writes may be more than can be read: then that is what is wrong with it. */
function asked(read: () => string | null): string | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return `no machine writes this: ${error.message}`;
  }
}

class Retaking {
  readonly #wall_start_ms: number;
  /** The machine's own clock, by which it writes, may be wrong. */
  readonly #clock = new WallClock();
  readonly #unmasking: Unmasking;
  #machine: Machine;
  /** As its last turn left it: what it keeps without power is of then. */
  #written: Machine;
  #now: Micros = micros(0);
  /** Told at this moment and not yet taken by the core: it takes them in order. */
  readonly #told: SessionEventBody[] = [{ type: "started" }];
  /** Wished by the core and not yet met in the trace. */
  readonly #wished: TraceBody[] = [];
  /** When each running timer is due. */
  readonly #timers = new Map<TimerName, number>();
  /** Why it does not run: no power, no program. */
  readonly #lacks = new Set<string>();
  events = 0;
  decisions = 0;

  constructor(plan: Plan, elsewhere: boolean, bank: Trace["header"]["pinned"]["bank"]) {
    const config = sessionConfigOf(plan.profile, bank?.first_stan, bank?.pin_format);
    this.#machine = switchedOn(config);
    this.#written = this.#machine;
    this.#wall_start_ms = machineStartOf(plan.scenario);
    this.#unmasking = new Unmasking(plan, elsewhere);
  }

  /** Takes the next line; what is wrong with it, or `null`. */
  read(line: TraceLine): string | null {
    if (line.t > this.#now) {
      const problem = this.#settle() ?? this.#overdue(line.t);
      if (problem !== null) return problem;
      this.#now = micros(line.t);
    }
    if (line.type === "timer") return this.#onTimer(line.timer as TimerName);
    if (line.type === "fault") {
      // A program that crashes knows as little afterwards as one whose power was cut.
      if (line.id === POWER_CUT || line.id === CRASH) this.#onPower(line.id, !line.active);
      this.#clock.fault(line.id, line.active);
    }
    const event = this.#unmasking.eventOf(line, this.#machine.page.page);
    if (typeof event === "string") return event;
    if (event !== null) this.#told.push(event);
    return isDecision(line) ? this.#onDecision(line) : null;
  }

  /** The trace is over: nothing may be left over. */
  finish(): string | null {
    return this.#settle() ?? this.#cutShort();
  }

  /** A run goes on until the machine is at rest, or what it waits for comes after the longest run. */
  #cutShort(): string | null {
    if (this.#lacks.size > 0 || isAtRest(this.#machine)) return null;
    const next = Math.min(...this.#timers.values());
    if (Number.isFinite(next) && next > RUN_LIMIT) return null;
    return `the trace ends while the core is ${this.#machine.session.name}, before it is at rest`;
  }

  /** Time goes on only when the core has taken everything, and everything it wished was done. */
  #settle(): string | null {
    const problem = this.#takeUntilWished();
    if (problem !== null) return problem;
    const [missing] = this.#wished;
    return missing === undefined ? null : `the core also wishes ${shown(missing)}`;
  }

  #overdue(t: number): string | null {
    for (const [timer, due] of this.#timers) {
      if (due < t) return `the timer ${timer} was due before and did not fire`;
    }
    return null;
  }

  /** A timer was set before anything of this moment was told, so its turn comes first. */
  #onTimer(timer: TimerName): string | null {
    const [missing] = this.#wished;
    if (missing !== undefined) return `the core also wishes ${shown(missing)}`;
    if (this.#timers.get(timer) !== this.#now) {
      return `the core set no timer ${timer} for this moment`;
    }
    this.#timers.delete(timer);
    return this.#take({ type: "timer", timer });
  }

  /** What was wished and not done is gone with the power; what was kept is all that is known after. */
  #onPower(what: string, on: boolean): void {
    if (!on) {
      this.#lacks.add(what);
      this.#told.length = 0;
      this.#wished.length = 0;
      this.#timers.clear();
      return;
    }
    if (!this.#lacks.delete(what) || this.#lacks.size > 0) return;
    const { config } = this.#machine;
    this.#machine = switchedOn(config, keptOf(this.#written));
    this.#told.push({ type: "started" });
  }

  #onDecision(line: TraceLine): string | null {
    const problem = this.#takeUntilWished();
    if (problem !== null) return problem;
    const wished = this.#wished.shift();
    const { n: _n, t: _t, chain: _chain, ...body } = line;
    const recorded = body.type === "host" ? withoutCode(body) : body;
    if (wished === undefined) return `the core wishes nothing, the trace has ${shown(recorded)}`;
    if (canonicalJson(wished) !== canonicalJson(recorded)) {
      return `the core wishes ${shown(wished)}, the trace has ${shown(recorded)}`;
    }
    this.decisions++;
    return null;
  }

  #takeUntilWished(): string | null {
    while (this.#wished.length === 0) {
      const event = this.#told.shift();
      if (event === undefined) return null;
      const problem = this.#take(event);
      if (problem !== null) return problem;
    }
    return null;
  }

  #take(event: SessionEventBody): string | null {
    this.events++;
    const before = this.#machine.session.name;
    const turn = this.#step(event);
    if (typeof turn === "string") return turn;
    const { state, effects } = turn;
    this.#machine = state;
    this.#written = state;
    const now = state.session.name;
    if (now !== before) this.#wished.push({ type: "state", from: before, to: now });
    for (const effect of effects) {
      if (effect.type === "timer") this.#setTimer(effect.timer, effect.after);
      else this.#wished.push(asRecorded(effect, this.#wall_ms()));
    }
    return null;
  }

  /** An event that no device, bank or model says breaks an invariant: the trace is to blame. */
  #step(event: SessionEventBody): ReturnType<typeof step> | string {
    try {
      return step(this.#machine, {
        ...event,
        at: this.#now,
        wall_ms: this.#wall_ms(),
      });
    } catch (error) {
      if (!(error instanceof InvariantError) && !(error instanceof TypeError)) throw error;
      return `the core cannot take the ${event.type} before this line: ${error.message}`;
    }
  }

  #setTimer(timer: TimerName, after: Micros | null): void {
    if (after === null) this.#timers.delete(timer);
    else this.#timers.set(timer, this.#now + after);
  }

  #wall_ms(): number {
    return this.#wall_start_ms + Math.floor(this.#now / 1000) + this.#clock.ahead_ms;
  }
}

/** The line's end puts authentication codes (DE 64, 128) on what the core says: they decide nothing. */
function withoutCode(body: TraceBody & { type: "host" }): TraceBody {
  const { fields, ...message } = body.message;
  const { 64: _first, 128: _second, ...said } = fields as Readonly<Record<string, unknown>>;
  return { ...body, message: { ...message, fields: said } };
}

/** Whether a line is something the core wished for. */
function isDecision(line: TraceLine): boolean {
  switch (line.type) {
    case "state":
    case "screen":
    case "face":
    case "journal":
    case "outcome":
      return true;
    case "xfs":
      return line.from === "core";
    case "host":
      return line.from === "atm" && line.seen === "sent";
    default:
      return false;
  }
}

/** An effect as it stands in a trace, masked. */
function asRecorded(effect: Exclude<Effect, { type: "timer" }>, wall_ms: number): TraceBody {
  switch (effect.type) {
    case "device": {
      const message = { ...maskXfs(effect.message) };
      return { type: "xfs", device: effect.device, from: "core", message };
    }
    case "host":
      return {
        type: "host",
        from: "atm",
        seen: "sent",
        message: { ...maskMessage(effect.message) },
      };
    case "face":
      return { type: "face", request: { ...maskFace(effect.request) } };
    case "screen":
      return { type: "screen", screen: { ...effect.screen } };
    case "journal":
      return { type: "journal", wall_ms, entry: { ...effect.entry } };
    case "ended":
      return { type: "outcome", outcome: effect.outcome, reason: effect.reason };
  }
}

function shown(body: unknown): string {
  const text = canonicalJson(body);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
