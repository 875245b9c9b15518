/**
 * The five questions to a trace, with their answers and the evidence for each.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../failure.tsx";
import { type Check, follow } from "../jobs.ts";
import { useSay } from "../language.tsx";

const QUESTIONS = ["chain", "models", "resimulation", "decisions", "oracles"] as const;

/** Answers that are there; a question without one is still being asked, or was not reached. */
export function Checks({ checks, asking }: {
  readonly checks: readonly Check[];
  readonly asking: boolean;
}) {
  const say = useSay();
  const next = QUESTIONS[checks.length];
  return (
    <ol class="checks">
      {checks.map(({ name, ok, evidence }) => {
        const verdict = ok === null ? "not_possible" : ok ? "proven" : "refused";
        return (
          <li key={name} data-check={name} data-verdict={verdict}>
            <b>{say(`check-${name}`)}</b>
            <span class="badge" data-tone={ok === null ? "neutral" : ok ? "good" : "bad"}>
              {say(`report-${verdict}`)}
            </span>
            <code lang="en">{evidence}</code>
          </li>
        );
      })}
      {asking && next !== undefined && (
        <li data-check={next} data-verdict="asked">
          <b>{say(`check-${next}`)}</b>
          <i class="spinner" />
        </li>
      )}
    </ol>
  );
}

export interface Asked {
  readonly checks: readonly Check[];
  readonly asking: boolean;
  readonly error: Error | null;
  readonly ask: () => Promise<void>;
  readonly stop: () => void;
}

/** The five questions, asked on demand: a verification runs the whole visit again. */
export function useVerification(run: string): Asked {
  const [checks, setChecks] = useState<readonly Check[]>([]);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const cancel = useRef(new AbortController());
  useEffect(() => () => cancel.current.abort(), []);
  const ask = async () => {
    cancel.current = new AbortController();
    setChecks([]);
    setError(null);
    setAsking(true);
    try {
      for await (
        const { name, data } of follow({ kind: "verification", run }, cancel.current.signal)
      ) {
        if (name === "check") setChecks((before) => [...before, data]);
        if (name === "end" && data.state === "failed") setError(new Error(data.detail));
      }
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setAsking(false);
    }
  };
  return { checks, asking, error, ask, stop: () => cancel.current.abort() };
}

/** Nobody is made to wait for it: it begins with a press. */
export function Verification({ run }: { readonly run: string }) {
  const say = useSay();
  const { checks, asking, error, ask, stop } = useVerification(run);
  return (
    <section class="audit-verification" aria-labelledby="audit-verification">
      <h2 id="audit-verification">{say("report-heading")}</h2>
      <p>{say("audit-verify_lead")}</p>
      {asking
        ? <button type="button" class="quiet" onClick={stop}>{say("audit-stop")}</button>
        : <button type="button" class="primary" onClick={ask}>{say("audit-verify")}</button>}
      <div aria-live="polite">
        {asking && <span class="visually-hidden">{say("audit-verifying")}</span>}
        <Checks checks={checks} asking={asking} />
      </div>
      {error && <Failure error={error} onRetry={ask} />}
    </section>
  );
}
