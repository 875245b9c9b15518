/**
 * A campaign in this tab: many runs, judged by every oracle; live counts, coverage, and what failed with
 * its smallest plan, one click from its replay.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { formatInteger } from "../../../core/locale/mod.ts";
import "../../../core/locale/pages.ts";
import type { CampaignReport } from "../../../sim/campaign/mod.ts";
import type { Campaigned, CampaignOrder, ShrunkFailure } from "../../twin/protocol.ts";
import { Cancelled, unlessAborted, useCancelling } from "../cancelling.ts";
import { Failure } from "../failure.tsx";
import { useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import { linkTo, type PageProps } from "../pages.tsx";
import { Empty, Panel } from "../panels/panel.tsx";
import { shelve } from "../twin/local_runs.ts";
import { openTwin } from "../twin/open_twin.ts";
import { CoverageTable } from "./coverage_table.tsx";
import { OrderForm } from "./order_form.tsx";

/** Coming back from a replay finds the campaign as it was. */
let last: { readonly order: CampaignOrder; readonly campaigned: Campaigned } | null = null;

export function CampaignPage({ link, onGo }: PageProps) {
  const say = useSay();
  const campaign = useCampaign();
  const { report, order } = campaign;
  const watch = (failure: ShrunkFailure) =>
    onGo(linkTo(shelve(failure.result, order.mutant === null ? "keep" : "only_here")));
  return (
    <main class="campaign">
      <header class="edit-head">
        <PageTitle name={say("page-campaign")} />
        <p>{say("campaign-lead")}</p>
      </header>
      <OrderForm
        order={{ ...order, seed: link.seed ?? order.seed }}
        running={campaign.running}
        onStart={campaign.start}
        onStop={campaign.stop}
      />
      {campaign.error && <Failure error={campaign.error} onRetry={() => campaign.start(order)} />}
      {campaign.running && (
        <label class="working-on">
          <span role="status">
            {say(report === null ? "play-opening" : "campaign-running")}
          </span>
          <progress {...(report === null ? {} : { max: order.runs, value: report.runs })} />
        </label>
      )}
      {report === null
        ? !campaign.running && <Empty text={say("campaign-none")} />
        : <Found report={report} failures={campaign.failures} onWatch={watch} />}
    </main>
  );
}

interface FoundProps {
  readonly report: CampaignReport;
  /** Null while it still runs. */
  readonly failures: readonly ShrunkFailure[] | null;
  readonly onWatch: (failure: ShrunkFailure) => void;
}

function Found({ report, failures, onWatch }: FoundProps) {
  const say = useSay();
  const { runs, sessions, runs_per_second, coverage } = report;
  const broken = Object.keys(report.broken).length;
  const facts = [
    ["campaign-runs", runs],
    ["campaign-sessions", sessions],
    ["campaign-rate", runs_per_second],
    ["campaign-met", Object.keys(coverage).length],
  ] as const;
  return (
    <>
      <dl class="campaign-facts" data-broken={broken}>
        {facts.map(([name, count]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{formatInteger(count)}</dd>
          </div>
        ))}
      </dl>
      <Panel
        name="failures"
        title={say("campaign-failures")}
        aside={
          <span class="badge" data-tone={broken === 0 ? "good" : "bad"} role="status">
            {broken === 0 ? say("campaign-quiet") : formatInteger(broken)}
          </span>
        }
      >
        {broken === 0 && <Empty text={say("campaign-no_failure")} />}
        {broken > 0 && failures === null && <Empty text={say("campaign-shrinking")} />}
        <ul class="failures">
          {(failures ?? []).map((failure) => (
            <li key={`${failure.oracle} ${failure.index}`}>
              <b lang="en">{failure.sentence}</b>
              <code lang="en">{failure.oracle}: {failure.finding}</code>
              <span>
                {say("campaign-shrunk", {
                  left: String(failure.entries[0]),
                  of: String(failure.entries[1]),
                })}
              </span>
              <button
                type="button"
                class="primary"
                data-deed="watch-failure"
                onClick={() => onWatch(failure)}
              >
                {say("edit-watch")}
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel name="coverage" title={say("campaign-coverage")}>
        <CoverageTable counts={coverage} />
      </Panel>
    </>
  );
}

const FIRST: CampaignOrder = { seed: 1, profile: "lite", runs: 200, mutant: null };

function useCampaign() {
  const [order, setOrder] = useState(last?.order ?? FIRST);
  const [report, setReport] = useState(last?.campaigned.report ?? null);
  const [failures, setFailures] = useState(last?.campaigned.failures ?? null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const cancelling = useCancelling();
  const start = async (wanted: CampaignOrder) => {
    setOrder(wanted);
    setReport(null);
    setFailures(null);
    setError(null);
    setRunning(true);
    try {
      const signal = cancelling.begin();
      const twin = await unlessAborted(signal, openTwin());
      const { done, stop } = twin.campaign(wanted, setReport);
      signal.addEventListener("abort", stop, { once: true });
      const campaigned = await done;
      last = { order: wanted, campaigned };
      setReport(campaigned.report);
      setFailures(campaigned.failures);
    } catch (caught) {
      if (caught instanceof Cancelled) return;
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setRunning(false);
    }
  };
  return { order, report, failures, running, error, start, stop: cancelling.cancel };
}
