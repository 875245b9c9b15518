/**
 * The session's state chart: a column for each stage of the visit, its states as nodes, and the ways
 * between them drawn; the way just taken is lit.
 *
 * ```
 *   welcome      face          number         pin …
 *   ( idle )──►( capturing )
 *              ( assessing )─►( entering )
 * ```
 *
 * The nodes are a list of words, so that it reads without eyes too; the ways lie behind them, drawn where
 * the words came to stand.
 *
 * @module
 */
import { memo } from "preact/compat";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { hasText, type Stage, STAGES } from "../../../core/locale/mod.ts";
import { useLanguage, useSay } from "../language.tsx";
import type { Moment } from "../replay/mod.ts";
import { Panel } from "./panel.tsx";
import { type Box, pathOf, type Way, waysAt } from "./state_ways.ts";

const NAMES = Object.keys(STAGES) as Stage[];

type Props = Pick<Moment, "state" | "visited" | "faults">;

export const SessionPanel = memo(function SessionPanel({ state, visited, faults }: Props) {
  const say = useSay();
  return (
    <Panel
      name="session"
      title={say("panel-session")}
      aside={
        <>
          <Taken visited={visited} />
          {faults.length > 0 && (
            <span class="badge" data-tone="bad">{say("session-faults")} {faults.join(" ")}</span>
          )}
        </>
      }
    >
      <Chart state={state} visited={visited} />
    </Panel>
  );
});

function useStateName(): (name: string) => string {
  const say = useSay();
  return (name) => hasText(`state-${name}`) ? say(`state-${name}`) : name;
}

/** The transition just taken, in words. */
function Taken({ visited }: Pick<Moment, "visited">) {
  const nameOf = useStateName();
  const [from, to] = visited.slice(-2);
  if (from === undefined || to === undefined) return null;
  return <span class="chart-taken">{nameOf(from)} → {nameOf(to)}</span>;
}

const Chart = memo(function Chart({ state, visited }: Pick<Moment, "state" | "visited">) {
  const say = useSay();
  const nameOf = useStateName();
  const passed = useMemo(() => sinceWelcome(visited), [visited]);
  const { chart, boxes, size } = useBoxes();
  return (
    <div class="chart-view" tabIndex={0} role="group" aria-label={say("panel-session")}>
      <div class="chart" ref={chart}>
        <Ways ways={useMemo(() => waysAt(passed), [passed])} boxes={boxes} size={size} />
        <ol class="stages">
          {NAMES.map((stage) => (
            <li
              key={stage}
              data-lit={STAGES[stage].some((name) => name === state)}
            >
              <span class="stage-name">{say(`stage-${stage}`)}</span>
              <ol class="stage-states">
                {STAGES[stage].map((name) => (
                  <li
                    key={name}
                    class="state"
                    title={name}
                    data-state={name}
                    data-at={name === state ? "now" : passed.includes(name) ? "passed" : "ahead"}
                    {...(name === state ? { "aria-current": "step" } : {})}
                  >
                    {nameOf(name)}
                  </li>
                ))}
              </ol>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
});

interface WaysProps {
  readonly ways: readonly Way[];
  readonly boxes: ReadonlyMap<string, Box>;
  readonly size: readonly [width: number, height: number];
}

const HEADS = ["open", "passed", "now"] as const;

function Ways({ ways, boxes, size: [width, height] }: WaysProps) {
  return (
    <svg class="chart-ways" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <defs>
        {HEADS.map((head) => (
          <marker
            key={head}
            id={`chart-head-${head}`}
            class="chart-head"
            data-way={head}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" />
          </marker>
        ))}
      </defs>
      {ways.map(({ from, to, when }) => {
        const [a, b] = [boxes.get(from), boxes.get(to)];
        return a && b && (
          <path
            key={`${from} ${to}`}
            class="chart-way"
            data-way={when}
            data-from={from}
            data-to={to}
            d={pathOf(a, b)}
            marker-end={`url(#chart-head-${when})`}
          />
        );
      })}
    </svg>
  );
}

/** Where the nodes stand: measured when the words or the width change, not when the state does. */
function useBoxes() {
  const language = useLanguage();
  const chart = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<Omit<WaysProps, "ways">>({
    boxes: new Map(),
    size: [0, 0],
  });
  useLayoutEffect(() => {
    const element = chart.current;
    if (element === null) return;
    const measure = () => setMeasured(boxesIn(element));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [language]);
  return { chart, ...measured };
}

function boxesIn(chart: HTMLElement): Omit<WaysProps, "ways"> {
  const origin = chart.getBoundingClientRect();
  const nodes = [...chart.querySelectorAll<HTMLElement>("[data-state]")];
  const boxes = nodes.map((node): [string, Box] => {
    const { left, top, width, height } = node.getBoundingClientRect();
    const place = { x: left - origin.left, y: top - origin.top, width, height };
    return [node.dataset.state ?? "", place];
  });
  return { boxes: new Map(boxes), size: [origin.width, origin.height] };
}

/** The states since the machine last waited for a customer. */
function sinceWelcome(visited: readonly string[]): readonly string[] {
  return visited.slice(Math.max(0, visited.lastIndexOf("idle", visited.length - 2)));
}
