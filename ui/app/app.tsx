/**
 * The whole page: the bar with the languages, then the shelf or a run on the stage, as the address says.
 *
 * @module
 */
import type { ComponentChildren } from "preact";
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { LANGUAGES, textOf } from "../../core/locale/mod.ts";
import type { Language } from "../../core/session/mod.ts";
import { fetchScenarios, type ScenarioInfo } from "./api.ts";
import { type DeepLink, formatDeepLink, PAGES, parseDeepLink } from "./deep_link.ts";
import { Home } from "./home/home.tsx";
import { DropFiles } from "./drop_files.tsx";
import { Failure } from "./failure.tsx";
import { LanguageContext, TibetanDigitsContext, useSay } from "./language.tsx";
import { ArrivalsContext } from "./page_title.tsx";
import { Lazy, type Pages } from "./pages.tsx";
import { storage } from "./storage.ts";
import { type Loaded, useLoaded } from "./use_loaded.ts";

interface Props {
  /** The one run that this page is about; absent: whatever the address says. */
  readonly only?: string;
  /** Stands under the bar. */
  readonly notice?: ComponentChildren;
  readonly pages: Pages;
}

export function App({ only, notice, pages }: Props) {
  const [link, setLink] = useState(() => parseDeepLink(location.hash));
  const { language, digits } = useWriting(link);
  const [scenarios, retry] = useLoaded("scenarios", fetchScenarios);
  /** The address that the page shows; another one is news that has not come yet. */
  const known = useRef(location.hash);
  /** How often somebody has come to another address. */
  const arrivals = useRef(0);
  const arrival = arrivals.current;
  const greeted = useRef(0);
  const arrived = useMemo(() => ({ count: arrival, greeted }), [arrival]);
  useEffect(() => {
    const follow = () => {
      known.current = location.hash;
      arrivals.current++;
      setLink(parseDeepLink(location.hash));
    };
    addEventListener("hashchange", follow);
    if (location.hash !== known.current) follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  const latest = useRef(link);
  latest.current = link;
  const change = useCallback((some: Partial<DeepLink>) => {
    // Somebody has just gone elsewhere: that is not written over.
    if (location.hash !== known.current) return;
    latest.current = { ...latest.current, ...some };
    history.replaceState(null, "", formatDeepLink(latest.current));
    known.current = location.hash;
    setLink(latest.current);
  }, []);
  // A page that is about to go writes nothing into the address of the next.
  const changeHere = useCallback((some: Partial<DeepLink>) => {
    if (arrival === arrivals.current) change(some);
  }, [arrival]);
  const go = useCallback((to: Partial<DeepLink>) => {
    location.hash = formatDeepLink({ ...to, lang: latest.current.lang });
  }, []);
  const [broughtCount, setBroughtCount] = useState(0);
  const brought = useCallback((to: Partial<DeepLink>) => {
    setBroughtCount((before) => before + 1);
    go(to);
  }, []);
  const away = link.page !== null || link.with !== null ||
    (link.run !== null && link.run !== only);
  return (
    <LanguageContext.Provider value={language}>
      <TibetanDigitsContext.Provider value={digits === "tibt"}>
        <Bar
          language={language}
          onDigits={(digits) => change({ digits })}
          back={!away ? null : only === undefined ? "app-home" : "report-back"}
          pages={only === undefined ? pages : {}}
          page={link.page}
          onLanguage={(lang) => change({ lang })}
        />
        {!away && notice}
        {pages.audit !== undefined && <DropFiles onBrought={brought} />}
        <ArrivalsContext.Provider value={arrived}>
          <Content
            key={broughtCount}
            {...{ only, link, arrival, pages, scenarios, retry, go }}
            change={changeHere}
          />
        </ArrivalsContext.Provider>
      </TibetanDigitsContext.Provider>
    </LanguageContext.Provider>
  );
}

/** Loaded when the first run is opened: the shelf is there before. */
const runPage = async () => (await import("./stage/run_page.tsx")).RunPage;
const comparePage = async () => (await import("./compare/compare_page.tsx")).ComparePage;

interface ContentProps extends Pick<Props, "pages"> {
  readonly only: string | undefined;
  readonly link: DeepLink;
  readonly arrival: number;
  readonly scenarios: Loaded<readonly ScenarioInfo[]>;
  readonly retry: () => void;
  readonly change: (some: Partial<DeepLink>) => void;
  readonly go: (to: Partial<DeepLink>) => void;
}

function Content({ only, link, arrival, pages, scenarios, retry, change, go }: ContentProps) {
  const say = useSay();
  const known = scenarios.state === "loaded" ? scenarios.value : [];
  const run = link.run ?? only ?? null;
  const props = { link, arrival, scenarios: known, onLink: change, onGo: go };
  const page = link.page === null ? undefined : pages[link.page];
  if (page !== undefined && link.page !== null) {
    // Its first look needs the shelf.
    if (scenarios.state === "failed") {
      return <Failure alone error={scenarios.error} onRetry={retry} />;
    }
    if (scenarios.state === "loading") {
      return <p class="loading" role="status">{say("app-loading")}</p>;
    }
    return <Lazy key={link.page} name={link.page} load={page.load} given={props} />;
  }
  if (run === null) {
    return <Home scenarios={scenarios} pages={pages} onRetry={retry} onGo={go} />;
  }
  if (link.with !== null) {
    const both = `${run} ${link.with}`;
    return <Lazy key={both} name={both} load={comparePage} given={{ ...props, run }} />;
  }
  return <Lazy key={run} name={run} load={runPage} given={{ ...props, id: run }} />;
}

interface BarProps {
  readonly language: Language;
  /** What the way back is called; null: this is where it would lead. */
  readonly back: string | null;
  readonly pages: Pages;
  readonly page: string | null;
  readonly onLanguage: (language: Language) => void;
  readonly onDigits: (digits: "tibt" | "latn") => void;
}

function Bar({ language, back, pages, page, onLanguage, onDigits }: BarProps) {
  const say = useSay();
  const tibetan = useContext(TibetanDigitsContext);
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
      {back !== null
        ? (
          <a class="bar-home" href={formatDeepLink({ lang: language })}>
            ← {say(back)}
          </a>
        )
        : <span class="bar-tagline">{say("app-tagline")}</span>}
      <nav class="bar-pages" aria-label={say("app-pages")}>
        {PAGES.map((name) => {
          const title = pages[name]?.title;
          return title !== undefined && title !== null && (
            <a
              key={name}
              href={formatDeepLink({ page: name, lang: language })}
              aria-current={name === page ? "page" : undefined}
            >
              {say(title)}
            </a>
          );
        })}
      </nav>
      {language === "bo" && <span class="bar-draft">{say("app-draft")}</span>}
      {language === "bo" && (
        <button
          type="button"
          class="quiet bar-digits"
          aria-pressed={tibetan}
          title={say("app-digits")}
          aria-label={say("app-digits")}
          onClick={() => onDigits(tibetan ? "latn" : "tibt")}
        >
          ༠–༩
        </button>
      )}
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

/** The language and its digits: as the address says, else as before. Kept for the next page opened. */
function useWriting(link: DeepLink) {
  // Read once: what another tab keeps meanwhile is not for this page.
  const [atFirst] = useState(() => ({ language: preferredLanguage(), digits: preferredDigits() }));
  const own = useRef(atFirst);
  const language = link.lang ?? own.current.language;
  const digits = link.digits ?? own.current.digits;
  own.current = { language, digits };
  useEffect(() => {
    document.documentElement.lang = language;
    storage()?.setItem("language", language);
  }, [language]);
  useEffect(() => storage()?.setItem("digits", digits), [digits]);
  return own.current;
}

function preferredDigits(): "tibt" | "latn" {
  return storage()?.getItem("digits") === "tibt" ? "tibt" : "latn";
}

/** Chosen before, or the browser's first language that is spoken here. */
function preferredLanguage(): Language {
  const wishes = [storage()?.getItem("language") ?? "", ...navigator.languages];
  const spoken = wishes.map((wish) => LANGUAGES.find((one) => wish.startsWith(one)));
  return spoken.find((one) => one !== undefined) ?? "en";
}
