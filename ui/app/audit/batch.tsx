/**
 * A scenario with many seeds: long work that shows how far it is and can be cancelled.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ScenarioInfo } from "../api.ts";
import { Failure } from "../failure.tsx";
import { follow } from "../jobs.ts";
import { useLanguage, useSay } from "../language.tsx";

const COUNT_MAX = 500;
const SEED_MAX = 0xffff_ffff;

interface Props {
  readonly scenarios: readonly ScenarioInfo[];
  /** Something was kept: read again. */
  readonly onKept: () => void;
}

interface Progress {
  readonly done: number;
  readonly of: number;
}

export function Batch({ scenarios, onKept }: Props) {
  const say = useSay();
  const language = useLanguage();
  const [scenario, setScenario] = useState(scenarios[0]?.id ?? "");
  const [seed, setSeed] = useState(1);
  const [count, setCount] = useState(10);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [ended, setEnded] = useState<"done" | "cancelled" | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const cancel = useRef(new AbortController());
  useEffect(() => () => cancel.current.abort(), []);
  const start = async () => {
    cancel.current = new AbortController();
    setError(null);
    setEnded(null);
    setProgress({ done: 0, of: count });
    const job = { kind: "runs", scenario, seed, count } as const;
    try {
      for await (const { name, data } of follow(job, cancel.current.signal)) {
        if (name === "progress") setProgress(data);
        if (name !== "end") continue;
        if (data.state === "failed") setError(new Error(data.detail));
        else setEnded(data.state);
      }
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setProgress(null);
      onKept();
    }
  };
  return (
    <form
      class="audit-batch"
      aria-label={say("audit-batch")}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <label>
        <span>{say("audit-scenario")}</span>
        <select value={scenario} onChange={(event) => setScenario(event.currentTarget.value)}>
          {scenarios.map(({ id, title }) => <option key={id} value={id}>{title[language]}</option>)}
        </select>
      </label>
      <Count name={say("audit-first_seed")} value={seed} min={0} max={SEED_MAX} on={setSeed} />
      <Count name={say("audit-times")} value={count} min={1} max={COUNT_MAX} on={setCount} />
      {progress === null ? <button type="submit" class="primary">{say("audit-start")}</button> : (
        <>
          <progress value={progress.done} max={progress.of} aria-label={say("home-running")} />
          <output>{progress.done} / {progress.of}</output>
          <button type="button" class="quiet" onClick={() => cancel.current.abort()}>
            {say("audit-stop")}
          </button>
        </>
      )}
      {ended === "cancelled" && <p role="status">{say("audit-stopped")}</p>}
      {error && <Failure error={error} onRetry={start} />}
    </form>
  );
}

interface CountProps {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly on: (value: number) => void;
}

function Count({ name, value, min, max, on }: CountProps) {
  return (
    <label>
      <span>{name}</span>
      <input
        type="number"
        {...{ value, min, max }}
        onInput={(event) => {
          const number = Math.trunc(Number(event.currentTarget.value));
          on(Math.min(max, Math.max(min, Number.isFinite(number) ? number : min)));
        }}
      />
    </label>
  );
}
