/**
 * One run on the stage: the ATM, what it sees, what it thinks, what is inside, and the scrubber that
 * moves all of it.
 *
 * @module
 */
import { useMemo, useRef, useState } from "preact/hooks";
import { Atm } from "../atm/atm.tsx";
import { CameraPanel } from "../camera/camera_panel.tsx";
import { PlotPanel } from "../camera/plot_panel.tsx";
import { ScoresPanel } from "../camera/scores_panel.tsx";
import type { DeepLink } from "../deep_link.ts";
import { LogPanel } from "../panels/log_panel.tsx";
import { SessionPanel } from "../panels/session_panel.tsx";
import { Help } from "../playback/help.tsx";
import { Transport } from "../playback/transport.tsx";
import { FORK_ROW, useKeys } from "../playback/use_keys.ts";
import { usePlayback } from "../playback/use_playback.ts";
import { markersOf, type Replay } from "../replay/mod.ts";
import { ForkHere, type Forking } from "./fork_here.tsx";
import { startOf, useAddress } from "./moment_link.ts";
import { Tables } from "./tables.tsx";

interface Props {
  readonly replay: Replay;
  readonly link: DeepLink;
  /** The moment shown, for the address. */
  readonly onMoment: (moment: Pick<DeepLink, "t" | "n" | "speed">) => void;
  readonly fork: Forking;
}

export function Stage({ replay, link, onMoment, fork }: Props) {
  const start = useMemo(() => startOf(link), []);
  const playback = usePlayback(replay, start);
  const markers = useMemo(() => markersOf(replay.trace.lines), [replay]);
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const [forking, setForking] = useState(false);
  const { position } = playback;
  const moment = useMemo(() => replay.momentAfter(position.n), [replay, position.n]);
  const actions = useMemo(() => ({
    replay,
    playback,
    markers,
    search: () => search.current?.focus(),
    help: () => setHelp(true),
    fork: () => {
      // It is forked where it stands: what plays would go on behind the dialog.
      if (playback.playing) playback.toggle();
      setForking(true);
    },
  }), [replay, playback, markers]);
  useKeys(actions);
  useAddress(playback, onMoment);
  return (
    <>
      <main class="stage">
        <div class="stage-atm">
          <Atm moment={moment} now={position.t} />
        </div>
        <div class="stage-senses">
          <CameraPanel
            look={moment.look}
            findings={moment.findings}
            assessed={moment.assessed}
          />
          <ScoresPanel assessed={moment.assessed} verified={moment.verified} />
          <PlotPanel replay={replay} now={position.t} onChoose={playback.seekLine} />
        </div>
        <div class="stage-session">
          <SessionPanel state={moment.state} visited={moment.visited} faults={moment.faults} />
        </div>
        <div class="stage-records">
          <LogPanel
            replay={replay}
            current={position.n}
            onChoose={playback.seekLine}
            search={search}
          />
        </div>
        <Tables moment={moment} replay={replay} onOpen={playback.seekLine} />
      </main>
      <Transport
        replay={replay}
        playback={playback}
        markers={markers}
        onHelp={() => setHelp(true)}
        onFork={actions.fork}
      />
      {forking && (
        <ForkHere
          replay={replay}
          at={position.t}
          onClose={() => setForking(false)}
          {...fork}
        />
      )}
      <Help open={help} onClose={() => setHelp(false)} own={FORK_ROW} />
    </>
  );
}
