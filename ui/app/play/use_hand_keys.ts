/** The computer's keys on the machine's keypad: digits, Enter, Backspace, Delete, Escape. @module */
import { useLayoutEffect } from "preact/hooks";
import { keyOfCharacter } from "../../../core/session/mod.ts";

const NAMED: Readonly<Record<string, string>> = {
  Enter: "enter",
  Backspace: "backspace",
  Delete: "clear",
  Escape: "cancel",
};

export function useHandKeys(press: (key: string) => void): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input, select, textarea, dialog")) {
        return;
      }
      // Whatever Enter presses where the focus is keeps it.
      const pressable = target instanceof HTMLElement && target.closest("button, a, summary");
      if (event.key === "Enter" && pressable) return;
      const key = /^[0-9xX]$/.test(event.key)
        ? keyOfCharacter(event.key.toUpperCase())
        : NAMED[event.key];
      if (key === undefined) return;
      event.preventDefault();
      press(key);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [press]);
}
