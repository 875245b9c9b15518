/**
 * The ATM's touch screen: one page, in the language of the session.
 *
 * @module
 */
import { memo } from "preact/compat";
import { controlLabel, isChosen, screenTexts } from "../../../core/locale/mod.ts";
import type { Control, Language, Screen } from "../../../core/session/mod.ts";
import type { Micros } from "../../../core/units.ts";
import { useDigits } from "../language.tsx";
import type { Moment } from "../replay/mod.ts";

/** How long a touched control shows it, in virtual time. */
const TOUCH_US = 350_000;

interface Props {
  readonly screen: Screen | null;
  readonly touched: Moment["touched"];
  readonly now: Micros;
  readonly onTouch?: OnTouch;
}

/** Absent: the dashboard's visitor looks on and cannot press. */
type OnTouch = ((control: Control) => void) | undefined;

export function AtmScreen({ screen, touched, now, onTouch }: Props) {
  const lit = touched !== null && now - touched.t < TOUCH_US ? touched.control : null;
  return <Shown screen={screen} lit={lit} onTouch={onTouch} />;
}

interface ShownProps extends Pick<Props, "screen" | "onTouch"> {
  readonly lit: Control | null;
}

/** Made anew when it says something else, not with every tick of the clock. */
const Shown = memo(function Shown({ screen, lit, onTouch }: ShownProps) {
  const digits = useDigits();
  if (screen === null) return <div class="screen" data-page="dark" />;
  const texts = screenTexts(screen);
  const written = (text: string | null) => text && digits(screen.language, text);
  const { languages, choices, leaving } = sorted(screen.controls);
  const common = { language: screen.language, lit, onTouch };
  return (
    <div class="screen" lang={screen.language} data-page={screen.page}>
      <header class="screen-bar">
        <span class="screen-brand">ATM</span>
        <span class="screen-languages">
          {languages.map((control) => (
            <Touch
              key={control}
              control={control}
              {...common}
              chosen={control === `language_${screen.language}`}
            />
          ))}
        </span>
      </header>
      <div class="screen-words">
        <PageSign screen={screen} />
        <h2 class="screen-title">{written(texts.title)}</h2>
        {texts.body && <p class="screen-body">{written(texts.body)}</p>}
        <Field screen={screen} field={written(texts.field)} />
        {texts.hint && <p class="screen-hint" data-tone={toneOf(screen)}>{written(texts.hint)}</p>}
      </div>
      {choices.length > 0 && (
        <div class="screen-choices" data-count={Math.min(choices.length, 7)}>
          {choices.map((control) => <Touch key={control} control={control} {...common} />)}
        </div>
      )}
      <footer class="screen-foot">
        {leaving.map((control) => <Touch key={control} control={control} {...common} />)}
      </footer>
    </div>
  );
});

interface TouchProps {
  readonly control: Control;
  readonly language: Language;
  readonly lit: Control | null;
  readonly chosen?: boolean;
  readonly onTouch: OnTouch;
}

function Touch({ control, language, lit, chosen = false, onTouch }: TouchProps) {
  const own = /^language_(bo|zh|en)$/.exec(control)?.[1] ?? language;
  const look = { class: "touch", "data-control": control, "data-lit": control === lit };
  const digits = useDigits();
  const label = <span lang={own}>{digits(language, controlLabel(language, control))}</span>;
  if (onTouch === undefined) return <span {...look} data-chosen={chosen}>{label}</span>;
  return (
    <button type="button" {...look} data-chosen={chosen} onClick={() => onTouch(control)}>
      {label}
    </button>
  );
}

/** What was entered, or the amount: large, in a box while it is being entered. */
function Field({ screen, field }: { screen: Screen; field: string | null }) {
  if (field === null) return null;
  const entry = ["enter_number", "enter_pin", "enter_amount"].includes(screen.page);
  return (
    <p class="screen-field" data-entry={entry} data-page={screen.page}>
      <span>{field}</span>
      {entry && <i class="screen-caret" />}
    </p>
  );
}

/** A picture for pages that have one, so that nobody needs to read to understand. */
function PageSign({ screen }: { screen: Screen }) {
  switch (screen.page) {
    case "look_at_camera":
      return <FaceFrame />;
    case "please_wait":
      return <span class="sign-wait" aria-hidden="true" />;
    case "goodbye":
      return <Done />;
    case "sorry":
      return isChosen(screen.reason) ? <Done /> : <Wrong />;
    case "out_of_service":
      return <Wrong />;
    case "take_cash":
    case "take_receipt":
      return <Sign d="M24 8v28M12 25l12 12 12-12" tone="call" />;
    default:
      return null;
  }
}

function Sign({ d, tone }: { d: string; tone: "good" | "bad" | "call" }) {
  return (
    <svg class="sign" data-tone={tone} viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="23" />
      <path d={d} />
    </svg>
  );
}

function Done() {
  return <Sign d="M8 25l10 10 22-24" tone="good" />;
}

function Wrong() {
  return <Sign d="M24 10v18M24 36v1" tone="bad" />;
}

function FaceFrame() {
  return (
    <svg class="sign-face" viewBox="0 0 120 96" aria-hidden="true">
      <path class="sign-face-corners" d="M8 26V8h18M94 8h18v18M112 70v18H94M26 88H8V70" />
      <ellipse cx="60" cy="46" rx="24" ry="31" />
      <path d="M50 42h1M69 42h1M60 46v9M52 64q8 5 16 0" />
    </svg>
  );
}

/** Languages above, choices in the middle, ways out below. */
function sorted(controls: readonly Control[]) {
  const leavingNames: readonly Control[] = ["cancel", "decline", "other_way"];
  const languages = controls.filter((control) => control.startsWith("language_"));
  const leaving = controls.filter((control) => leavingNames.includes(control));
  const choices = controls.filter(
    (control) => !languages.includes(control) && !leaving.includes(control),
  );
  return { languages, choices, leaving };
}

/** Whether the hint corrects or only advises. */
function toneOf(screen: Screen): "advice" | "correction" {
  switch (screen.page) {
    case "look_at_camera":
      return "correction";
    case "enter_number":
    case "choose_amount":
      return screen.problem === null ? "advice" : "correction";
    case "enter_pin":
      return screen.tries_left === null ? "advice" : "correction";
    case "take_cash":
      return screen.hurry ? "correction" : "advice";
    default:
      return "advice";
  }
}
