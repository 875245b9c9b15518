/**
 * What was written in the editor and is no scenario's text yet, one draft a scenario: kept while another
 * scenario is written, while a run is watched, and when the tab is closed.
 *
 * Where the browser keeps nothing for a page, or another tab has kept a draft of its own since, this tab
 * alone has the draft: then the browser asks before the tab goes.
 *
 * @module
 */
import { storage } from "../storage.ts";

const PREFIX = "edited-scenario-";

/** Those of this tab, by scenario. */
const drafts = new Map<string, string>();
/** What was kept when this tab last read or wrote it: anything else is another tab's. */
const known = new Map<string, string | null>();

/** This tab's draft of a scenario, or the one that was kept; null: nobody has changed it. */
export function draftOf(scenario: string): string | null {
  const own = drafts.get(scenario);
  if (own !== undefined) return own;
  const kept = keptOf(scenario);
  known.set(scenario, kept);
  return kept;
}

/** Keeps what was written; what is the scenario's own text is no draft. */
export function keepDraft(scenario: string, text: string, source: string): void {
  const draft = text === source ? null : text;
  if (drafts.size === 0) addEventListener("beforeunload", askFirst);
  if (draft === null) drafts.delete(scenario);
  else drafts.set(scenario, draft);
  if (keptOf(scenario) !== (known.get(scenario) ?? null)) return;
  keep(scenario, draft);
  known.set(scenario, keptOf(scenario));
}

function keep(scenario: string, draft: string | null): void {
  if (draft === null) return storage()?.removeItem(PREFIX + scenario);
  try {
    storage()?.setItem(PREFIX + scenario, draft);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
  }
}

function askFirst(leaving: BeforeUnloadEvent): void {
  for (const [scenario, text] of drafts) {
    if (keptOf(scenario) !== text) leaving.preventDefault();
  }
}

function keptOf(scenario: string): string | null {
  return storage()?.getItem(PREFIX + scenario) ?? null;
}
