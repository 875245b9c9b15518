/** Scenario and profile files are YAML; so is JSON. @module */
import { type Document, LineCounter, parseDocument, visit, type YAMLParseError } from "yaml";
import { InputError } from "./mod.ts";

export const SCENARIO_BYTES_MAX = 256 * 1024;
/** What is said of a file beyond that. */
export const TOO_LONG = "is longer than a scenario can be";
/** How often what an anchor names may be repeated: a small file can stand for a very large one. */
const ALIASES_MAX = 20;

/** What a document without errors says; or why it says nothing, with the alias that is to blame. */
export type YamlValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly from: number; readonly to: number };

export function valueOf(document: Document.Parsed): YamlValue {
  let wrong: YamlValue | null = null;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      const [from, to] = alias.range ?? [0, 0];
      const message = `*${alias.source} stands for nothing: write &${alias.source} before it`;
      wrong = { ok: false, message, from, to };
      return visit.BREAK;
    },
  });
  return wrong ?? wholeValue(document);
}

function wholeValue(document: Document.Parsed): YamlValue {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: ALIASES_MAX }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = "repeats too much: write out what its aliases stand for";
    return { ok: false, message, from: 0, to: 0 };
  }
}

/** A syntax error in one line, for whoever writes the file. */
export function wrongIn({ code, message }: YAMLParseError): string {
  if (code === "MULTIPLE_DOCS") return "a second document begins here: keep one in a file";
  if (code === "RESOURCE_EXHAUSTION") {
    return "is nested deeper than a scenario can be";
  }
  return message.split("\n")[0]?.replace(/:$/, "") ?? "is not YAML";
}

/** Parses YAML text; a syntax error or an alias without its anchor names its line. */
export function parseYaml(text: string, file: string): unknown {
  if (text.length > SCENARIO_BYTES_MAX) {
    throw new InputError({ file, field: "", message: TOO_LONG });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0]?.line;
    const field = line === undefined ? "" : `line ${line}`;
    throw new InputError({ file, field, message: wrongIn(error) });
  }
  const said = valueOf(document);
  if (said.ok) return said.value;
  const field = `line ${lines.linePos(said.from).line}`;
  throw new InputError({ file, field, message: said.message });
}
