/**
 * Detection, liveness and match against their thresholds.
 *
 * @module
 */
import { memo } from "preact/compat";
import { useSay } from "../language.tsx";
import { Empty, Panel } from "../panels/panel.tsx";
import type { Moment } from "../replay/mod.ts";

interface Score {
  readonly name: "detection" | "liveness" | "match";
  readonly value: number | null;
  readonly threshold: number | null;
  /** One dot a frame. */
  readonly dots: readonly number[];
}

type Props = Pick<Moment, "assessed" | "verified">;

export const ScoresPanel = memo(function ScoresPanel({ assessed, verified }: Props) {
  const say = useSay();
  const verdict = verified?.verdict ?? assessed?.verdict ?? null;
  const good = verdict === "live" || verdict === "match";
  const badge = verdict && (
    <span class="badge" data-tone={good ? "good" : "bad"}>{say(`verdict-${verdict}`)}</span>
  );
  return (
    <Panel name="face" title={say("panel-face")} aside={badge}>
      {assessed === null
        ? <Empty text={say("face-none")} />
        : scoresOf({ assessed, verified }).map((score) => <Meter key={score.name} score={score} />)}
    </Panel>
  );
});

function scoresOf({ assessed, verified }: Props): readonly Score[] {
  const frames = assessed?.frames ?? [];
  const detections = frames.map((frame) => frame.detection);
  const livenesses = frames.flatMap((frame) => frame.liveness ?? []);
  return [
    {
      name: "detection",
      value: detections.length === 0 ? null : Math.max(...detections),
      threshold: null,
      dots: detections,
    },
    {
      name: "liveness",
      value: assessed?.liveness ?? null,
      threshold: assessed?.liveness_threshold ?? null,
      dots: livenesses,
    },
    {
      name: "match",
      value: verified?.score ?? null,
      threshold: verified?.threshold ?? null,
      dots: [],
    },
  ];
}

/** Scores from 0 to 1; a negative similarity is drawn at 0 and told in the number. */
function Meter({ score }: { readonly score: Score }) {
  const say = useSay();
  const { name, value, threshold, dots } = score;
  const place = (at: number) => `${100 * Math.min(1, Math.max(0, at))}%`;
  const passed = value === null || threshold === null ? null : value >= threshold;
  return (
    <div class="meter" data-passed={passed}>
      <span class="meter-name">{say(`face-${name}`)}</span>
      <span class="meter-bar">
        {value !== null && <i class="meter-fill" style={{ width: place(value) }} />}
        {dots.map((dot, index) => (
          <i key={index} class="meter-dot" style={{ insetInlineStart: place(dot) }} />
        ))}
        {threshold !== null && (
          <i
            class="meter-threshold"
            style={{ insetInlineStart: place(threshold) }}
            title={`${say("face-threshold")} ${threshold.toFixed(3)}`}
          />
        )}
      </span>
      <span class="meter-value">{value === null ? "–" : value.toFixed(3)}</span>
      <span class="meter-of">
        {threshold === null ? "" : `${say("face-threshold")} ${threshold.toFixed(3)}`}
      </span>
    </div>
  );
}
