/**
 * A lesson over the whole window: the machine on one side, large words on the other.
 *
 * @module
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { LANGUAGES, screenTexts, textOf } from "../../../core/locale/mod.ts";
import type { Language } from "../../../core/session/mod.ts";
import { Atm } from "../atm/atm.tsx";
import { Judged } from "../audit/judged.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { Moment } from "../replay/mod.ts";
import type { Lesson } from "./lesson.ts";
import type { Step } from "./steps.ts";
import { useClicker } from "./use_clicker.ts";

interface Props {
  readonly lesson: Lesson;
  readonly title: string;
  /** Which step, from 1. */
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly onLanguage: (language: Language) => void;
  readonly onLeave: () => void;
}

export function Show({ lesson, title, place, onPlace, onLanguage, onLeave }: Props) {
  const { steps, replay } = lesson;
  const language = useLanguage();
  const [asked, setAsked] = useState(false);
  const [auto, setAuto] = useState(false);
  const room = useRef<HTMLElement>(null);
  const index = Math.min(Math.max(Math.trunc(place), 1), steps.length) - 1;
  const step = steps[index];
  const moment = useMemo(() => replay.momentAfter(step?.n ?? 0), [replay, step]);
  const go = (by: number) => {
    setAsked(false);
    onPlace(Math.min(Math.max(index + by, 0), steps.length - 1) + 1);
  };
  const deeds = {
    next: () => go(1),
    back: () => go(-1),
    questions: () => setAsked((before) => !before),
    wholeScreen: () => void toggleWholeScreen(room.current),
    leave: () => asked ? setAsked(false) : onLeave(),
    language: onLanguage,
  };
  useClicker(deeds);
  const more = index < steps.length - 1;
  useEffect(() => {
    if (!auto || asked || step === undefined) return undefined;
    if (!more) return setAuto(false);
    const timer = setTimeout(() => go(1), readingTime_ms(language, step));
    return () => clearTimeout(timer);
  }, [auto, asked, index, language]);
  if (step === undefined) return null;
  return (
    <main class="show" ref={room} data-asked={asked}>
      <div class="show-machine">
        <Atm moment={inLanguage(moment, language)} now={moment.t} />
      </div>
      <Narration {...{ title, step, moment, index, count: steps.length }} />
      <Controls {...deeds} {...{ auto, asked, index, count: steps.length }} onAuto={setAuto} />
      {asked && <Questions onGoOn={deeds.questions} />}
    </main>
  );
}

/** The customer's screen in the language of the lesson: a screen is data, and has no words of its own. */
function inLanguage(moment: Moment, language: Language): Moment {
  return moment.screen === null ? moment : { ...moment, screen: { ...moment.screen, language } };
}

interface NarrationProps {
  readonly title: string;
  readonly step: Step;
  readonly moment: Moment;
  readonly index: number;
  readonly count: number;
}

function Narration({ title, step, moment, index, count }: NarrationProps) {
  const say = useSay();
  const language = useLanguage();
  const words = useRef<HTMLElement>(null);
  // Each step is read from its beginning, wherever the last one was left.
  useLayoutEffect(() => words.current?.scrollTo(0, 0), [index]);
  const seen = moment.screen === null ? null : screenTexts(moment.screen, language);
  return (
    <article class="show-words" data-step={step.kind} aria-live="polite" ref={words}>
      <p class="show-place">
        {title} · {say("teach-step", { step: String(index + 1), all: String(count) })}
      </p>
      <PageTitle name={title}>{seen?.title}</PageTitle>
      <h2>{say("teach-why")}</h2>
      <p>{say(`teach_why-${step.kind}`)}</p>
      {step.kind === "judging" && <Scores moment={moment} />}
      <h2>{say("teach-say")}</h2>
      <blockquote>{say(`teach_say-${step.kind}`)}</blockquote>
    </article>
  );
}

/** What was measured while the customer waits. */
function Scores({ moment: { assessed, verified } }: { readonly moment: Moment }) {
  const say = useSay();
  return (
    <dl class="show-scores">
      {assessed !== null && (
        <div>
          <dt>{say("face-liveness")}</dt>
          <dd>
            <Judged score={assessed.liveness} threshold={assessed.liveness_threshold} />
          </dd>
        </div>
      )}
      {verified !== null && (
        <div>
          <dt>{say("face-match")}</dt>
          <dd>
            <Judged score={verified.score} threshold={verified.threshold} />
          </dd>
        </div>
      )}
    </dl>
  );
}

interface ControlsProps {
  readonly next: () => void;
  readonly back: () => void;
  readonly questions: () => void;
  readonly wholeScreen: () => void;
  readonly leave: () => void;
  readonly language: (language: Language) => void;
  readonly auto: boolean;
  readonly asked: boolean;
  readonly index: number;
  readonly count: number;
  readonly onAuto: (auto: boolean) => void;
}

function Controls(props: ControlsProps) {
  const { next, back, questions, wholeScreen, leave, auto, asked, index, count, onAuto } = props;
  const say = useSay();
  const spoken = useLanguage();
  return (
    <footer class="show-controls">
      <div class="show-steps">
        <button type="button" class="quiet" disabled={index === 0} onClick={back}>
          ← {say("teach-back")}
        </button>
        <progress value={index + 1} max={count} aria-label={say("time-line")} />
        <button type="button" class="primary" disabled={index === count - 1} onClick={next}>
          {say("teach-next")} →
        </button>
      </div>
      <div class="show-more">
        <button type="button" class="quiet" aria-pressed={asked} onClick={questions}>
          {say("teach-questions")}
        </button>
        <button type="button" class="quiet" aria-pressed={auto} onClick={() => onAuto(!auto)}>
          {say("teach-auto")}
        </button>
        <button type="button" class="quiet" onClick={wholeScreen}>{say("teach-screen")}</button>
        <button type="button" class="quiet" onClick={leave}>{say("teach-leave")}</button>
        <span class="languages" role="group" aria-label={say("app-language")}>
          {LANGUAGES.map((one) => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={one === spoken}
              onClick={() => props.language(one)}
            >
              {textOf(one, `control-language_${one}`)}
            </button>
          ))}
        </span>
      </div>
      <p class="show-keys">
        {say("teach-keys")}
        {spoken === "bo" && <span class="bar-draft">{say("app-draft")}</span>}
      </p>
    </footer>
  );
}

/** Nothing moves and nothing distracts while somebody asks; then the focus is back where it was. */
function Questions({ onGoOn }: { readonly onGoOn: () => void }) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog class="show-questions" ref={dialog} aria-labelledby="questions">
      <h2 id="questions">{say("teach-paused")}</h2>
      <p>{say("teach-paused_lead")}</p>
      <button type="button" class="primary" autoFocus onClick={onGoOn}>{say("teach-go_on")}</button>
    </dialog>
  );
}

/** Long enough to read it aloud: Chinese and Tibetan say more with a letter than English. */
function readingTime_ms(language: Language, { kind }: Step): number {
  const letters = textOf(language, `teach_why-${kind}`).length +
    textOf(language, `teach_say-${kind}`).length;
  return 3_000 + letters * (language === "en" ? 60 : 160);
}

async function toggleWholeScreen(room: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  // A browser may refuse; the lesson covers the window all the same.
  else await room?.requestFullscreen().catch(() => undefined);
}
