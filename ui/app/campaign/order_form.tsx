/** Which runs are tried: how many, from which seed, how wild, and with which wrong part, if any. @module */
import { useEffect, useState } from "preact/hooks";
import type { CampaignOrder } from "../../twin/protocol.ts";
import { useSay } from "../language.tsx";
import { openTwin } from "../twin/open_twin.ts";

const PROFILES = ["lite", "swarm", "perf"] as const;
/** More is for the command line, on every core. */
const RUNS_MAX = 5_000;
const SEED_MAX = 0xffff_ffff;

interface Props {
  readonly order: CampaignOrder;
  readonly running: boolean;
  readonly onStart: (order: CampaignOrder) => void;
  readonly onStop: () => void;
}

export function OrderForm({ order: first, running, onStart, onStop }: Props) {
  const say = useSay();
  const [order, setOrder] = useState(first);
  const mutants = useMutants();
  // Numbers are read when it starts: a page that is drawn anew takes nothing away that is being typed.
  const number = (name: "seed" | "runs", most: number) => (
    <label>
      <span>{say(name === "seed" ? "home-seed" : "campaign-runs")}</span>
      <input
        class="field"
        type="number"
        min={name === "runs" ? 1 : 0}
        max={most}
        name={name}
        required
        defaultValue={first[name]}
      />
    </label>
  );
  return (
    <form
      class="campaign-order"
      onSubmit={(event) => {
        event.preventDefault();
        const said = new FormData(event.currentTarget);
        onStart({ ...order, runs: Number(said.get("runs")), seed: Number(said.get("seed")) });
      }}
    >
      {number("runs", RUNS_MAX)}
      {number("seed", SEED_MAX)}
      <label>
        <span>{say("campaign-profile")}</span>
        <select
          class="field"
          value={order.profile}
          onChange={(event) => {
            const profile = PROFILES.find((each) => each === event.currentTarget.value);
            if (profile !== undefined) setOrder({ ...order, profile });
          }}
        >
          {PROFILES.map((profile) => (
            <option key={profile} value={profile}>{say(`profile-${profile}`)}</option>
          ))}
        </select>
      </label>
      <label>
        <span>{say("campaign-mutant")}</span>
        <select
          class="field"
          value={order.mutant ?? ""}
          onChange={(event) => setOrder({ ...order, mutant: event.currentTarget.value || null })}
        >
          <option value="">{say("attack-none")}</option>
          {mutants.map((name) => <option key={name} value={name} lang="en">{name}</option>)}
        </select>
      </label>
      <StartOrStop running={running} onStop={onStop} />
    </form>
  );
}

/** Two buttons, by their keys: one that turned into the other while it is pressed would start again. */
function StartOrStop({ running, onStop }: Pick<Props, "running" | "onStop">) {
  const say = useSay();
  return running
    ? (
      <button key="stop" type="button" class="quiet" onClick={onStop}>
        {say("campaign-stop")}
      </button>
    )
    : <button key="start" type="submit" class="primary">{say("campaign-start")}</button>;
}

/** What the twin knows; nothing until it is open. */
function useMutants(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    openTwin().then((twin) => twin.mutants()).then(
      (names) => current && setNames(names),
      // The campaign itself will say what is wrong with the twin.
      () => current && setNames([]),
    );
    return () => {
      current = false;
    };
  }, []);
  return names;
}
