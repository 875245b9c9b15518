/**
 * Every word the product says, in three languages, out of one Project Fluent file each.
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

/** In the order they are offered. */
export const LANGUAGES: readonly Language[] = ["bo", "zh", "en"];

/** The text of each language file, for the hash that a trace's header pins. */
export const LOCALE_SOURCES: Readonly<Record<Language, string>> = { bo, zh, en };

/** What a message is given: text only, numbers and money already formatted. */
export type TextArgs = Readonly<Record<string, string>>;

const bundles: Readonly<Record<Language, FluentBundle>> = {
  bo: bundleOf("bo"),
  zh: bundleOf("zh"),
  en: bundleOf("en"),
};

/** Whether any language has a text of this name: the test keeps all three alike. */
export function hasText(key: string): boolean {
  return bundles.en.hasMessage(key);
}

/** The text of this name; an unknown name or a missing argument is a bug and throws. */
export function textOf(language: Language, key: string, args: TextArgs = {}): string {
  const bundle = bundles[language];
  const pattern = bundle.getMessage(key)?.value;
  assert(pattern !== undefined && pattern !== null, `${language}.ftl has a text called ${key}`);
  const errors: Error[] = [];
  const text = bundle.formatPattern(pattern, args, errors);
  assert(errors.length === 0, `${language}.ftl ${key} can be said: ${errors[0]?.message}`);
  return text;
}

function bundleOf(language: Language): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  const errors = bundle.addResource(new FluentResource(LOCALE_SOURCES[language]));
  assert(errors.length === 0, `${language}.ftl names each text once: ${errors[0]?.message}`);
  return bundle;
}
