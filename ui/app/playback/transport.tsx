/** The bar at the foot of the stage: buttons, clock, speed, time line. @module */
import { useState } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import { useSay } from "../language.tsx";
import type { Marker, Replay } from "../replay/mod.ts";
import { copied } from "./copied.ts";
import { Timeline } from "./timeline.tsx";
import { type Playback, SPEEDS } from "./use_playback.ts";

interface Props {
  readonly replay: Replay;
  readonly playback: Playback;
  readonly markers: readonly Marker[];
  readonly onHelp: () => void;
  readonly onFork?: () => void;
}

export function Transport({ replay, playback, markers, onHelp, onFork }: Props) {
  const say = useSay();
  const { position, playing, seek, seekLine, toggle } = playback;
  const last = replay.trace.lines.length;
  return (
    <footer class="transport">
      <div class="transport-row">
        <div class="buttons">
          <IconButton name="first" text={say("time-first")} onClick={() => seek(0)} />
          <IconButton
            name="previous"
            text={say("time-previous")}
            onClick={() => seekLine(position.n - 1)}
          />
          <IconButton
            name={playing ? "pause" : "play"}
            text={say(playing ? "time-pause" : "time-play")}
            onClick={toggle}
          />
          <IconButton
            name="next"
            text={say("time-next")}
            onClick={() => seekLine(position.n + 1)}
          />
          <IconButton name="last" text={say("time-last")} onClick={() => seekLine(last)} />
        </div>
        <span class="clock">
          <b>{formatMoment(position.t)}</b>
          <span>/ {formatMoment(replay.length)}</span>
        </span>
        <Speed playback={playback} />
        <span class="transport-legend">
          {(["customer", "decision", "money", "fault"] as const).map((kind) => (
            <span key={kind}>
              <i class="marker" data-kind={kind} /> {say(`marker-${kind}`)}
            </span>
          ))}
        </span>
        {onFork && (
          <button type="button" class="quiet" data-deed="fork" onClick={onFork}>
            {say("fork-here")}
          </button>
        )}
        <CopyLink />
        <button type="button" class="quiet" aria-label={say("help-title")} onClick={onHelp}>
          ?
        </button>
      </div>
      <Timeline replay={replay} playback={playback} markers={markers} />
    </footer>
  );
}

function Speed({ playback }: { readonly playback: Playback }) {
  const say = useSay();
  return (
    <label class="speed">
      <span class="visually-hidden">{say("time-speed")}</span>
      <select
        value={String(playback.speed)}
        onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((speed) => <option key={speed} value={String(speed)}>{speed}×</option>)}
      </select>
    </label>
  );
}

function CopyLink() {
  const say = useSay();
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (!await copied(location.href)) return;
    setDone(true);
    setTimeout(() => setDone(false), 2_000);
  };
  return (
    <button type="button" class="quiet" data-deed="link" data-done={done} onClick={copy}>
      {say(done ? "time-copied" : "time-link")}
    </button>
  );
}

const ICONS = {
  first: "M7 6v12M19 6l-9 6 9 6z",
  previous: "M15 6l-8 6 8 6",
  play: "M8 5l12 7-12 7z",
  pause: "M8 5v14M16 5v14",
  next: "M9 6l8 6-8 6",
  last: "M17 6v12M5 6l9 6-9 6z",
} as const;

interface IconProps {
  readonly name: keyof typeof ICONS;
  readonly text: string;
  readonly onClick: () => void;
}

function IconButton({ name, text, onClick }: IconProps) {
  return (
    <button
      type="button"
      class="icon"
      data-icon={name}
      aria-label={text}
      title={text}
      onClick={onClick}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={ICONS[name]} />
      </svg>
    </button>
  );
}
