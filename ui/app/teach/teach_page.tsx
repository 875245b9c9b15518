/**
 * The trainer's page: which story to tell, then its lesson over the whole window.
 *
 * @module
 */
import { Failure } from "../failure.tsx";
import { gentleFirst } from "../home/home.tsx";
import { ScenarioSign } from "../home/scenario_sign.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { PageProps } from "../pages.tsx";
import { useLoaded } from "../use_loaded.ts";
import { LESSON_SEED, loadLesson } from "./lesson.ts";
import { Show } from "./show.tsx";

export function TeachPage(props: PageProps) {
  const { link, scenarios } = props;
  if (link.scenario === null) return <Stories {...props} />;
  const title = scenarios.find(({ id }) => id === link.scenario)?.title;
  return <Told key={link.scenario} {...props} scenario={link.scenario} title={title} />;
}

function Stories({ scenarios, onGo }: PageProps) {
  const say = useSay();
  const language = useLanguage();
  return (
    <main class="stories">
      <header>
        <PageTitle name={`${say("home-heading")} · ${say("page-teach")}`}>
          {say("home-heading")}
        </PageTitle>
        <p>{say("teach-lead")}</p>
      </header>
      <ul>
        {gentleFirst(scenarios).map(({ id, title, story }) => (
          <li key={id} data-story={id}>
            <ScenarioSign id={id} />
            <div>
              <h2>{title[language]}</h2>
              <p>{story[language]}</p>
            </div>
            <div class="stories-deeds">
              <button
                type="button"
                class="primary"
                onClick={() => onGo({ page: "teach", scenario: id })}
              >
                {say("teach-begin")}
              </button>
              <button
                type="button"
                class="quiet"
                onClick={() => onGo({ page: "handout", scenario: id })}
              >
                {say("teach-handout")}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </main>
  );
}

interface ToldProps extends PageProps {
  readonly scenario: string;
  readonly title: Readonly<Record<string, string>> | undefined;
}

function Told({ scenario, title, link, onLink, onGo }: ToldProps) {
  const say = useSay();
  const language = useLanguage();
  const seed = link.seed ?? LESSON_SEED;
  const [loaded, retry] = useLoaded(`${scenario} ${seed}`, () => loadLesson(scenario, seed));
  if (loaded.state === "failed") return <Failure alone error={loaded.error} onRetry={retry} />;
  if (loaded.state === "loading") {
    return (
      <p class="loading" role="status">
        <i class="spinner" /> {say("home-running")}
      </p>
    );
  }
  return (
    <Show
      lesson={loaded.value}
      title={title?.[language] ?? scenario}
      place={link.n ?? 1}
      onPlace={(n) => onLink({ n })}
      onLanguage={(lang) => onLink({ lang })}
      onLeave={() => onGo({ page: "teach" })}
    />
  );
}
