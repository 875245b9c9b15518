/**
 * One run in one page, with the result of its verification: replays with the stage, renders its own
 * frames and checks their hashes, verifies itself again, forks, and prints as one sheet.
 *
 * @module
 */
import { render } from "preact";
import { useState } from "preact/hooks";
import { auditOf } from "../../sim/audit/mod.ts";
import type { Check } from "../../sim/evidence/mod.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { answerFrom, type Run, type ScenarioInfo } from "../app/api.ts";
import { App } from "../app/app.tsx";
import { AuditSheet, Checks, useVerification } from "../app/audit/mod.ts";
import { useLanguage, useSay } from "../app/language.tsx";
import type { Pages } from "../app/pages.tsx";
import { PlayPage } from "../app/play/play_page.tsx";
import { twinFrom } from "../app/twin/open_twin.ts";
import { answersOf } from "./desk.ts";
import { inlinedJson, inlinedText, inlinedTwin } from "./inlined.ts";
import { twinDesk } from "./twin_desk.ts";

/** A fork leads there, when hands take over. */
const PAGES: Pages = { play: { title: null, load: () => Promise.resolve(PlayPage) } };

/** What `report_verb.ts` writes beside the trace. */
export interface Reported {
  readonly run: Run;
  readonly info: ScenarioInfo;
  readonly checks: readonly Check[];
  /** What verified it: program and commit. */
  readonly by: string;
}

interface Props {
  readonly reported: Reported;
  readonly trace: Trace;
}

/** On the screen what was verified, and the sheet on demand; on paper both. */
function Front({ reported: { run, info, checks, by }, trace }: Props) {
  const say = useSay();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const again = useVerification(run.id);
  const row = { id: run.id, created_ms: run.created_ms, ...auditOf(trace) };
  return (
    <div class="report-front">
      <section class="verification" aria-labelledby="verification">
        <div class="verification-head">
          <h2 id="verification">{say("report-heading")}</h2>
          <button
            type="button"
            class="quiet"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {say("page-audit")}
          </button>
          {again.asking
            ? <button type="button" class="quiet" onClick={again.stop}>{say("audit-stop")}</button>
            : (
              <button
                type="button"
                class="quiet"
                data-deed="verify-again"
                onClick={again.ask}
              >
                {say("report-again")}
              </button>
            )}
          <button type="button" class="quiet" onClick={() => print()}>{say("audit-print")}</button>
        </div>
        <Checks checks={checks} asking={false} />
        <p class="verification-by" lang="en">{by}</p>
        <Again {...again} />
      </section>
      <div class="report-sheet audit" data-open={open}>
        <AuditSheet row={row} title={info.title[language]} />
      </div>
    </div>
  );
}

/** What this page itself found: nobody has to believe what was written into it. */
function Again({ checks, asking, error }: ReturnType<typeof useVerification>) {
  const say = useSay();
  if (checks.length === 0 && !asking && error === null) return null;
  return (
    <div class="verification-again" aria-live="polite">
      <h3>{say(asking ? "audit-verifying" : "report-here")}</h3>
      <Checks checks={checks} asking={asking} />
      {error && <p class="audit-problem" role="alert">{error.message}</p>}
    </div>
  );
}

/** No top-level await: a classic script has none. */
async function begin(): Promise<void> {
  const reported = inlinedJson("reported") as Reported;
  const text = await inlinedText("trace");
  const reading = readTrace(text);
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.problem}`);
  const { run, info } = reported;
  twinFrom(inlinedTwin());
  answerFrom(answersOf({ ...twinDesk([info]), runs: [{ run, trace: text }] }));
  const root = document.getElementById("app");
  if (root === null) throw new Error("Cannot start: the page has no element app");
  const front = <Front reported={reported} trace={reading.trace} />;
  render(<App pages={PAGES} only={run.id} notice={front} />, root);
}

void begin();
