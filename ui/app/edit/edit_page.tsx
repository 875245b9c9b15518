/**
 * The scenario editor: change a scenario, run it in this tab, see what came of it.
 *
 * @module
 */
import type { EditorView } from "@codemirror/view";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { hasText } from "../../../core/locale/mod.ts";
import "../../../core/locale/pages.ts";
import type { Run } from "../api.ts";
import { Cancelled, useCancelling } from "../cancelling.ts";
import { FailureLine } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import { linkTo, type PageProps } from "../pages.tsx";
import { runHere } from "../twin/run_here.ts";
import type { Twin } from "../twin/twin.ts";
import { openEditor } from "./code_editor.ts";
import { draftOf, keepDraft } from "./drafts.ts";
import type { TextProblem } from "./problems.ts";

export function EditPage({ link, scenarios, onLink, onGo }: PageProps) {
  const say = useSay();
  const language = useLanguage();
  const scenario = scenarios.find(({ id }) => id === link.scenario) ?? scenarios[0];
  const chosen = scenario?.id ?? "";
  return (
    <main class="edit">
      <header class="edit-head">
        <PageTitle name={say("page-edit")} />
        <p>{say("edit-lead")}</p>
        <label>
          <span>{say("edit-from")}</span>
          <select
            class="field"
            value={chosen}
            onChange={(event) => onLink({ scenario: event.currentTarget.value })}
          >
            {scenarios.map(({ id, title }) => <option key={id} value={id}>{title[language]}
            </option>)}
          </select>
        </label>
      </header>
      <Editing
        key={chosen}
        scenario={chosen}
        source={scenario?.source ?? ""}
        seed={link.seed ?? 1}
        onWatch={(run) => onGo(linkTo(run))}
      />
    </main>
  );
}

interface EditingProps {
  /** Whose draft is written. */
  readonly scenario: string;
  /** The text to begin with where there is no draft. */
  readonly source: string;
  readonly seed: number;
  readonly onWatch: (run: Run) => void;
}

function Editing({ scenario, source, seed, onWatch }: EditingProps) {
  const say = useSay();
  const [text, setText] = useState(draftOf(scenario) ?? source);
  const [problems, setProblems] = useState<readonly TextProblem[]>([]);
  const running = useRunning();
  const write = (text: string) => {
    setText(text);
    keepDraft(scenario, text, source);
  };
  const editor = useRef<EditorView>(null);
  // A change like any other: it can be undone.
  const startOver = () => {
    const to = editor.current?.state.doc.length;
    if (to !== undefined) editor.current?.dispatch({ changes: { from: 0, to, insert: source } });
  };
  return (
    <>
      <Code editor={editor} text={text} onText={write} onProblems={setProblems} />
      <aside class="edit-side">
        <div class="edit-deeds">
          <button
            type="button"
            class="primary"
            disabled={running.progress !== null || problems.length > 0}
            onClick={() => running.begin(text, seed)}
          >
            {running.progress !== null && <i class="spinner" />}
            {say(running.progress === null ? "edit-run" : "home-running")}
          </button>
          {running.progress !== null && (
            <button type="button" class="quiet" onClick={running.cancel}>
              {say("app-cancel")}
            </button>
          )}
          {text !== source && (
            <button type="button" class="quiet" data-deed="start-over" onClick={startOver}>
              {say("edit-start_over")}
            </button>
          )}
        </div>
        <Problems problems={problems} />
        {running.error && <FailureLine error={running.error} />}
        {running.run && <Seen run={running.run} onWatch={onWatch} />}
      </aside>
    </>
  );
}

interface CodeProps {
  /** Where it puts itself. */
  readonly editor: RefObject<EditorView | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onProblems: (problems: readonly TextProblem[]) => void;
}

function Code({ editor, text, onText, onProblems }: CodeProps) {
  const say = useSay();
  const host = useRef<HTMLDivElement>(null);
  const name = say("edit-editor");
  const latest = useRef(name);
  latest.current = name;
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const parent = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const label = () => latest.current;
    const view = openEditor({ parent, label, text, onText, onProblems });
    editor.current = view;
    return () => view.destroy();
  }, []);
  // In another language it is called otherwise; what was written and can be undone stays.
  useEffect(() => editor.current?.dispatch({}), [name]);
  return <div class="edit-code" lang="en" ref={host} />;
}

function Problems({ problems }: { readonly problems: readonly TextProblem[] }) {
  const say = useSay();
  const fine = problems.length === 0;
  return (
    <section aria-label={say("edit-editor")}>
      <span class="badge" data-tone={fine ? "good" : "bad"} role="status">
        {fine ? say("edit-fine") : say("edit-problems", { count: String(problems.length) })}
      </span>
      <ul class="edit-problems" lang="en">
        {problems.slice(0, 8).map(({ field, message, from }) => (
          <li key={`${from} ${field} ${message}`}>
            {field !== "" && <code>{field}</code>} {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the run came to, and the way to watch it. */
function Seen({ run, onWatch }: { readonly run: Run; readonly onWatch: (run: Run) => void }) {
  const say = useSay();
  const name = (key: string, otherwise: string) => hasText(key) ? say(key) : otherwise;
  return (
    <section class="edit-seen" data-ok={run.ok}>
      <span class="outcome" data-outcome={run.outcome}>
        {name(`outcome-${run.outcome}`, run.outcome)}
      </span>
      <p>{name(`reason-${run.reason}`, run.reason)}</p>
      <ul lang="en">
        {run.expectations.map(({ text, ok }) => <li key={text} data-ok={ok}>{text}</li>)}
        {run.missed?.map((text) => <li key={text} data-ok="missed">{text}</li>)}
      </ul>
      <button type="button" class="primary" data-deed="watch" onClick={() => onWatch(run)}>
        {say("edit-watch")}
      </button>
    </section>
  );
}

/** Runs a file's text; `progress` is null while nothing runs. */
function useRunning() {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [run, setRun] = useState<Run | null>(null);
  const cancelling = useCancelling();
  const begin = async (text: string, seed: number) => {
    setError(null);
    setRun(null);
    setProgress(0);
    try {
      const planned = (twin: Twin) => twin.plan(text, seed);
      setRun(await runHere(planned, setProgress, cancelling.begin()));
    } catch (caught) {
      if (caught instanceof Cancelled) return;
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setProgress(null);
    }
  };
  return { progress, error, run, begin, cancel: cancelling.cancel };
}
