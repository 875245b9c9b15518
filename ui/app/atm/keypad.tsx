/**
 * The encrypting PIN pad, with the keys that the device has. A trace never tells which digit was pressed,
 * so a digit lights the whole field faintly; what ends and corrects lights itself.
 *
 * @module
 */
import { memo } from "preact/compat";
import type { Micros } from "../../../core/units.ts";
import { KEY_ROWS } from "../../../devices/pad_keys.ts";
import { useSay } from "../language.tsx";
import type { Moment } from "../replay/mod.ts";

/** How long a pressed key shows it, in virtual time. */
const PRESS_US = 180_000;

/** What ends and corrects, with the signs of real pads: cross, bar, arrow, circle. */
const SIGNS: Readonly<Record<string, string>> = {
  cancel: "M7 7l10 10M17 7L7 17",
  clear: "M12 5v14",
  backspace: "M19 12H6M11 7l-5 5 5 5",
  enter: "M12 6a6 6 0 1 0 .01 0",
};

/** Fitted, and of no use to this application. */
const IDLE = "help";

/** What is on the other keys' caps. The core knows too, and would bring the whole session with it. */
const CAPS: Readonly<Record<string, string>> = {
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  zero: "0",
  oemX: "X",
};

const KEYS = KEY_ROWS.flat();

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
  const secret = name !== null && !(name in SIGNS);
  return (
    <div class="keypad" data-mode={keypad ?? "off"} data-digit={secret}>
      {KEYS.map((key) => {
        const sign = SIGNS[key];
        const look = {
          class: "key",
          "data-key": key,
          "data-lit": name === key || (secret && sign === undefined && key !== IDLE),
        };
        const face = sign === undefined
          ? CAPS[key]
          : <KeySign d={sign} title={say(`key-${key}`)} />;
        return onPress === undefined || key === IDLE
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

function KeySign({ d, title }: { d: string; title: string }) {
  return (
    <svg viewBox="0 0 24 24" role="img" aria-label={title}>
      <path d={d} />
    </svg>
  );
}
