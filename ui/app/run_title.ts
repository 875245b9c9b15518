/**
 * What a run is called in a list.
 *
 * @module
 */
import type { Language } from "../../core/session/mod.ts";
import type { Run, ScenarioInfo } from "./api.ts";

/** The beginning of a root, that a reader can tell it from another by. */
export function shortRoot(root: string): string {
  return root.replace(/^sha256:/, "").slice(0, 12);
}

/** Tells what to call a run in one language. */
export type TitleOf = (run: Pick<Run, "scenario" | "title">) => string;

/**
 * As its own plan calls it: one that was edited may bear the id of one on the shelf. Else as the shelf
 * calls its scenario, and else by the id.
 */
export function titlesFrom(shelf: readonly ScenarioInfo[], language: Language): TitleOf {
  return ({ scenario, title }) =>
    (title ?? shelf.find(({ id }) => id === scenario)?.title)?.[language] ?? scenario;
}
