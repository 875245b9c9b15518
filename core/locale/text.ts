/**
 * Every word the product says, in three languages, in Project Fluent files:
 *
 * ```
 *   bo.ftl zh.ftl en.ftl   what the machine says to its customer: pinned by every trace
 *   dashboard/             what is said about it: no trace depends on that
 *   lessons/ pages/        what a trainer says, and the pages of auditors and developers: loaded with them
 * ```
 *
 * Pure: the texts are part of the module graph, so the same code runs in Deno and in a browser bundle.
 * No `Intl`: Chromium has no data for `bo` and silently answers in English, so numbers, money and
 * dates come ready-made as strings (see `format.ts`) and no message selects on a number.
 *
 * @module
 */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { assert } from "../assert.ts";
import type { Language } from "../session/mod.ts";
import bo from "./bo.ftl" with { type: "text" };
import en from "./en.ftl" with { type: "text" };
import zh from "./zh.ftl" with { type: "text" };
import dashboardBo from "./dashboard/bo.ftl" with { type: "text" };
import dashboardEn from "./dashboard/en.ftl" with { type: "text" };
import dashboardZh from "./dashboard/zh.ftl" with { type: "text" };

/** In the order they are offered. */
export const LANGUAGES: readonly Language[] = ["bo", "zh", "en"];

/** One Fluent file for each language. */
export type Sources = Readonly<Record<Language, string>>;

/** What the machine says: the text of each file, for the hash that a trace's header pins. */
export const LOCALE_SOURCES: Sources = { bo, zh, en };
export const DASHBOARD_SOURCES: Sources = { bo: dashboardBo, zh: dashboardZh, en: dashboardEn };

/** What a message is given: text only, numbers and money already formatted. */
export type TextArgs = Readonly<Record<string, string>>;

type Bundles = Readonly<Record<Language, FluentBundle>>;

/** The machine's own, apart: so that nothing reaches a customer that no trace pins. */
const machine = emptyBundles();
const about = emptyBundles();
fill(machine, LOCALE_SOURCES);
fill(about, DASHBOARD_SOURCES);

/** Texts that only some pages need join when those pages load. */
export function addTexts(sources: Sources): void {
  fill(about, sources);
}

/** Whether any language has a text of this name: the test keeps all three alike. */
export function hasText(key: string): boolean {
  return machine.en.hasMessage(key) || about.en.hasMessage(key);
}

/** The text of this name; an unknown name or a missing argument is a bug and throws. */
export function textOf(language: Language, key: string, args: TextArgs = {}): string {
  return said(machine[language].hasMessage(key) ? machine : about, language, key, args);
}

/** As {@linkcode textOf}, of what the machine says to its customer: nothing else is pinned. */
export function machineText(language: Language, key: string, args: TextArgs = {}): string {
  return said(machine, language, key, args);
}

function said(bundles: Bundles, language: Language, key: string, args: TextArgs): string {
  const bundle = bundles[language];
  const pattern = bundle.getMessage(key)?.value;
  assert(pattern !== undefined && pattern !== null, `${language}.ftl has a text called ${key}`);
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, args, errors);
  assert(errors.length === 0, `${language}.ftl ${key} can be said: ${errors[0]?.message}`);
  return text;
}

function emptyBundles(): Bundles {
  const bundle = (language: Language) => new FluentBundle(language, { useIsolating: false });
  return { bo: bundle("bo"), zh: bundle("zh"), en: bundle("en") };
}

function fill(bundles: Bundles, sources: Sources): void {
  for (const language of LANGUAGES) {
    const errors = bundles[language].addResource(new FluentResource(sources[language]));
    assert(errors.length === 0, `${language}.ftl names each text once: ${errors[0]?.message}`);
  }
}
