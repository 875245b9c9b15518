/**
 * The keys of a lesson, those of a presenter's clicker among them.
 *
 * @module
 */
import { useLayoutEffect } from "preact/hooks";
import { LANGUAGES } from "../../../core/locale/mod.ts";
import type { Language } from "../../../core/session/mod.ts";

export interface Clicker {
  readonly next: () => void;
  readonly back: () => void;
  readonly questions: () => void;
  readonly wholeScreen: () => void;
  readonly leave: () => void;
  readonly language: (language: Language) => void;
}

export function useClicker(clicker: Clicker): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = actionOf(event.key, clicker);
      // Space on a focused button is a press of that button.
      const button = event.target instanceof HTMLElement && event.target.closest("button") !== null;
      if (act === null || (button && event.key === " ")) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [clicker]);
}

function actionOf(key: string, clicker: Clicker): (() => void) | null {
  const language = LANGUAGES[Number(key) - 1];
  if (language !== undefined) return () => clicker.language(language);
  switch (key) {
    case "ArrowRight":
    case "PageDown":
      return clicker.next;
    case "ArrowLeft":
    case "PageUp":
      return clicker.back;
    case " ":
      return clicker.questions;
    case "f":
    case "F":
      return clicker.wholeScreen;
    case "Escape":
      return clicker.leave;
    default:
      return null;
  }
}
