/**
 * One run in one page, with the result of its verification: replays with the stage, renders its own
 * frames and checks their hashes.
 *
 * @module
 */
import { render } from "preact";
import type { Check } from "../../sim/evidence/mod.ts";
import { answerFrom, type Run, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import { useSay } from "../app/language.tsx";
import { twinFrom } from "../app/twin/open_twin.ts";
import { answersOf } from "./desk.ts";
import { inlinedJson, inlinedText } from "./inlined.ts";

/** What `report_verb.ts` writes beside the trace. */
export interface Reported {
  readonly run: Run;
  readonly info: ScenarioInfo;
  readonly checks: readonly Check[];
  /** What verified it: program and commit. */
  readonly by: string;
}

function Verification({ checks, by }: Reported) {
  const say = useSay();
  return (
    <section class="verification" aria-labelledby="verification">
      <h2 id="verification">{say("report-heading")}</h2>
      <ol>
        {checks.map(({ name, ok, evidence }) => {
          const verdict = ok === null ? "not_possible" : ok ? "proven" : "refused";
          return (
            <li key={name} data-check={name} data-verdict={verdict}>
              <b>{say(`check-${name}`)}</b>
              <span class="badge" data-tone={ok === null ? "neutral" : ok ? "good" : "bad"}>
                {say(`report-${verdict}`)}
              </span>
              <code lang="en">{evidence}</code>
            </li>
          );
        })}
      </ol>
      <p class="verification-by" lang="en">{by}</p>
    </section>
  );
}

/** No top-level await: a classic script has none. */
async function begin(): Promise<void> {
  const reported = inlinedJson("reported") as Reported;
  const trace = await inlinedText("trace");
  const { run, info } = reported;
  const start = () => Promise.reject(new Error("a report holds one run, and runs nothing"));
  twinFrom(null);
  answerFrom(answersOf({ scenarios: [info], runs: [{ run, trace }], start }));
  const root = document.getElementById("app");
  if (root === null) throw new Error("Cannot start: the page has no element app");
  render(<App pages={{}} only={run.id} notice={<Verification {...reported} />} />, root);
}

void begin();
