/** Scenario and profile files are YAML; so is JSON. @module */
import { parseDocument } from "yaml";
import { InputError } from "./mod.ts";

export const SCENARIO_BYTES_MAX = 256 * 1024;

/** Parses YAML text; a syntax error names its line. */
export function parseYaml(text: string, file: string): unknown {
  if (text.length > SCENARIO_BYTES_MAX) {
    throw new InputError({ file, field: "", message: "is longer than a scenario can be" });
  }
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0]?.line;
    const message = error.message.split("\n")[0]?.replace(/:$/, "") ?? "is not YAML";
    throw new InputError({ file, field: line === undefined ? "" : `line ${line}`, message });
  }
  return document.toJS({ maxAliasCount: 20 });
}
