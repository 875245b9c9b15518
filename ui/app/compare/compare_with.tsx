/** Chooses a second run to stand beside this one. @module */
import { useEffect, useState } from "preact/hooks";
import { hasText } from "../../../core/locale/mod.ts";
import { fetchRuns, type Run } from "../api.ts";
import type { DeepLink } from "../deep_link.ts";
import { useSay } from "../language.tsx";
import { linkTo } from "../pages.tsx";
import type { TitleOf } from "../run_title.ts";

interface Props {
  readonly run: Run;
  readonly title: TitleOf;
  readonly onGo: (link: Partial<DeepLink>) => void;
}

export function CompareWith({ run, title, onGo }: Props) {
  const say = useSay();
  const [others, setOthers] = useState<readonly Run[]>([]);
  useEffect(() => {
    // No other run is no failure: there is nothing to choose then.
    fetchRuns().then(
      (runs) => setOthers(runs.filter(({ id }) => id !== run.id)),
      () => setOthers([]),
    );
  }, [run.id]);
  if (others.length === 0) return null;
  const name = (other: Run) => {
    const { seed, outcome } = other;
    const came = hasText(`outcome-${outcome}`) ? say(`outcome-${outcome}`) : outcome;
    return `${title(other)} · ${seed} · ${came}`;
  };
  return (
    <label class="compare-with">
      <span class="visually-hidden">{say("compare-with")}</span>
      <select
        class="field"
        value=""
        onChange={(event) => onGo({ ...linkTo(run), with: event.currentTarget.value })}
      >
        <option value="">{say("compare-with")}</option>
        {others.slice(0, 40).map((other) => (
          <option key={other.id} value={other.id}>{name(other)}</option>
        ))}
      </select>
    </label>
  );
}
