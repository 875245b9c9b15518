/**
 * Every line of the trace: filtered by kind and text, the current one marked, a click jumps there.
 *
 * A run has hundreds of lines and the scrubber passes sixty a second: rows are made when the filter
 * changes, and only the mark moves.
 *
 * The list follows the scrubber until somebody scrolls it; then it keeps its place, and a button leads
 * back to now.
 *
 * @module
 */
import { memo } from "preact/compat";
import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatMoment } from "../../../core/locale/mod.ts";
import type { Micros } from "../../../core/units.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { useLanguage, useSay } from "../language.tsx";
import type { Replay } from "../replay/mod.ts";
import { describe, type Description, type Group, GROUPS } from "./describe.ts";
import { Empty, Panel } from "./panel.tsx";

interface Props {
  readonly replay: Replay;
  /** The last line written. */
  readonly current: number;
  readonly onChoose: (n: number) => void;
  readonly search?: RefObject<HTMLInputElement | null>;
  /** Where two are on a page. */
  readonly id?: string;
  /** Lines that another run shares; the first after them is marked. */
  readonly parting?: number;
}

interface Row {
  readonly line: TraceLine;
  readonly says: Description;
}

export const LogPanel = memo(function LogPanel(props: Props) {
  const { replay, current, onChoose, search, id = "log", parting } = props;
  const say = useSay();
  const language = useLanguage();
  const [text, setText] = useState("");
  const [hidden, setHidden] = useState<readonly Group[]>([]);
  const [device, setDevice] = useState("");
  const rows = useMemo(
    () => replay.trace.lines.map((line): Row => ({ line, says: describe(line, language) })),
    [replay, language],
  );
  const shown = useMemo(
    () =>
      rows.filter((row) =>
        !hidden.includes(row.says.group) && hasWords(row, text) && isOf(row, device)
      ),
    [rows, hidden, text, device],
  );
  const marked = shown.findLast((row) => row.line.n <= current)?.line.n ?? 0;
  const { list, following, follow } = useFollowing(marked, shown);
  const count = { shown: String(shown.length), all: String(rows.length) };
  return (
    <Panel
      name="log"
      id={id}
      title={say("panel-log")}
      aside={<span class="log-count">{say("log-count", count)}</span>}
    >
      <div class="log-tools">
        <Devices rows={rows} device={device} onChange={setDevice} />
        <input
          {...(search === undefined ? {} : { ref: search })}
          type="search"
          placeholder={say("log-search")}
          aria-label={say("log-search")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Filters hidden={hidden} onChange={setHidden} />
      </div>
      <div class="log-view">
        <ol class="log" ref={list} tabIndex={0} aria-label={say("panel-log")}>
          <Rows rows={shown} parting={parting ?? null} onChoose={onChoose} />
        </ol>
        {shown.length === 0 && <Empty text={say("log-none")} />}
        {!following && (
          <button type="button" class="log-follow" onClick={follow}>{say("log-now")}</button>
        )}
      </div>
    </Panel>
  );
});

interface DevicesProps {
  readonly rows: readonly Row[];
  readonly device: string;
  readonly onChange: (device: string) => void;
}

/** One device alone: its messages and its insides. */
function Devices({ rows, device, onChange }: DevicesProps) {
  const say = useSay();
  const names = useMemo(
    () =>
      [...new Set(rows.flatMap(({ line }) => "device" in line ? [line.device] : []))].toSorted(),
    [rows],
  );
  return (
    <select
      class="field"
      aria-label={say("log-device")}
      value={device}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{say("log-all_devices")}</option>
      {names.map((name) => <option key={name} value={name}>{name}</option>)}
    </select>
  );
}

interface FiltersProps {
  readonly hidden: readonly Group[];
  readonly onChange: (hidden: readonly Group[]) => void;
}

function Filters({ hidden, onChange }: FiltersProps) {
  const say = useSay();
  const toggle = (group: Group) =>
    onChange(
      hidden.includes(group) ? hidden.filter((one) => one !== group) : [...hidden, group],
    );
  return (
    <div class="chips">
      {GROUPS.map((group) => (
        <button
          key={group}
          type="button"
          class="chip"
          data-group={group}
          aria-pressed={!hidden.includes(group)}
          onClick={() => toggle(group)}
        >
          {say(`group-${group}`)}
        </button>
      ))}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly Row[];
  /** Lines that another run shares. */
  readonly parting: number | null;
  readonly onChoose: (n: number) => void;
}

const Rows = memo(function Rows({ rows, parting, onChoose }: RowsProps) {
  return (
    <>
      {rows.map(({ line: { n, t }, says }) => (
        <li
          key={n}
          data-group={says.group}
          data-line={n}
          data-parted={parting !== null && n === parting + 1}
        >
          <button type="button" tabIndex={-1} onClick={() => onChoose(n)}>
            <time>{formatMoment(t as Micros)}</time>
            <span class="log-title">{says.title}</span>
            <span class="log-detail">{says.detail}</span>
          </button>
        </li>
      ))}
    </>
  );
});

function isOf({ line }: Row, device: string): boolean {
  return device === "" || ("device" in line && line.device === device);
}

function hasWords({ line, says }: Row, text: string): boolean {
  if (text.trim() === "") return true;
  const heap = `${line.type} ${says.title} ${says.detail}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => heap.includes(word));
}

/** Keys that scroll a list and nothing else on the stage. */
const SCROLLING_KEYS: readonly string[] = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"];

/** Marks a row, and keeps it in view while nobody has scrolled. */
function useFollowing(marked: number, rows: readonly Row[]) {
  const list = useRef<HTMLOListElement>(null);
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    const leave = () => setFollowing(false);
    const leaveByKey = ({ key }: KeyboardEvent) => SCROLLING_KEYS.includes(key) && leave();
    // What is pressed beside every row is the bar that scrolls them.
    const leaveByBar = ({ target }: Event) => target === list.current && leave();
    const element = list.current;
    element?.addEventListener("wheel", leave, { passive: true });
    element?.addEventListener("touchmove", leave, { passive: true });
    element?.addEventListener("keydown", leaveByKey);
    element?.addEventListener("pointerdown", leaveByBar);
    return () => {
      element?.removeEventListener("wheel", leave);
      element?.removeEventListener("touchmove", leave);
      element?.removeEventListener("keydown", leaveByKey);
      element?.removeEventListener("pointerdown", leaveByBar);
    };
  }, []);
  useLayoutEffect(() => {
    const row = rowOf(list.current, marked);
    row?.setAttribute("data-when", "now");
    row?.setAttribute("aria-current", "true");
    return () => {
      row?.removeAttribute("data-when");
      row?.removeAttribute("aria-current");
    };
  }, [marked, rows]);
  useEffect(() => {
    const element = list.current;
    const row = rowOf(element, marked);
    if (!following || element === null || row === null) return;
    element.scrollTop = row.offsetTop - element.clientHeight / 2;
  }, [marked, following, rows]);
  return { list, following, follow: () => setFollowing(true) };
}

function rowOf(list: HTMLElement | null, n: number): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-line="${n}"]`) ?? null;
}
