/**
 * A mutant: one part of the twin replaced by one that is wrong in one way.
 *
 * It is put in from outside, through the parts and ports that every run takes, so no code of the product
 * knows of it. A campaign that does not catch it would not catch the same bug in the product either.
 */
import type { Effect, Machine, SessionEvent, step } from "../../../core/session/mod.ts";
import type { FaceEngine, RunParts, RunPorts } from "../../world/mod.ts";

export interface Mutant {
  readonly name: string;
  /** What it does wrong, in one sentence. */
  readonly does: string;
  readonly parts?: Partial<RunParts>;
  /** Stands between the run and its face engine. */
  readonly face?: (engine: FaceEngine) => FaceEngine;
}

/** The same ports with the mutant's part put in. */
export function mutated(ports: RunPorts, { parts, face }: Mutant): RunPorts {
  return {
    ...ports,
    ...(parts === undefined ? {} : { parts }),
    ...(face === undefined ? {} : { face: (frames) => face(ports.face(frames)) }),
  };
}

export type Step = typeof step;
export type Turned = ReturnType<Step>;

/** A core that does as the real one, and whose turns are changed before anybody sees them. */
export function withTurns(
  real: Step,
  change: (turned: Turned, before: Machine, event: SessionEvent) => Turned,
): Partial<RunParts> {
  return { step: (state, event) => change(real(state, event), state, event) };
}

/** A core that is told something else than what happened. */
export function withEvents(
  real: Step,
  change: (event: SessionEvent, state: Machine) => SessionEvent,
): Partial<RunParts> {
  return { step: (state, event) => real(state, change(event, state)) };
}

/** A core some of whose wishes are changed, or left out (`null`). */
export function withEffects(
  real: Step,
  change: (effect: Effect, state: Machine) => Effect | null,
): Partial<RunParts> {
  return withTurns(real, ({ state, effects }) => ({
    state,
    effects: effects.flatMap((effect) => change(effect, state) ?? []),
  }));
}
