/**
 * A run under way in this tab that somebody takes part in, as state.
 *
 * @module
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Micros } from "../../../core/units.ts";
import type { DeedNow, Plan } from "../../../sim/plan/mod.ts";
import { traceHeader } from "../../../sim/trace/mod.ts";
import type { Passing } from "../../../sim/world/mod.ts";
import type { Run } from "../api.ts";
import { Cancelled } from "../cancelling.ts";
import { Replay } from "../replay/mod.ts";
import { shelve } from "../twin/local_runs.ts";
import { openTwin } from "../twin/open_twin.ts";
import type { LiveWork, Twin } from "../twin/twin.ts";

/** What is to be run, and from when somebody takes part. */
export interface Beginning {
  readonly plan: Plan;
  readonly from: Micros;
}

export interface Live {
  readonly phase: "opening" | "catching_up" | "running" | "ending" | "failed";
  readonly plan: Plan | null;
  readonly replay: Replay | null;
  readonly now: Micros;
  readonly passing: Passing;
  /** When catching up: until when. */
  readonly from: Micros;
  readonly error: Error | null;
  readonly pace: number;
  readonly setPace: (pace: number) => void;
  readonly do: (deed: DeedNow) => void;
  readonly end: () => void;
}

/** Begins once; `beginning` says what, when the twin is there. */
export function useLive(
  beginning: (twin: Twin) => Promise<Beginning>,
  onEnded: (run: Run) => void,
): Live {
  const work = useRef<LiveWork | null>(null);
  const [begun, setBegun] = useState<Beginning | null>(null);
  const [replay, setReplay] = useState<Replay | null>(null);
  const [now, setNow] = useState(0);
  const [passing, setPassing] = useState<Passing>("goes");
  const [ending, setEnding] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [pace, setPace] = useState(1);
  useEffect(() => {
    let gone = false;
    const begin = async () => {
      const twin = await openTwin();
      const { plan, from } = await beginning(twin);
      if (gone) return;
      setBegun({ plan, from });
      setReplay(unwritten(plan));
      work.current = twin.live(plan, from, (t, lines, passing) => {
        setNow(t);
        setPassing(passing);
        if (lines.length > 0) setReplay((before) => before && before.extended(lines));
      });
      const result = await work.current.done;
      if (!gone) onEnded(shelve(result));
    };
    begin().catch((caught: unknown) => {
      if (gone || caught instanceof Cancelled) return;
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    });
    return () => {
      gone = true;
      work.current?.cancel();
    };
  }, []);
  const from = begun?.from ?? 0;
  const hands = useMemo(() => ({
    do: (deed: DeedNow) => work.current?.do(deed),
    end: () => {
      setEnding(true);
      work.current?.end();
    },
    setPace: (wanted: number) => {
      setPace(wanted);
      work.current?.pace(wanted);
    },
  }), []);
  return {
    phase: error !== null ? "failed" : phaseOf(begun, now, ending || passing === "over"),
    plan: begun?.plan ?? null,
    replay,
    now: now as Micros,
    passing,
    from: from as Micros,
    error,
    pace,
    ...hands,
  };
}

function phaseOf(begun: Beginning | null, now: number, ending: boolean): Live["phase"] {
  if (ending) return "ending";
  if (begun === null) return "opening";
  return now < begun.from ? "catching_up" : "running";
}

/** A trace of this plan that has no line yet; its chain is written when it has ended. */
function unwritten(plan: Plan): Replay {
  const nothing = { renderer: "", models: {}, locale: {} };
  const nowhere = { commit: "", program: "", v8: "", platform: "" };
  const header = traceHeader({ ...nothing, plan }, nowhere);
  return new Replay({ header, lines: [], end: { type: "end", lines: 0, root: "", sha256: "" } });
}
