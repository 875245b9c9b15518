/**
 * The language of the dashboard, for every component under the provider.
 *
 * @module
 */
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { type TextArgs, textOf } from "../../core/locale/mod.ts";
import type { Language } from "../../core/session/mod.ts";

export const LanguageContext = createContext<Language>("en");

/** Says a text of the dashboard in its language. */
export type Say = (key: string, args?: TextArgs) => string;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useSay(): Say {
  const language = useLanguage();
  return useMemo(() => (key, args) => textOf(language, key, args), [language]);
}
