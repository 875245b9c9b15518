/**
 * The insides: cassettes with their counts, stacker and bins, shutter, and what each device is doing.
 *
 * @module
 */
import { memo } from "preact/compat";
import { yuan } from "../../../core/units.ts";
import { useFormat, useSay } from "../language.tsx";
import {
  at,
  countNotes,
  entriesOf,
  type Moment,
  numberAt,
  type Replay,
  textAt,
} from "../replay/mod.ts";
import { Empty, Panel } from "./panel.tsx";

/** A cassette as its profile describes it and as it stands now. */
interface Cassette {
  readonly unit: string;
  readonly value_yuan: number | null;
  readonly capacity: number;
  readonly count: number;
  /** Notes gone since the run began. */
  readonly out: number;
}

/** Places of notes outside the cassettes, in the order notes travel. */
const PLACES = ["stacker", "position", "customer", "reject", "retract"] as const;

interface Props extends Pick<Moment, "devices" | "working"> {
  readonly replay: Replay;
}

export const MachinePanel = memo(function MachinePanel({ devices, working, replay }: Props) {
  const say = useSay();
  const dispenser = devices.cashdispenser;
  return (
    <Panel name="machine" title={say("panel-machine")}>
      {dispenser === undefined
        ? <Empty text={say("machine-unknown")} />
        : <Dispenser dispenser={dispenser} replay={replay} />}
      <Working working={working} />
    </Panel>
  );
});

interface DispenserProps {
  readonly dispenser: Readonly<Record<string, unknown>>;
  readonly replay: Replay;
}

function Dispenser({ dispenser, replay }: DispenserProps) {
  const say = useSay();
  const format = useFormat();
  const shutter = textAt(dispenser, "shutter");
  return (
    <>
      <ul class="cassettes">
        {cassettesOf(dispenser, replay).map((cassette, index) => (
          <li key={cassette.unit} title={cassette.unit}>
            <span class="cassette-name">
              {cassette.value_yuan === null
                ? say("machine-cassette", { number: String(index + 1) })
                : format.yuan(yuan(cassette.value_yuan))}
            </span>
            <span class="cassette-body">
              <i style={{ height: `${100 * Math.min(1, cassette.count / cassette.capacity)}%` }} />
            </span>
            <span class="cassette-count">{format.integer(cassette.count)}</span>
            <span class="cassette-out">{cassette.out === 0 ? "" : `−${cassette.out}`}</span>
          </li>
        ))}
      </ul>
      <ul class="places">
        {PLACES.map((place) => {
          const count = countNotes(at(dispenser, "notes", place));
          return (
            <li key={place} data-place={place} data-some={count > 0}>
              <b>{count}</b>
              <span>{say(`place-${place}`)}</span>
            </li>
          );
        })}
        {shutter !== null && (
          <li data-place="shutter" data-shutter={shutter}>
            <b class="shutter-sign" />
            <span>{say("machine-shutter")}: {shutterText(shutter, say)}</span>
          </li>
        )}
      </ul>
    </>
  );
}

function shutterText(shutter: string, say: ReturnType<typeof useSay>): string {
  if (shutter.startsWith("jammed")) return say("machine-jammed");
  return say(shutter === "closed" ? "machine-closed" : "machine-open");
}

/** What devices are working on: the commands that have no completion yet. */
function Working({ working }: Pick<Moment, "working">) {
  const say = useSay();
  const works = Object.entries(working);
  return (
    <div class="working">
      <span class="working-title">{say(works.length === 0 ? "machine-idle" : "machine-busy")}</span>
      {works.map(([key, work]) => <code key={key}>{work.name}</code>)}
    </div>
  );
}

function cassettesOf(dispenser: DispenserProps["dispenser"], replay: Replay): Cassette[] {
  const profile = at(replay.trace.header.pinned.plan, "profile", "cassettes");
  const described = new Map(
    entriesOf(profile).map(([, cassette]) => [textAt(cassette, "unit"), cassette]),
  );
  const first = replay.trace.lines.find(
    (line) => line.type === "device" && line.device === "cashdispenser",
  );
  const units = entriesOf(at(dispenser, "notes")).filter(([name]) => described.has(name));
  return units.map(([unit, notes]) => {
    const count = countNotes(notes);
    const initial = countNotes(at(first, "state", "notes", unit));
    return {
      unit,
      value_yuan: numberAt(described.get(unit), "value_yuan"),
      capacity: numberAt(described.get(unit), "capacity") ?? Math.max(initial, count, 1),
      count,
      out: initial - count,
    };
  });
}
