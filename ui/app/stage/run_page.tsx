/**
 * Loads one run and its trace, checks the chain, and puts it on the stage.
 *
 * @module
 */
import { formatSeconds, formatYuan, hasText } from "../../../core/locale/mod.ts";
import { fen, micros } from "../../../core/units.ts";
import { readTrace } from "../../../sim/trace/mod.ts";
import { ApiError, fetchRun, fetchTrace, type Run, startRun } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { Failure } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { Replay } from "../replay/mod.ts";
import { useLoaded } from "../use_loaded.ts";
import { Stage } from "./stage.tsx";

interface Props {
  readonly id: string;
  readonly link: DeepLink;
  /** The title of a scenario by its id, in the language of the dashboard. */
  readonly title: (scenario: string) => string | undefined;
  readonly onMoment: (moment: Pick<DeepLink, "t" | "n" | "speed">) => void;
}

export function RunPage({ id, link, title, onMoment }: Props) {
  const say = useSay();
  const [loaded, retry] = useLoaded(id, () => loadRun(id, link));
  switch (loaded.state) {
    case "loading":
      return <p class="loading" role="status">{say("app-loading")}</p>;
    case "failed":
      return <Failure error={loaded.error} onRetry={retry} />;
    case "loaded":
      return (
        <>
          <Result
            run={loaded.value.run}
            title={title(loaded.value.run.scenario) ?? loaded.value.run.scenario}
          />
          <Stage key={id} replay={loaded.value.replay} link={link} onMoment={onMoment} />
        </>
      );
  }
}

/** A trace whose chain is broken is not shown as if it were whole. */
async function loadRun(id: string, link: DeepLink): Promise<{ run: Run; replay: Replay }> {
  const run = await fetchRun(id).catch((error: unknown) => runAgain(id, link, error));
  const text = await fetchTrace(run.id);
  const reading = readTrace(text);
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.problem}`);
  return { run, replay: new Replay(reading.trace) };
}

/** A server that does not keep the linked run makes it again: a seed gives one root, so one id. */
async function runAgain(id: string, { scenario, seed }: DeepLink, error: unknown): Promise<Run> {
  const missing = error instanceof ApiError && error.status === 404;
  if (!missing || scenario === null || seed === null) throw error;
  const run = await startRun(scenario, seed);
  if (run.id !== id) throw new Error(`${scenario}, ${seed}: ${run.id} ≠ ${id}`);
  return run;
}

/** What came of the run, in one line. */
function Result({ run, title }: { readonly run: Run; readonly title: string }) {
  const say = useSay();
  const language = useLanguage();
  const name = (key: string, otherwise: string) => hasText(key) ? say(key) : otherwise;
  return (
    <section class="result" aria-label={say("panel-result")}>
      <h1>{title}</h1>
      <span class="outcome" data-outcome={run.outcome}>
        {name(`outcome-${run.outcome}`, run.outcome)}
      </span>
      <span class="result-reason">{name(`reason-${run.reason}`, run.reason)}</span>
      <dl class="result-facts">
        <div>
          <dt>{say("result-duration")}</dt>
          <dd>{formatSeconds(language, micros(Math.round(run.virtual_ms * 1_000)))}</dd>
        </div>
        <div>
          <dt>{say("result-cash")}</dt>
          <dd>{formatYuan(language, fen(run.cash_taken_fen))}</dd>
        </div>
        <div>
          <dt>{say("result-seed")}</dt>
          <dd>{run.seed}</dd>
        </div>
        <div>
          <dt>{say("result-root")}</dt>
          <dd>
            <code title={run.root}>{run.root.replace(/^sha256:/, "").slice(0, 12)}</code>
          </dd>
        </div>
      </dl>
      <details class="expectations">
        <summary class="badge" data-tone={run.ok ? "good" : "bad"}>
          {say(run.ok ? "result-expected" : "result-unexpected")}
        </summary>
        <ul>
          {run.expectations.map((expectation) => (
            <li key={expectation.text} data-ok={expectation.ok}>{expectation.text}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}
