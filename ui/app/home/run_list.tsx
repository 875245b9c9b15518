/** The kept runs, newest first. @module */
import { hasText } from "../../../core/locale/mod.ts";
import type { Run, ScenarioInfo } from "../api.ts";
import { durationOf } from "../duration.ts";
import { useFormat, useLanguage, useSay } from "../language.tsx";
import { titlesFrom } from "../run_title.ts";
import type { Loaded } from "../use_loaded.ts";
import { VERDICT_TONES, verdictOf } from "../verdict.ts";

/** Rows on the page: the shelf is for choosing, not for archives. */
const SHOWN_MAX = 12;

interface Props {
  readonly runs: Loaded<readonly Run[]>;
  readonly scenarios: Loaded<readonly ScenarioInfo[]>;
  readonly onOpen: (run: Run) => void;
}

export function RunList({ runs, scenarios, onOpen }: Props) {
  const say = useSay();
  const language = useLanguage();
  if (runs.state !== "loaded") return null;
  const known = scenarios.state === "loaded" ? scenarios.value : [];
  const title = titlesFrom(known, language);
  return (
    <section class="runs">
      <h2>{say("home-runs")}</h2>
      {runs.value.length === 0 && <p class="empty">{say("home-no_runs")}</p>}
      <ul>
        {runs.value.slice(0, SHOWN_MAX).map((run) => (
          <li key={run.id}>
            <button type="button" onClick={() => onOpen(run)}>
              <InShort run={run} title={title(run)} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function InShort({ run, title }: { readonly run: Run; readonly title: string }) {
  const say = useSay();
  const format = useFormat();
  const { name, length } = durationOf(run);
  const verdict = verdictOf(run);
  return (
    <>
      <span class="outcome" data-outcome={run.outcome}>
        {hasText(`outcome-${run.outcome}`) ? say(`outcome-${run.outcome}`) : run.outcome}
      </span>
      <span class="runs-title">{title}</span>
      <span>
        {name === "result-whole_run" && say(name)} {format.seconds(length)}
      </span>
      <span>{say("result-seed")} {run.seed}</span>
      <time>
        {format.date(run.created_ms)} {format.timeOfDay(run.created_ms)}
      </time>
      <span class="badge" data-tone={VERDICT_TONES[verdict]}>{say(`result-${verdict}`)}</span>
    </>
  );
}
