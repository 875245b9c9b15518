/** One scenario of the shelf. @module */
import { useEffect, useRef } from "preact/hooks";
import type { ScenarioInfo } from "../api.ts";
import { Failure } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { ScenarioSign } from "./scenario_sign.tsx";

interface Props {
  readonly scenario: ScenarioInfo;
  readonly running: boolean;
  readonly disabled: boolean;
  /** Why it could not be run. */
  readonly error: Error | null;
  readonly onRun: () => void;
  readonly onPlay?: () => void;
}

export function ScenarioCard({ scenario, running, disabled, error, onRun, onPlay }: Props) {
  const say = useSay();
  const card = useRef<HTMLLIElement>(null);
  // The button that was pressed could not keep the focus: it goes on where the same can be tried again.
  useEffect(() => card.current?.querySelector<HTMLElement>(".failure button")?.focus(), [error]);
  const language = useLanguage();
  return (
    <li class="card" ref={card} data-scenario={scenario.id} data-running={running}>
      <ScenarioSign id={scenario.id} />
      <h2>{scenario.title[language]}</h2>
      <p class="card-story">{scenario.story[language]}</p>
      <details class="card-source">
        <summary>{say("home-source")}</summary>
        <pre lang="en" tabIndex={0}>{scenario.source}</pre>
      </details>
      <div class="card-deeds">
        <button type="button" class="primary" disabled={disabled} onClick={onRun}>
          {running && <i class="spinner" />}
          {say(running ? "home-running" : "home-run")}
        </button>
        {onPlay && (
          <button type="button" class="quiet" disabled={disabled} onClick={onPlay}>
            {say("home-play")}
          </button>
        )}
      </div>
      {error && <Failure error={error} onRetry={onRun} />}
    </li>
  );
}
