/** One scenario of the shelf. @module */
import type { ScenarioInfo } from "../api.ts";
import { useLanguage, useSay } from "../language.tsx";
import { ScenarioSign } from "./scenario_sign.tsx";

interface Props {
  readonly scenario: ScenarioInfo;
  readonly running: boolean;
  readonly disabled: boolean;
  readonly onRun: () => void;
  readonly onPlay?: () => void;
}

export function ScenarioCard({ scenario, running, disabled, onRun, onPlay }: Props) {
  const say = useSay();
  const language = useLanguage();
  return (
    <li class="card" data-scenario={scenario.id} data-running={running}>
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
    </li>
  );
}
