/**
 * Fork here: one thing is changed at this moment, and the run goes on from there in this tab.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import type { Micros } from "../../../core/units.ts";
import type { DeedNow, Stand } from "../../../sim/plan/mod.ts";
import type { Run } from "../api.ts";
import { Cancelled, useCancelling } from "../cancelling.ts";
import type { DeepLink } from "../deep_link.ts";
import { FailureLine } from "../failure.tsx";
import { useSay } from "../language.tsx";
import { linkTo } from "../pages.tsx";
import { FaultChoice } from "../play/fault_choice.tsx";
import { StandChoice, STRANGER } from "../play/stand_choice.tsx";
import type { Replay } from "../replay/mod.ts";
import { runHere } from "../twin/run_here.ts";
import { type ChangeName, CHANGES, forkedPlan, planOfTrace } from "./fork_plan.ts";

interface Props {
  readonly replay: Replay;
  readonly run: Run;
  readonly at: Micros;
  readonly onClose: () => void;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

export function ForkDialog({ replay, run, at, onClose, onGo }: Props) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const [change, setChange] = useState<ChangeName>("person");
  const [stand, setStand] = useState<Stand>(STRANGER);
  const [fault, setFault] = useState("N4");
  const forked = useForking({ replay, run, at, onGo });
  useEffect(() => dialog.current?.showModal(), []);
  const begin = () => {
    if (change === "by_hand") return onGo({ page: "play", ...linkTo(run), t: at / 1_000 });
    void forked.begin(deedOf(change, stand, fault));
  };
  return (
    <dialog ref={dialog} class="fork" aria-labelledby="fork-title" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <h2 id="fork-title">{say("fork-title", { time: formatMoment(at) })}</h2>
        <p>{say("fork-lead")}</p>
        <fieldset disabled={forked.progress !== null}>
          <legend class="visually-hidden">{say("fork-change")}</legend>
          {CHANGES.map((name) => (
            <label key={name} class="fork-change" data-change={name}>
              <input
                type="radio"
                name="change"
                value={name}
                checked={name === change}
                onChange={() => setChange(name)}
              />
              <span>{say(`fork-${name}`)}</span>
            </label>
          ))}
          {change === "person" && <StandChoice stand={stand} onChange={setStand} />}
          {change === "fault" && <FaultChoice fault={fault} onChange={setFault} />}
        </fieldset>
        {forked.error && <FailureLine error={forked.error} />}
        {forked.progress !== null && (
          <label class="working-on">
            <span>{say("fork-running")}</span>
            <progress max={replay.length} value={forked.progress} />
          </label>
        )}
        <div class="dialog-deeds">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              forked.cancel();
              onClose();
            }}
          >
            {say("app-cancel")}
          </button>
          <button type="submit" class="primary" disabled={forked.progress !== null}>
            {say(change === "by_hand" ? "fork-take_over" : "fork-go")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function deedOf(change: ChangeName, stand: Stand, fault: string): DeedNow {
  switch (change) {
    case "person":
      return { stand };
    case "slip":
      return { slip: true };
    case "fault":
      return { fault: { id: fault } };
    case "forget":
      return { forget: "cash" };
    case "by_hand":
      return { by_hand: true };
  }
}

/** Runs the changed plan; `progress` is null while nothing runs. */
function useForking({ replay, run, at, onGo }: Omit<Props, "onClose">) {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const cancelling = useCancelling();
  const begin = async (deed: DeedNow) => {
    setError(null);
    setProgress(0);
    try {
      const plan = forkedPlan(planOfTrace(replay.trace), at, [deed]);
      const made = await runHere(() => Promise.resolve(plan), setProgress, cancelling.begin());
      onGo({ ...linkTo(run), with: made.id, t: at / 1_000 });
    } catch (caught) {
      setProgress(null);
      if (caught instanceof Cancelled) return;
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    }
  };
  return { progress, error, begin, cancel: cancelling.cancel };
}
