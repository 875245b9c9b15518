/**
 * CodeMirror for scenario files: YAML, completion from the JSON Schema, problems in place.
 *
 * It lives in a shadow root: there its styles are constructed sheets, which a policy without inline styles
 * allows.
 *
 * @module
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, linter, lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import schema from "../../../scenarios/scenario.schema.json" with { type: "json" };
import { placeOf } from "./place.ts";
import { FAULTS, problemsOf, type TextProblem } from "./problems.ts";
import { keysAt, type Offer, type Schema, valuesAt } from "./schema.ts";

const SCHEMA = schema as Schema;
/** Milliseconds without a key before the text is looked through. */
const LINT_AFTER_MS = 250;

export interface EditorOptions {
  readonly parent: ShadowRoot;
  /** What it is called now: asked again with each update. */
  readonly label: () => string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onProblems: (problems: readonly TextProblem[]) => void;
}

export function openEditor({ parent, label, text, onText, onProblems }: EditorOptions): EditorView {
  const lint = linter((view): Diagnostic[] => {
    const problems = problemsOf(view.state.doc.toString());
    onProblems(problems);
    const length = view.state.doc.length;
    return problems.map(({ from, to, field, message }) => ({
      from: Math.min(from, length),
      to: Math.min(to, length),
      severity: "error",
      message: field === "" ? message : `${field}: ${message}`,
    }));
  }, { delay: LINT_AFTER_MS });
  const changed = EditorView.updateListener.of((update) => {
    if (update.docChanged) onText(update.state.doc.toString());
  });
  const extensions = [
    lineNumbers(),
    lintGutter(),
    history(),
    bracketMatching(),
    highlightActiveLine(),
    indentUnit.of("  "),
    yaml(),
    syntaxHighlighting(HIGHLIGHT),
    autocompletion({ override: [complete] }),
    lint,
    changed,
    keymap.of([
      ...completionKeymap,
      ...lintKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ spellcheck: "false", tabindex: "0" }),
    EditorView.contentAttributes.of(() => ({ "aria-label": label() })),
    THEME,
  ];
  const state = EditorState.create({ doc: text, extensions });
  return new EditorView({ state, parent, root: parent });
}

/** What the schema allows at the cursor. */
export function complete(context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = placeOf(text, context.pos);
  if (place === null || (context.pos === place.from && !context.explicit)) return null;
  const { path, from, at, present } = place;
  const offers = at === "key" ? keysAt(SCHEMA, path, present) : valuesOf(path, text);
  const ending = at === "key" && text[context.pos] !== ":" ? ": " : "";
  return {
    from,
    options: offers.map((offer) => completionOf(offer, at, ending)),
    validFor: /^[\w-]*$/,
  };
}

function valuesOf(path: readonly (string | number)[], text: string): readonly Offer[] {
  const [top, , last] = path;
  if (top === "faults" && last === "id") return FAULTS;
  if (path.join(".") === "at_the_machine.is" || path.join(".") === "at_the_machine.of") {
    return [...text.matchAll(/^ {2}([a-z][a-z0-9_]*):/gm)]
      .map(([, name = ""]) => ({ text: name, description: "" }));
  }
  return valuesAt(SCHEMA, path);
}

function completionOf(
  { text, description }: Offer,
  at: "key" | "value",
  ending: string,
): Completion {
  return {
    label: text.trimEnd(),
    apply: text + ending,
    type: at === "key" ? "property" : "constant",
    ...(description === "" ? {} : { detail: description }),
  };
}

const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool], color: "var(--violet)" },
  { tag: tags.string, color: "var(--gold)" },
]);

const THEME = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", backgroundColor: "var(--panel)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--sunk)",
    color: "var(--ink-soft)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--accent) 7%, transparent)" },
  ".cm-tooltip": {
    backgroundColor: "var(--panel)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "8px",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  // Their own pictures are data addresses, which the page's policy refuses.
  ".cm-lint-marker-error": { content: '"●"', color: "var(--bad)", lineHeight: "1.65" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad)",
    textUnderlineOffset: "3px",
  },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.75", fontStyle: "normal" },
});
