/** Chooses a second run to stand beside this one. @module */
import { useEffect, useState } from "preact/hooks";
import { hasText } from "../../../core/locale/mod.ts";
import { fetchRuns, type Run } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { useFormat, useSay } from "../language.tsx";
import { linkTo } from "../pages.tsx";
import { shortRoot, type TitleOf } from "../run_title.ts";

interface Props {
  readonly run: Run;
  readonly title: TitleOf;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

export function CompareWith({ run, title, onGo }: Props) {
  const say = useSay();
  const format = useFormat();
  const [others, setOthers] = useState<readonly Run[]>([]);
  const [chosen, setChosen] = useState("");
  useEffect(() => {
    // No other run is no failure: there is nothing to choose then.
    fetchRuns().then(
      (runs) => setOthers(runs.filter(({ id }) => id !== run.id)),
      () => setOthers([]),
    );
  }, [run.id]);
  if (others.length === 0) return null;
  const name = (other: Run) => {
    const { seed, outcome, created_ms, root } = other;
    const came = hasText(`outcome-${outcome}`) ? say(`outcome-${outcome}`) : outcome;
    // Forks of one run differ in nothing but when they were made, and what they came to.
    const made = `${format.timeOfDay(created_ms)} · ${shortRoot(root)}`;
    return `${title(other)} · ${seed} · ${came} · ${made}`;
  };
  return (
    // Two steps: going through the list with the keys leads nowhere yet.
    <span class="compare-with">
      <select
        class="field"
        aria-label={say("compare-with")}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        <option value="">{say("compare-with")}</option>
        {others.slice(0, 40).map((other) => (
          <option key={other.id} value={other.id}>{name(other)}</option>
        ))}
      </select>
      {chosen !== "" && (
        <button
          type="button"
          class="quiet"
          data-deed="compare"
          onClick={() => onGo({ ...linkTo(run), with: chosen })}
        >
          {say("compare-go")}
        </button>
      )}
    </span>
  );
}
