/**
 * Two runs side by side under one scrubber, and the first moment at which they part.
 *
 * @module
 */
import type { RefObject } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { formatMoment, hasText } from "../../../core/locale/mod.ts";
import type { Micros } from "../../../core/units.ts";
import { Atm } from "../atm/atm.tsx";
import { CameraPanel } from "../camera/camera_panel.tsx";
import { Failure } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { ChangesPanel } from "../panels/changes_panel.tsx";
import { describe } from "../panels/describe.ts";
import { PageTitle } from "../page_title.tsx";
import type { PageProps } from "../pages.tsx";
import { LogPanel } from "../panels/log_panel.tsx";
import { PanelsOf } from "../panels/panel.tsx";
import { Help } from "../playback/help.tsx";
import { Transport } from "../playback/transport.tsx";
import { PARTING_ROW, useKeys } from "../playback/use_keys.ts";
import { usePlayback } from "../playback/use_playback.ts";
import { changesBetween, type Moment, type Replay, snapshotOf } from "../replay/mod.ts";
import { type LoadedRun, loadRun, titleOf } from "../stage/load_run.ts";
import { startOf, useAddress } from "../stage/moment_link.ts";
import { KeptBadge } from "../twin/kept_badge.tsx";
import { useLoaded } from "../use_loaded.ts";
import { Pair } from "./pair.ts";

interface CompareProps extends PageProps {
  readonly run: string;
}

export function ComparePage(props: CompareProps) {
  const say = useSay();
  const { run, link } = props;
  const other = link.with ?? run;
  const [loaded, retry] = useLoaded(`${run} ${other}`, async () => {
    const [left, right] = await Promise.all([
      loadRun(run, link),
      loadRun(other, { scenario: null, seed: null }),
    ]);
    return { left, right };
  });
  switch (loaded.state) {
    case "loading":
      return <p class="loading" role="status">{say("app-loading")}</p>;
    case "failed":
      return <Failure alone error={loaded.error} onRetry={retry} />;
    case "loaded":
      return <Compared key={props.arrival} {...props} {...loaded.value} />;
  }
}

interface ComparedProps extends CompareProps {
  readonly left: LoadedRun;
  readonly right: LoadedRun;
}

function Compared({ left, right, link, onLink }: ComparedProps) {
  const say = useSay();
  const language = useLanguage();
  const pair = useMemo(() => new Pair(left.replay, right.replay), [left, right]);
  const playback = usePlayback(pair.longer, useMemo(() => startOf(link), []));
  const markers = pair.markers;
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const { position } = playback;
  const [n, m] = pair.counts(position);
  const [one, two] = [useMoment(left.replay, n), useMoment(right.replay, m)];
  const changes = useMemo(
    () => changesBetween(snapshotOf(one), snapshotOf(two)),
    [one, two],
  );
  const names = [left, right].map((run) => titleOf(run, language));
  const parting = () => playback.seekLine(pair.firstOwnLine);
  useKeys(useMemo(() => ({
    replay: pair.longer,
    playback,
    markers,
    search: () => search.current?.focus(),
    help: () => setHelp(true),
    ...(pair.parts === null ? {} : { parting }),
  }), [pair, playback]));
  useAddress(playback, onLink);
  const { seekLine } = playback;
  const goTo = useMemo(() => {
    const of = (replay: Replay) => (line: number) =>
      seekLine(
        replay === pair.longer ? line : pair.longer.countAt(replay.line(line).t as Micros),
      );
    return { a: of(left.replay), b: of(right.replay) };
  }, [pair, seekLine]);
  return (
    <>
      <Parting pair={pair} name={names.join(" | ")} onGo={parting} />
      <main class="compare">
        {([[left, one, n, "a"], [right, two, m, "b"]] as const).map((
          [run, moment, current, side],
        ) => (
          <Side
            key={side}
            {...{ side, run, moment, current }}
            name={titleOf(run, language)}
            now={position.t}
            parting={pair.shared}
            onChoose={goTo[side]}
            {...(side === "a" ? { search } : {})}
          />
        ))}
        <div class="compare-changes">
          <ChangesPanel title={say("compare-now")} changes={changes} left="A" right="B" />
        </div>
      </main>
      <Transport
        replay={pair.longer}
        playback={playback}
        markers={markers}
        onHelp={() => setHelp(true)}
      />
      <Help
        open={help}
        onClose={() => setHelp(false)}
        own={pair.parts === null ? null : PARTING_ROW}
      />
    </>
  );
}

function useMoment(replay: Replay, n: number): Moment {
  return useMemo(() => replay.momentAfter(n), [replay, n]);
}

interface PartingProps {
  readonly pair: Pair;
  /** What the two are called together. */
  readonly name: string;
  readonly onGo: () => void;
}

/** Where they part, and what each says there. */
function Parting({ pair, name, onGo }: PartingProps) {
  const say = useSay();
  const language = useLanguage();
  const { parts } = pair;
  if (parts === null) {
    return (
      <section class="parting" data-same="true" aria-label={say("compare-same")}>
        <PageTitle name={name}>{say("compare-same")}</PageTitle>
      </section>
    );
  }
  const says = (line: typeof parts.left) => {
    if (line === null) return say("compare-over");
    const { title, detail } = describe(line, language);
    return `${title} ${detail}`;
  };
  return (
    <section class="parting" data-same="false" aria-label={say("compare-parting")}>
      <PageTitle name={name}>{say("compare-parting")}</PageTitle>
      <button type="button" class="link" onClick={onGo}>
        {formatMoment(parts.t)} · {say("compare-line", { line: String(pair.shared + 1) })}
      </button>
      <span class="parting-said" data-side="a">
        <b>A</b> {says(parts.left)}
      </span>
      <span class="parting-said" data-side="b">
        <b>B</b> {says(parts.right)}
      </span>
    </section>
  );
}

interface SideProps extends SideHeadProps {
  readonly moment: Moment;
  readonly now: Micros;
  /** The last line written. */
  readonly current: number;
  readonly parting: number;
  readonly onChoose: (n: number) => void;
  readonly search?: RefObject<HTMLInputElement | null>;
}

function Side({ side, run, name, moment, now, ...log }: SideProps) {
  return (
    <section class="compare-side" data-side={side} aria-label={name}>
      <SideHead {...{ side, run, name }} />
      <Atm moment={moment} now={now} />
      <PanelsOf.Provider value={`side-${side}`}>
        <CameraPanel
          look={moment.look}
          findings={moment.findings}
          assessed={moment.assessed}
          id={`camera-${side}`}
        />
        <LogPanel id={`log-${side}`} replay={run.replay} {...log} />
      </PanelsOf.Provider>
    </section>
  );
}

interface SideHeadProps {
  readonly side: "a" | "b";
  readonly run: LoadedRun;
  readonly name: string;
}

function SideHead({ side, run: { run }, name }: SideHeadProps) {
  const say = useSay();
  const text = (key: string, otherwise: string) => hasText(key) ? say(key) : otherwise;
  return (
    <header class="compare-head">
      <b class="compare-letter" id={`side-${side}`}>{side.toUpperCase()}</b>
      <h2>{name}</h2>
      <span class="outcome" data-outcome={run.outcome}>
        {text(`outcome-${run.outcome}`, run.outcome)}
      </span>
      <span class="result-reason">{text(`reason-${run.reason}`, run.reason)}</span>
      <KeptBadge id={run.id} />
    </header>
  );
}
