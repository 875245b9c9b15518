/**
 * The one scrubber: stages of the visit above, the track with its markers, the time under the pointer.
 *
 * ```
 *   │welcome│ face │ number     │ pin  │ service │ money      │ end │
 *   ├───────●──▲───────────────────◆───────────────|───────────────┤
 * ```
 *
 * @module
 */
import { memo } from "preact/compat";
import { useMemo, useRef, useState } from "preact/hooks";
import { formatMoment, type Stage, STAGES } from "../../../core/locale/mod.ts";
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { useLanguage, useSay } from "../language.tsx";
import { describe } from "../panels/describe.ts";
import { type Marker, MARKER_KINDS, type Replay } from "../replay/mod.ts";
import type { Playback } from "./use_playback.ts";

interface Props {
  readonly replay: Replay;
  readonly playback: Playback;
  readonly markers: readonly Marker[];
}

export function Timeline({ replay, playback, markers }: Props) {
  const say = useSay();
  const track = useRef<HTMLDivElement>(null);
  const [hover, setHover] = useState<number | null>(null);
  const length = Math.max(1, replay.length);
  const { position, seek } = playback;
  const timeAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return length * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  return (
    <div class="timeline">
      <StageLane replay={replay} now={position.t} />
      <div
        ref={track}
        class="track"
        role="slider"
        tabIndex={0}
        aria-label={say("time-line")}
        aria-valuemin={0}
        aria-valuemax={Math.round(length / 1_000)}
        aria-valuenow={Math.round(position.t / 1_000)}
        aria-valuetext={formatMoment(position.t)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seek(timeAt(event));
        }}
        onPointerMove={(event) => {
          setHover(timeAt(event));
          if (event.buttons === 1) seek(timeAt(event));
        }}
        onPointerLeave={() => setHover(null)}
      >
        <div class="track-rail">
          <i class="track-done" style={{ width: `${100 * position.t / length}%` }} />
        </div>
        <Markers markers={markers} length={length} />
        <i class="track-thumb" style={{ insetInlineStart: `${100 * position.t / length}%` }} />
        {hover !== null && <Hover replay={replay} t={hover} place={hover / length} />}
      </div>
    </div>
  );
}

const Markers = memo(function Markers(props: { markers: readonly Marker[]; length: number }) {
  const { markers, length } = props;
  const order = (marker: Marker) => -MARKER_KINDS.indexOf(marker.kind);
  const drawn = useMemo(() => markers.toSorted((a, b) => order(a) - order(b)), [markers]);
  return (
    <>
      {drawn.map((marker) => (
        <i
          key={marker.n}
          class="marker"
          data-kind={marker.kind}
          style={{ insetInlineStart: `${100 * marker.t / length}%` }}
        />
      ))}
    </>
  );
});

/** Time and last event under the pointer. */
function Hover({ replay, t, place }: { replay: Replay; t: number; place: number }) {
  const language = useLanguage();
  const n = replay.countAt(t as Micros);
  const says = n === 0 ? null : describe(replay.line(n), language);
  return (
    <div
      class="track-hover"
      data-side={place > 0.5 ? "start" : "end"}
      style={{ insetInlineStart: `${100 * place}%` }}
    >
      <b>{formatMoment(Math.round(t) as Micros)}</b>
      {says && <span>{says.title}</span>}
    </div>
  );
}

/** A stage shorter than this share of the run has no room for its name. */
const LABEL_SHARE = 0.045;

interface Segment {
  readonly stage: Stage;
  readonly from: number;
  readonly to: number;
}

function StageLane({ replay, now }: { replay: Replay; now: Micros }) {
  const segments = useMemo(() => segmentsOf(replay.trace.lines, replay.length), [replay]);
  const current = segments.findIndex(({ from, to }) => now >= from && now < to);
  return <Segments segments={segments} current={current} length={Math.max(1, replay.length)} />;
}

interface SegmentsProps {
  readonly segments: readonly Segment[];
  /** Index of the one that goes on now; -1: none. */
  readonly current: number;
  readonly length: number;
}

const Segments = memo(function Segments({ segments, current, length }: SegmentsProps) {
  const say = useSay();
  return (
    <div class="lane" aria-hidden="true">
      {segments.map((segment, index) => (
        <span
          key={segment.from}
          class="lane-stage"
          data-stage={segment.stage}
          data-now={index === current}
          style={{
            insetInlineStart: `${100 * segment.from / length}%`,
            width: `${100 * (segment.to - segment.from) / length}%`,
          }}
        >
          {segment.to - segment.from > length * LABEL_SHARE && say(`stage-${segment.stage}`)}
        </span>
      ))}
    </div>
  );
});

/** The stages of the visit as stretches of time; neighbours of one stage are one. */
export function segmentsOf(lines: readonly TraceLine[], length: number): Segment[] {
  const segments: Segment[] = [];
  for (const line of lines) {
    if (line.type !== "state") continue;
    const stage = stageOf(line.to);
    const last = segments.at(-1);
    if (stage === null || stage === last?.stage) continue;
    if (last !== undefined) segments[segments.length - 1] = { ...last, to: line.t };
    segments.push({ stage, from: line.t, to: length });
  }
  return segments.filter((segment) => segment.to > segment.from);
}

function stageOf(state: string): Stage | null {
  const names = Object.keys(STAGES) as Stage[];
  return names.find((stage) => STAGES[stage].some((name) => name === state)) ?? null;
}
