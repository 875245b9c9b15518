/**
 * What changed: between the event before and now, or between a moment that was held and now.
 *
 * @module
 */
import { memo } from "preact/compat";
import { useMemo, useState } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import { useSay } from "../language.tsx";
import { changesBetween, type Moment, type Replay, snapshotOf } from "../replay/mod.ts";
import { ChangesPanel } from "./changes_panel.tsx";

interface Props {
  readonly moment: Moment;
  readonly replay: Replay;
}

export const MomentsPanel = memo(function MomentsPanel({ moment, replay }: Props) {
  const say = useSay();
  const [held, setHeld] = useState<Moment | null>(null);
  const before = useMemo(
    () => held ?? replay.momentAfter(moment.n - 1),
    [held, replay, moment.n],
  );
  const changes = useMemo(
    () => changesBetween(snapshotOf(before), snapshotOf(moment)),
    [before, moment],
  );
  return (
    <ChangesPanel
      title={say("panel-changes")}
      changes={changes}
      left={held === null
        ? say("changes-before")
        : `${say("changes-held")} ${formatMoment(held.t)}`}
      right={`${say("changes-now")} ${formatMoment(moment.t)}`}
      aside={
        <button
          type="button"
          class="quiet"
          aria-pressed={held !== null}
          onClick={() => setHeld(held === null ? moment : null)}
        >
          {say(held === null ? "changes-hold" : "changes-release")}
        </button>
      }
    />
  );
});
