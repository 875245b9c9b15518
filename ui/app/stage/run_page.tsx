/**
 * Loads one run and its trace, checks the chain, and puts it on the stage.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { hasText } from "../../../core/locale/mod.ts";
import { fen } from "../../../core/units.ts";
import type { Run } from "../api.ts";
import { CompareWith } from "../compare/compare_with.tsx";
import { durationOf } from "../duration.ts";
import { ExportMenu } from "../export/export_menu.tsx";
import { Failure } from "../failure.tsx";
import { useFormat, useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { PageProps } from "../pages.tsx";
import { shortRoot, titlesFrom } from "../run_title.ts";
import { KeptBadge } from "../twin/kept_badge.tsx";
import { useLoaded } from "../use_loaded.ts";
import { VERDICT_TONES, verdictOf } from "../verdict.ts";
import { loadRun, titleOf } from "./load_run.ts";
import { Stage } from "./stage.tsx";

interface Props extends PageProps {
  readonly id: string;
}

export function RunPage({ id, link, arrival, scenarios, onLink, onGo }: Props) {
  const say = useSay();
  const language = useLanguage();
  const [loaded, retry] = useLoaded(id, () => loadRun(id, link));
  switch (loaded.state) {
    case "loading":
      return <p class="loading" role="status">{say("app-loading")}</p>;
    case "failed":
      return <Failure alone error={loaded.error} onRetry={retry} />;
    case "loaded":
      return (
        <>
          <Result
            run={loaded.value.run}
            title={titleOf(loaded.value, language)}
          >
            <CompareWith
              run={loaded.value.run}
              title={titlesFrom(scenarios, language)}
              onGo={onGo}
            />
            <ExportMenu run={loaded.value.run} replay={loaded.value.replay} />
          </Result>
          <Stage
            key={`${id} ${arrival}`}
            replay={loaded.value.replay}
            link={link}
            onMoment={onLink}
            fork={{ run: loaded.value.run, onGo }}
          />
        </>
      );
  }
}

/** What came of the run, in one line. */
interface ResultProps {
  readonly run: Run;
  readonly title: string;
  /** What can be done with it. */
  readonly children: ComponentChildren;
}

function Result({ run, title, children }: ResultProps) {
  const say = useSay();
  const format = useFormat();
  const duration = durationOf(run);
  const verdict = verdictOf(run);
  const name = (key: string, otherwise: string) => hasText(key) ? say(key) : otherwise;
  return (
    <section class="result" aria-label={say("panel-result")}>
      <PageTitle name={title} />
      <span class="outcome" data-outcome={run.outcome}>
        {name(`outcome-${run.outcome}`, run.outcome)}
      </span>
      <span class="result-reason">{name(`reason-${run.reason}`, run.reason)}</span>
      <dl class="result-facts">
        <div>
          <dt>{say(duration.name)}</dt>
          <dd>{format.seconds(duration.length)}</dd>
        </div>
        <div>
          <dt>{say("result-cash")}</dt>
          <dd>{format.yuan(fen(run.cash_taken_fen))}</dd>
        </div>
        <div>
          <dt>{say("result-seed")}</dt>
          <dd>{run.seed}</dd>
        </div>
        <div>
          <dt>{say("result-root")}</dt>
          <dd>
            <code title={run.root}>{shortRoot(run.root)}</code>
          </dd>
        </div>
      </dl>
      <KeptBadge id={run.id} />
      <details class="expectations">
        <summary class="badge" data-tone={VERDICT_TONES[verdict]}>
          {say(`result-${verdict}`)}
        </summary>
        <ul lang="en">
          {run.expectations.map((expectation) => (
            <li key={expectation.text} data-ok={expectation.ok}>{expectation.text}</li>
          ))}
        </ul>
      </details>
      {children}
    </section>
  );
}
