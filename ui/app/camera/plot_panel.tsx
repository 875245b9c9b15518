/**
 * Detection, liveness and match over the whole run against their thresholds, with the scrubber's cursor.
 *
 * ```
 *   1 ┤        ∙∙●                 small: one frame       large: what was held against the threshold
 *     ┤ ───────── threshold
 *   0 ┼───────────┃──────────►     the cursor; a click goes there
 * ```
 *
 * @module
 */
import { memo } from "preact/compat";
import { useMemo } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import type { Micros } from "../../../core/units.ts";
import { useSay } from "../language.tsx";
import { Empty, Panel } from "../panels/panel.tsx";
import type { Replay } from "../replay/mod.ts";
import { judgementsOf, type Point, SERIES } from "./judgements.ts";

const WIDTH = 400;
const HEIGHT = 120;
/** Room for the numbers at the left and the times below. */
const LEFT = 26;
const BELOW = 16;

interface Props {
  readonly replay: Replay;
  readonly now: Micros;
  readonly onChoose: (n: number) => void;
}

export function PlotPanel({ replay, now, onChoose }: Props) {
  const say = useSay();
  const points = useMemo(() => judgementsOf(replay.trace.lines), [replay]);
  const length = Math.max(1, replay.length);
  const x = xOver(length);
  return (
    <Panel name="plot" title={say("panel-plot")} aside={<Legend />}>
      {points.length === 0 ? <Empty text={say("plot-none")} /> : (
        <svg
          class="plot"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={say("panel-plot")}
        >
          <Axes length={length} />
          <Thresholds points={points} length={length} />
          <Points points={points} length={length} onChoose={onChoose} />
          <rect
            class="plot-ahead"
            x={x(now)}
            y={0}
            width={WIDTH - x(now)}
            height={HEIGHT - BELOW}
          />
          <line class="plot-cursor" x1={x(now)} x2={x(now)} y1={4} y2={HEIGHT - BELOW} />
        </svg>
      )}
    </Panel>
  );
}

/** Where a time stands. */
function xOver(length: number): (t: number) => number {
  return (t) => LEFT + (WIDTH - LEFT - 6) * t / length;
}

interface PointsProps {
  readonly points: readonly Point[];
  readonly length: number;
  readonly onChoose: Props["onChoose"];
}

const Points = memo(function Points({ points, length, onChoose }: PointsProps) {
  const say = useSay();
  const x = xOver(length);
  return (
    <>
      {points.map((point, index) => (
        <circle
          key={index}
          data-series={point.series}
          data-problem={point.problem !== null}
          cx={x(point.t)}
          cy={y(point.value)}
          r={point.threshold === null ? 2.2 : 4}
          onClick={() => onChoose(point.n)}
        >
          <title>{titleOf(point, say(`face-${point.series}`))}</title>
        </circle>
      ))}
    </>
  );
});

/** Scores lie in 0…1; a negative similarity is drawn at 0 and told in its title. */
function y(value: number): number {
  const inside = Math.min(1, Math.max(0, value));
  return 6 + (HEIGHT - BELOW - 8) * (1 - inside);
}

function titleOf({ value, threshold, t, problem }: Point, name: string): string {
  const held = threshold === null
    ? ""
    : ` ${value >= threshold ? "≥" : "<"} ${threshold.toFixed(3)}`;
  return `${formatMoment(t)} ${name} ${value.toFixed(3)}${held} ${problem ?? ""}`.trim();
}

const Axes = memo(function Axes({ length }: { readonly length: number }) {
  const x = xOver(length);
  const seconds = length / 1_000_000;
  const step = [1, 2, 5, 10, 30, 60, 120, 300].find((each) => seconds / each <= 7) ?? 600;
  const times = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step);
  return (
    <g class="plot-axes" aria-hidden="true">
      {[0, 0.5, 1].map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - 6} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 5} y={y(value) + 3} text-anchor="end">{value}</text>
        </g>
      ))}
      {times.map((time) => (
        <text key={time} x={x(time * 1_000_000)} y={HEIGHT - 3} text-anchor="middle">{time} s</text>
      ))}
    </g>
  );
});

type ThresholdsProps = Omit<PointsProps, "onChoose">;

/** A line at each value that something was held against. */
const Thresholds = memo(function Thresholds({ points, length }: ThresholdsProps) {
  const x = xOver(length);
  const held = new Map(
    points.flatMap(({ series, threshold }) => threshold === null ? [] : [[series, threshold]]),
  );
  return (
    <g aria-hidden="true">
      {[...held].map(([series, threshold]) => (
        <line
          key={series}
          class="plot-threshold"
          data-series={series}
          x1={x(0)}
          x2={x(length)}
          y1={y(threshold)}
          y2={y(threshold)}
        />
      ))}
    </g>
  );
});

function Legend() {
  const say = useSay();
  return (
    <span class="plot-legend">
      {SERIES.map((series) => (
        <span key={series}>
          <i data-series={series} /> {say(`face-${series}`)}
        </span>
      ))}
    </span>
  );
}
