/**
 * Be the customer: the machine waits for your hands, and what you do becomes a run like any other.
 *
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import { type Micros, seconds } from "../../../core/units.ts";
import { VISIT_S_MAX } from "../../../sim/plan/mod.ts";
import { ApiError } from "../api.ts";
import { Atm } from "../atm/atm.tsx";
import { CameraPanel } from "../camera/camera_panel.tsx";
import { ScoresPanel } from "../camera/scores_panel.tsx";
import { Failure } from "../failure.tsx";
import { planOfTrace, takenOver } from "../fork/fork_plan.ts";
import { useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import { linkTo, type PageProps } from "../pages.tsx";
import { LogPanel } from "../panels/log_panel.tsx";
import { SessionPanel } from "../panels/session_panel.tsx";
import type { Replay } from "../replay/mod.ts";
import { loadRun } from "../stage/load_run.ts";
import { Insides } from "../stage/tables.tsx";
import type { Twin } from "../twin/twin.ts";
import { HandsPanel } from "./hands_panel.tsx";
import { useHandKeys } from "./use_hand_keys.ts";
import { type Beginning, type Live, useLive } from "./use_live.ts";

export function PlayPage(props: PageProps) {
  const { link } = props;
  const [attempt, setAttempt] = useState(0);
  return (
    <Playing
      key={`${link.scenario} ${link.run} ${link.seed} ${link.t} ${attempt}`}
      onRetry={() => setAttempt(attempt + 1)}
      {...props}
    />
  );
}

interface PlayingProps extends PageProps {
  /** From the beginning, with the same link. */
  readonly onRetry: () => void;
}

function Playing({ link, scenarios, onGo, onRetry }: PlayingProps) {
  const say = useSay();
  const live = useLive(
    (twin) => beginningOf(twin, link, scenarios),
    (run) => onGo(linkTo(run)),
  );
  if (live.error !== null) {
    return <Failure alone error={live.error} onRetry={onRetry} />;
  }
  if (live.phase !== "running" || live.replay === null) {
    const done = live.phase === "catching_up" ? { max: live.from, value: live.now } : {};
    return (
      <main class="play-wait">
        <PageTitle class="visually-hidden" name={say("page-play")} />
        <label class="working-on">
          <span role="status">{say(`play-${live.phase}`)}</span>
          <progress {...done} />
        </label>
      </main>
    );
  }
  return <Machinery live={live} replay={live.replay} />;
}

/** The shelf's scenario without its customer; or a run, up to the moment where hands take over. */
async function beginningOf(
  twin: Twin,
  link: PageProps["link"],
  scenarios: PageProps["scenarios"],
): Promise<Beginning> {
  if (link.run !== null) {
    const { replay } = await loadRun(link.run, link);
    // A time beyond the end is the end, as on the stage.
    const at = Math.min(Math.round((link.t ?? 0) * 1_000), replay.length) as Micros;
    return { plan: takenOver(planOfTrace(replay.trace), at), from: at };
  }
  const named = (wanted: string) => scenarios.find(({ id }) => id === wanted);
  const chosen = link.scenario === null
    ? named("returning-customer") ?? scenarios[0]
    : named(link.scenario);
  if (chosen === undefined) throw new ApiError(422, `there is no scenario "${link.scenario}"`);
  const plan = await twin.plan(chosen.source, link.seed ?? 1);
  const scenario = { ...plan.scenario, customer: [], expect: [], deeds: [] };
  return { plan: { ...plan, scenario }, from: 0 as Micros };
}

function Machinery({ live, replay }: { readonly live: Live; readonly replay: Replay }) {
  const count = replay.trace.lines.length;
  const moment = useMemo(() => replay.momentAfter(count), [replay]);
  const hands = useMemo(() => ({
    touch: (control: string) => live.do({ touch: control }),
    press: (key: string) => live.do({ press: [key] }),
    takeCash: () => live.do({ take_cash: "all" }),
    takeReceipt: () => live.do({ take_receipt: true }),
  }), [live.do]);
  useHandKeys(hands.press);
  const nowhere = useMemo(() => () => {}, []);
  return (
    <>
      <PlayBar live={live} />
      <main class="stage" data-live>
        <div class="stage-atm">
          <Atm moment={moment} now={live.now} hands={hands} />
        </div>
        <div class="stage-senses">
          <HandsPanel live={live} moment={moment} />
          <CameraPanel
            look={moment.look}
            findings={moment.findings}
            assessed={moment.assessed}
          />
          <ScoresPanel assessed={moment.assessed} verified={moment.verified} />
        </div>
        <div class="stage-records">
          <LogPanel replay={replay} current={count} onChoose={nowhere} />
        </div>
        <div class="stage-session">
          <SessionPanel state={moment.state} visited={moment.visited} faults={moment.faults} />
        </div>
        <Insides moment={moment} replay={replay} onOpen={nowhere} />
      </main>
    </>
  );
}

/** When it is said that the visit is about to be over, in seconds before it is. */
const SOON_S = 60;

/** What the bar says of time, or how to begin. */
function leadOf({ passing, now }: Live): string {
  if (passing === "rests") return "play-rests";
  return now < seconds(VISIT_S_MAX - SOON_S) ? "play-lead" : "play-soon_over";
}

const PACES = [0, 0.25, 0.5, 1, 2, 5, 10] as const;

function PlayBar({ live }: { readonly live: Live }) {
  const say = useSay();
  const language = useLanguage();
  const title = live.plan?.scenario.title[language] ?? "";
  return (
    <section class="result play-bar" aria-label={say("page-play")}>
      <PageTitle name={`${title} · ${say("page-play")}`}>{title}</PageTitle>
      <span class="clock">
        <b>{formatMoment(live.now)}</b>
      </span>
      <label class="speed">
        <span class="visually-hidden">{say("time-speed")}</span>
        <select
          value={String(live.pace)}
          onChange={(event) => live.setPace(Number(event.currentTarget.value))}
        >
          {PACES.map((pace) => (
            <option key={pace} value={String(pace)}>
              {pace === 0 ? say("time-pause") : `${pace}×`}
            </option>
          ))}
        </select>
      </label>
      <span class="result-reason" role="status">
        {say(leadOf(live), { time: formatMoment(seconds(VISIT_S_MAX)) })}
      </span>
      <button type="button" class="primary" data-deed="end" onClick={live.end}>
        {say("play-end")}
      </button>
    </section>
  );
}
