/**
 * The keys of the stage. Written once, here; the help sheet lists the same.
 *
 * @module
 */
import { useLayoutEffect } from "preact/hooks";
import type { Marker, Replay } from "../replay/mod.ts";
import { type Playback, SPEEDS } from "./use_playback.ts";

/** One row of the help sheet: the keys, and the text that says what they do. */
export type KeyRow = readonly [keys: string, text: string];

/** What a page can do beside what every stage can. */
export const FORK_ROW: KeyRow = ["F", "help-fork"];
export const PARTING_ROW: KeyRow = ["D", "compare-parting"];

export const KEY_SHEET: readonly KeyRow[] = [
  ["Space", "help-play"],
  ["← →", "help-event"],
  ["Shift + ← →", "help-second"],
  ["Home End", "help-ends"],
  ["1 … 9, 0", "help-speed"],
  ["J K", "help-marker"],
  ["/", "help-search"],
  ["?", "help-sheet"],
];

const SECOND = 1_000_000;

interface Actions {
  readonly replay: Replay;
  readonly playback: Playback;
  readonly markers: readonly Marker[];
  readonly search: () => void;
  readonly help: () => void;
  readonly fork?: () => void;
  /** Where two runs are compared: to the first difference. */
  readonly parting?: () => void;
}

/**
 * Listens on the whole page; keys typed into a field, those that scroll what has the focus, and those
 * with Ctrl, Alt or Meta are left alone.
 */
export function useKeys(actions: Actions): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (isTyping(event) || scrollsSideways(event)) return;
      if (actFor(event, actions)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [actions]);
}

/** A key's name, a letter in lower case: the sheet shows capitals, and Caps Lock writes them. */
function nameOf({ key }: KeyboardEvent): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog")) return true;
  if (event.key === " ") return target.closest("button, input, select, summary, a") !== null;
  return target.closest("input, select, textarea") !== null;
}

/** ← and → where the focus is in what they scroll: with Shift they still move the scrubber. */
function scrollsSideways({ key, shiftKey, target }: KeyboardEvent): boolean {
  if (shiftKey || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  let box = target instanceof Element ? target : null;
  for (; box !== null && box !== document.body; box = box.parentElement) {
    const wide = box.scrollWidth > box.clientWidth;
    if (wide && /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
  }
  return false;
}

function actFor(event: KeyboardEvent, { replay, playback, ...more }: Actions): boolean {
  const { position, seek, seekLine } = playback;
  const key = nameOf(event);
  switch (key) {
    case " ":
      playback.toggle();
      return true;
    case "ArrowLeft":
      if (event.shiftKey) seek(position.t - SECOND);
      else seekLine(position.n - 1);
      return true;
    case "ArrowRight":
      if (event.shiftKey) seek(position.t + SECOND);
      else seekLine(position.n + 1);
      return true;
    case "Home":
      seek(0);
      return true;
    case "End":
      seekLine(replay.trace.lines.length);
      return true;
    case "j":
    case "k":
      return seekMarker(key, playback, more.markers);
    case "/":
      more.search();
      return true;
    case "f":
      more.fork?.();
      return more.fork !== undefined;
    case "d":
      more.parting?.();
      return more.parting !== undefined;
    case "?":
      more.help();
      return true;
  }
  if (!/^\d$/.test(event.key)) return false;
  playback.setSpeed(SPEEDS[(Number(event.key) + 9) % 10] ?? 1);
  return true;
}

function seekMarker(key: "j" | "k", playback: Playback, markers: readonly Marker[]): boolean {
  const { n } = playback.position;
  const marker = key === "j"
    ? markers.find((marker) => marker.n > n)
    : markers.findLast((marker) => marker.n < n);
  if (marker !== undefined) playback.seekLine(marker.n);
  return true;
}
