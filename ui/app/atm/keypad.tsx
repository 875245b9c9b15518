/**
 * The encrypting PIN pad. A trace never tells which digit was pressed, so a digit lights the whole
 * field faintly; Enter, Clear and Cancel light themselves.
 *
 * @module
 */
import { memo } from "preact/compat";
import type { Micros } from "../../../core/units.ts";
import { useSay } from "../language.tsx";
import type { Moment } from "../replay/mod.ts";

/** How long a pressed key shows it, in virtual time. */
const PRESS_US = 180_000;

/** XFS4IoT key names and what is on the key cap, row by row. */
const ROWS = [
  [["one", "1"], ["two", "2"], ["three", "3"], ["cancel", "key-cancel"]],
  [["four", "4"], ["five", "5"], ["six", "6"], ["clear", "key-clear"]],
  [["seven", "7"], ["eight", "8"], ["nine", "9"], ["enter", "key-enter"]],
  [["oemX", "X"], ["zero", "0"], ["doubleZero", "00"], ["blank", ""]],
] as const;

const FUNCTION_KEYS: readonly string[] = ["cancel", "clear", "enter"];

interface Props {
  readonly keypad: Moment["keypad"];
  readonly pressed: Moment["key"];
  readonly now: Micros;
  /** Absent: nobody's finger reaches it from here. */
  readonly onPress?: ((key: string) => void) | undefined;
}

export function Keypad({ keypad, pressed, now, onPress }: Props) {
  const name = pressed !== null && now - pressed.t < PRESS_US ? pressed.name : null;
  return <Keys keypad={keypad} name={name} onPress={onPress} />;
}

interface KeysProps extends Pick<Props, "keypad" | "onPress"> {
  /** Of the key that shows that it was pressed. */
  readonly name: string | null;
}

const Keys = memo(function Keys({ keypad, name, onPress }: KeysProps) {
  const say = useSay();
  const secret = name !== null && !FUNCTION_KEYS.includes(name);
  return (
    <div class="keypad" data-mode={keypad ?? "off"} data-digit={secret}>
      {ROWS.flat().map(([key, cap]) => {
        const isFunction = FUNCTION_KEYS.includes(key);
        const look = {
          class: "key",
          "data-key": key,
          "data-lit": name === key || (secret && name !== key && !isFunction && key !== "blank"),
        };
        const face = isFunction ? <KeySign name={key} title={say(cap)} /> : cap;
        return onPress === undefined || key === "blank"
          ? <span key={key} {...look}>{face}</span>
          : (
            <button key={key} type="button" {...look} onClick={() => onPress(key)}>
              {face}
            </button>
          );
      })}
    </div>
  );
});

/** Cancel, Clear and Enter carry the signs of real pads: cross, arrow, circle. */
function KeySign({ name, title }: { name: string; title: string }) {
  const d = name === "cancel"
    ? "M7 7l10 10M17 7L7 17"
    : name === "clear"
    ? "M19 12H6M11 7l-5 5 5 5"
    : "M12 6a6 6 0 1 0 .01 0";
  return (
    <svg viewBox="0 0 24 24" role="img" aria-label={title}>
      <path d={d} />
    </svg>
  );
}
