/**
 * The whole page: the bar with the languages, then the shelf or a run on the stage, as the address says.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { LANGUAGES, textOf } from "../../core/locale/mod.ts";
import type { Language } from "../../core/session/mod.ts";
import { fetchScenarios } from "./api.ts";
import { type DeepLink, formatDeepLink, parseDeepLink } from "./deep_link.ts";
import { Home } from "./home/home.tsx";
import { LanguageContext, useSay } from "./language.tsx";
import { RunPage } from "./stage/run_page.tsx";
import { useLoaded } from "./use_loaded.ts";

interface Props {
  /** The one run that this page is about; absent: whatever the address says. */
  readonly only?: string;
  /** Stands under the bar. */
  readonly notice?: ComponentChildren;
}

export function App({ only, notice }: Props) {
  const [link, setLink] = useState(() => parseDeepLink(location.hash));
  const language = link.lang ?? preferredLanguage();
  const [scenarios, retry] = useLoaded("scenarios", fetchScenarios);
  useEffect(() => {
    const follow = () => setLink(parseDeepLink(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem("language", language);
  }, [language]);
  const latest = useRef(link);
  latest.current = link;
  const change = useCallback((some: Partial<DeepLink>) => {
    latest.current = { ...latest.current, ...some };
    history.replaceState(null, "", formatDeepLink(latest.current));
    setLink(latest.current);
  }, []);
  const title = scenarios.state === "loaded"
    ? (id: string) => scenarios.value.find((scenario) => scenario.id === id)?.title[language]
    : () => undefined;
  const run = only ?? link.run;
  return (
    <LanguageContext.Provider value={language}>
      <Bar
        language={language}
        inside={run !== null && only === undefined}
        onLanguage={(lang) => change({ lang })}
      />
      {notice}
      {run === null
        ? (
          <Home
            scenarios={scenarios}
            onRetry={retry}
            onOpen={({ id, scenario, seed }) =>
              location.hash = formatDeepLink({ run: id, scenario, seed, lang: language })}
          />
        )
        : <RunPage key={run} id={run} link={link} title={title} onMoment={change} />}
    </LanguageContext.Provider>
  );
}

interface BarProps {
  readonly language: Language;
  readonly inside: boolean;
  readonly onLanguage: (language: Language) => void;
}

function Bar({ language, inside, onLanguage }: BarProps) {
  const say = useSay();
  return (
    <header class="bar">
      <a class="brand" href={formatDeepLink({ lang: language })}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 4h22v24H5z" />
          <path class="brand-screen" d="M9 8h14v9H9z" />
          <path class="brand-slot" d="M9 22h14" />
        </svg>
        <b>atm-twin</b>
      </a>
      {inside
        ? (
          <a class="bar-home" href={formatDeepLink({ lang: language })}>
            ← {say("app-home")}
          </a>
        )
        : <span class="bar-tagline">{say("app-tagline")}</span>}
      {language === "bo" && <span class="bar-draft">{say("app-draft")}</span>}
      <div class="languages" role="group" aria-label={say("app-language")}>
        {LANGUAGES.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === language}
            onClick={() => onLanguage(one)}
          >
            {textOf(one, `control-language_${one}`)}
          </button>
        ))}
      </div>
    </header>
  );
}

/** Chosen before, or the browser's first language that is spoken here. */
function preferredLanguage(): Language {
  const wishes = [localStorage.getItem("language") ?? "", ...navigator.languages];
  const spoken = wishes.map((wish) => LANGUAGES.find((one) => wish.startsWith(one)));
  return spoken.find((one) => one !== undefined) ?? "en";
}
