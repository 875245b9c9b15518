/**
 * What is wrong with a scenario file, each at its place in the text.
 *
 * @module
 */
import { isMap, isNode, type Node, parseDocument } from "yaml";
import { FAULT_CATALOGUE } from "../../../sim/faults/mod.ts";
import { InputError, scenarioOf, scenarioSchema } from "../../../sim/plan/mod.ts";
import { SCENARIO_BYTES_MAX, TOO_LONG, valueOf, wrongIn } from "../../../sim/plan/yaml.ts";

export interface TextProblem {
  readonly from: number;
  readonly to: number;
  readonly field: string;
  readonly message: string;
}

/** Known faults by id, for whoever writes one. */
export const FAULTS = FAULT_CATALOGUE.map(({ id, device, does }) => ({
  text: id,
  description: `${device}: ${does}`,
}));

type Path = readonly PropertyKey[];

/** Length and syntax; then what the schema does not allow; then names that nothing stands for. */
export function problemsOf(text: string): TextProblem[] {
  if (text.length > SCENARIO_BYTES_MAX) {
    return [{ from: SCENARIO_BYTES_MAX, to: text.length, field: "", message: TOO_LONG }];
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return document.errors.map((error) => {
      const [from, to] = error.pos;
      return { from, to: Math.max(to, from + 1), field: "", message: wrongIn(error) };
    });
  }
  const said = valueOf(document);
  if (!said.ok) {
    const { message, from, to } = said;
    return [{ from, to: Math.max(to, from + 1), field: "", message }];
  }
  const { value } = said;
  const problem = (path: Path, message: string): TextProblem => ({
    ...rangeOf(document.contents, path),
    field: path.map(String).join("."),
    message,
  });
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => problem(issue.path, issue.message));
  }
  try {
    scenarioOf(value, "scenario");
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const path = error.problem.field.split(".").map((step) =>
      /^\d+$/.test(step) ? Number(step) : step
    );
    return [problem(path, error.problem.message)];
  }
}

/** Where the value at `path` stands, or the nearest thing around it that is there. */
function rangeOf(
  contents: Node | null,
  path: Path,
): { readonly from: number; readonly to: number } {
  let node: Node | null = contents;
  let range: { from: number; to: number } = { from: 0, to: 1 };
  for (const step of path) {
    const inner: unknown = node !== null && "get" in node && typeof node.get === "function"
      ? node.get(step, true)
      : undefined;
    if (!isNode(inner)) {
      const key = isMap(node) ? node.items[0]?.key : undefined;
      return isNode(key) ? spanOf(key) ?? range : range;
    }
    range = spanOf(inner) ?? range;
    node = inner;
  }
  return range;
}

function spanOf(node: Node): { readonly from: number; readonly to: number } | null {
  if (!node.range) return null;
  const [from, to] = node.range;
  return { from, to: Math.max(to, from + 1) };
}
