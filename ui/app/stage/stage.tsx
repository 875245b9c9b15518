/**
 * One run on the stage: the ATM, what it sees, what it thinks, what is inside, and the scrubber that
 * moves all of it.
 *
 * @module
 */
import { memo } from "preact/compat";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Atm } from "../atm/atm.tsx";
import { CameraPanel } from "../camera/camera_panel.tsx";
import { ScoresPanel } from "../camera/scores_panel.tsx";
import type { DeepLink } from "../deep_link.ts";
import { LedgerPanel } from "../panels/ledger_panel.tsx";
import { LogPanel } from "../panels/log_panel.tsx";
import { MachinePanel } from "../panels/machine_panel.tsx";
import { MessagesPanel } from "../panels/messages_panel.tsx";
import { SessionPanel } from "../panels/session_panel.tsx";
import { Help } from "../playback/help.tsx";
import { Transport } from "../playback/transport.tsx";
import { useKeys } from "../playback/use_keys.ts";
import { type Playback, usePlayback } from "../playback/use_playback.ts";
import { markersOf, type Replay } from "../replay/mod.ts";

/** The scrubber moves at every frame, the moment only with an event: what shows no clock waits for it. */
const [Camera, Scores, Session] = [memo(CameraPanel), memo(ScoresPanel), memo(SessionPanel)];
const [Log, Machine] = [memo(LogPanel), memo(MachinePanel)];
const [Messages, Ledger] = [memo(MessagesPanel), memo(LedgerPanel)];

interface Props {
  readonly replay: Replay;
  readonly link: DeepLink;
  /** The moment shown, for the address. */
  readonly onMoment: (moment: Pick<DeepLink, "t" | "n" | "speed">) => void;
}

export function Stage({ replay, link, onMoment }: Props) {
  const start = useMemo(() => startOf(link), []);
  const playback = usePlayback(replay, start);
  const markers = useMemo(() => markersOf(replay.trace.lines), [replay]);
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const { position } = playback;
  const moment = useMemo(() => replay.momentAfter(position.n), [replay, position.n]);
  const actions = useMemo(() => ({
    replay,
    playback,
    markers,
    search: () => search.current?.focus(),
    help: () => setHelp(true),
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
          <Camera moment={moment} />
          <Scores moment={moment} />
          <Session moment={moment} />
        </div>
        <div class="stage-records">
          <Log
            replay={replay}
            current={position.n}
            onChoose={playback.seekLine}
            search={search}
          />
        </div>
        <div class="stage-insides">
          <Machine moment={moment} replay={replay} />
          <Messages moment={moment} replay={replay} onOpen={playback.seekLine} />
          <Ledger moment={moment} replay={replay} />
        </div>
      </main>
      <Transport
        replay={replay}
        playback={playback}
        markers={markers}
        onHelp={() => setHelp(true)}
      />
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** A linked moment stands still; a fresh run plays, unless the reader wants less motion. */
function startOf(link: DeepLink) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { t: link.t, n: link.n, speed: link.speed ?? 1, playing: link.t === null && !still };
}

/** Tells the address a quarter of a second after the scrubber came to rest, or each second of play. */
function useAddress(playback: Playback, onMoment: Props["onMoment"]): void {
  const { position, speed, playing } = playback;
  const beat = playing ? Math.floor(position.t / 1_000_000) : position.n;
  useEffect(() => {
    const tell = () => onMoment({ t: position.t / 1_000, n: playing ? null : position.n, speed });
    const timer = setTimeout(tell, 250);
    return () => clearTimeout(timer);
  }, [beat, speed, playing, playing ? 0 : position.t]);
}
