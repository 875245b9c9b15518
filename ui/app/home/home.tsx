/**
 * The shelf: every scenario with its story, and the runs that are kept.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { fetchRuns, type ScenarioInfo, startRun } from "../api.ts";
import { Cancelled, unlessAborted, useCancelling } from "../cancelling.ts";
import type { DeepLink } from "../deep_link.ts";
import { Failure } from "../failure.tsx";
import { useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import { linkTo, type Pages } from "../pages.tsx";
import { type Loaded, useLoaded } from "../use_loaded.ts";
import { RunList } from "./run_list.tsx";
import { ScenarioCard } from "./scenario_card.tsx";
import { toneOf, TONES } from "./scenario_sign.tsx";

interface Props {
  readonly scenarios: Loaded<readonly ScenarioInfo[]>;
  readonly pages: Pages;
  readonly onRetry: () => void;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

const SEED_MAX = 0xffff_ffff;

export function Home({ scenarios, pages, onRetry, onGo }: Props) {
  const say = useSay();
  const [runs] = useLoaded("runs", fetchRuns);
  const [seed, setSeed] = useState(1);
  const [running, setRunning] = useState<string | null>(null);
  const [error, setError] = useState<ShelfProps["failed"]>(null);
  const cancelling = useCancelling();
  const start = async (id: string) => {
    setRunning(id);
    setError(null);
    try {
      onGo(linkTo(await unlessAborted(cancelling.begin(), startRun({ scenario: id }, seed))));
    } catch (caught) {
      if (caught instanceof Cancelled) return;
      setError({ id, error: caught instanceof Error ? caught : new Error(String(caught)) });
    } finally {
      setRunning(null);
    }
  };
  return (
    <main class="home">
      <header class="home-head">
        <div>
          <PageTitle name={say("home-heading")} />
          <p>{say("home-lead")}</p>
        </div>
        <label class="seed">
          <span>{say("home-seed")}</span>
          <input
            type="number"
            min={0}
            max={SEED_MAX}
            value={seed}
            onInput={(event) => setSeed(seedOf(event.currentTarget.value))}
          />
        </label>
      </header>
      <Shelf
        scenarios={scenarios}
        running={running}
        failed={error}
        onRetry={onRetry}
        onRun={start}
        {...("play" in pages
          ? { onPlay: (scenario) => onGo({ page: "play", scenario, seed }) }
          : {})}
      />
      <RunList runs={runs} scenarios={scenarios} onOpen={(run) => onGo(linkTo(run))} />
      <p class="home-note">{say("app-synthetic")}</p>
    </main>
  );
}

interface ShelfProps {
  readonly scenarios: Loaded<readonly ScenarioInfo[]>;
  readonly running: string | null;
  /** The scenario that could not be run, and why. */
  readonly failed: { readonly id: string; readonly error: Error } | null;
  readonly onRetry: () => void;
  readonly onRun: (id: string) => void;
  /** Absent: nobody can take part on this page. */
  readonly onPlay?: (id: string) => void;
}

function Shelf({ scenarios, running, failed, onRetry, onRun, onPlay }: ShelfProps) {
  const say = useSay();
  if (scenarios.state === "failed") return <Failure error={scenarios.error} onRetry={onRetry} />;
  if (scenarios.state === "loading") {
    return (
      <ul class="shelf" aria-label={say("app-loading")}>
        {[1, 2, 3, 4, 5, 6].map((card) => <li key={card} class="card card-ghost" />)}
      </ul>
    );
  }
  if (scenarios.value.length === 0) return <p class="empty">{say("home-no_scenarios")}</p>;
  return (
    <ul class="shelf">
      {gentleFirst(scenarios.value).map((scenario) => (
        <ScenarioCard
          key={scenario.id}
          scenario={scenario}
          running={running === scenario.id}
          disabled={running !== null}
          error={failed?.id === scenario.id ? failed.error : null}
          onRun={() => onRun(scenario.id)}
          {...(onPlay === undefined ? {} : { onPlay: () => onPlay(scenario.id) })}
        />
      ))}
    </ul>
  );
}

/** What a newcomer looks at first: the ordinary visit, the first one, and that in Tibetan. */
const ORDINARY = ["returning", "first", "tibetan"];

/** Ordinary visits, then odd ones, then attacks and failures: the order to learn in. */
export function gentleFirst(scenarios: readonly ScenarioInfo[]): readonly ScenarioInfo[] {
  const order = ({ id }: ScenarioInfo) => {
    const ordinary = ORDINARY.findIndex((word) => id.startsWith(word));
    return ordinary < 0 ? ORDINARY.length + TONES.indexOf(toneOf(id)) : ordinary;
  };
  return scenarios.toSorted((a, b) => order(a) - order(b));
}

function seedOf(text: string): number {
  const seed = Math.trunc(Number(text));
  return Number.isFinite(seed) ? Math.min(SEED_MAX, Math.max(0, seed)) : 1;
}
