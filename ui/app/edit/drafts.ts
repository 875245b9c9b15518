/**
 * What was written in the editor and is no scenario's text yet, one draft a scenario: kept while another
 * scenario is written, while a run is watched, and when the tab is closed.
 *
 * Where the browser keeps nothing for a page, or keeps what another tab wrote over it, the tab alone has the
 * draft: then the browser asks before the tab goes.
 *
 * @module
 */
import { storage } from "../storage.ts";

const PREFIX = "edited-scenario-";

/** Those of this tab, by scenario. */
const drafts = new Map<string, string>();

/** This tab's draft of a scenario, or the last that any tab kept; null: nobody has changed it. */
export function draftOf(scenario: string): string | null {
  return drafts.get(scenario) ?? keptOf(scenario);
}

/** Keeps what was written; what is the scenario's own text is no draft. */
export function keepDraft(scenario: string, text: string, source: string): void {
  if (text === source) {
    drafts.delete(scenario);
    storage()?.removeItem(PREFIX + scenario);
    return;
  }
  if (drafts.size === 0) addEventListener("beforeunload", askFirst);
  drafts.set(scenario, text);
  try {
    storage()?.setItem(PREFIX + scenario, text);
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
