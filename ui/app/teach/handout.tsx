/**
 * A scenario on paper: its story, and each step with its reason and its words. For everybody who was
 * there, to take home.
 *
 * @module
 */
import { screenTexts } from "../../../core/locale/mod.ts";
import { fen } from "../../../core/units.ts";
import { named } from "../audit/table.tsx";
import { durationOf } from "../duration.ts";
import { Failure } from "../failure.tsx";
import { useDigits, useFormat, useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { PageProps } from "../pages.tsx";
import { useLoaded } from "../use_loaded.ts";
import { type Lesson, LESSON_SEED, loadLesson } from "./lesson.ts";

export function HandoutPage({ link, scenarios, onGo }: PageProps) {
  const say = useSay();
  const id = link.scenario ?? scenarios[0]?.id ?? "";
  const scenario = scenarios.find((one) => one.id === id);
  const seed = link.seed ?? LESSON_SEED;
  const [loaded, retry] = useLoaded(`${id} ${seed}`, () => loadLesson(id, seed));
  const language = useLanguage();
  if (loaded.state === "failed") return <Failure alone error={loaded.error} onRetry={retry} />;
  if (loaded.state === "loading" || scenario === undefined) {
    return <p class="loading" role="status">{say("home-running")}</p>;
  }
  return (
    <main class="handout">
      <div class="handout-deeds">
        <button type="button" class="quiet" onClick={() => onGo({ page: "teach" })}>
          {say("app-home")}
        </button>
        <button type="button" class="primary" onClick={() => print()}>{say("audit-print")}</button>
      </div>
      <PageTitle name={scenario.title[language]} />
      <p class="handout-story">{scenario.story[language]}</p>
      <Steps lesson={loaded.value} />
      <Ending lesson={loaded.value} />
      <section class="handout-notes">
        <h2>{say("teach-notes")}</h2>
      </section>
      <footer>
        {say("app-synthetic")} {language === "bo" && say("app-draft")}
      </footer>
    </main>
  );
}

function Steps({ lesson: { replay, steps } }: { readonly lesson: Lesson }) {
  const say = useSay();
  const language = useLanguage();
  const digits = useDigits();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{say("panel-atm")}</th>
          <th scope="col">{say("teach-why")}</th>
          <th scope="col">{say("teach-say")}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ kind, n }, index) => {
          const { screen } = replay.momentAfter(n);
          return (
            <tr key={n}>
              <th scope="row">
                {digits(language, String(index + 1))}.{" "}
                {screen && screenTexts(screen, language).title}
              </th>
              <td>{say(`teach_why-${kind}`)}</td>
              <td>{say(`teach_say-${kind}`)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Ending({ lesson: { run } }: { readonly lesson: Lesson }) {
  const say = useSay();
  const format = useFormat();
  const duration = durationOf(run);
  return (
    <p class="handout-ending">
      <b>{say("teach-ends")}</b> {named(say, "outcome", run.outcome)}:{" "}
      {named(say, "reason", run.reason)} {say("result-cash")} {format.yuan(fen(run.cash_taken_fen))}
      {" "}
      · {say(duration.name)} {format.seconds(duration.length)}
    </p>
  );
}
