/**
 * The language of the dashboard, for every component under the providers; and the digits that Tibetan is
 * written with.
 *
 * @module
 */
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import {
  formatDate,
  formatInteger,
  formatSeconds,
  formatTimeOfDay,
  formatYuan,
  type TextArgs,
  textOf,
  tibetanDigits,
} from "../../core/locale/mod.ts";
import type { Language } from "../../core/session/mod.ts";
import type { Fen, Micros } from "../../core/units.ts";

export const LanguageContext = createContext<Language>("en");
/** Whether Tibetan has ༠–༩ instead of 0–9. */
export const TibetanDigitsContext = createContext(false);

/** Says a text of the dashboard in its language. */
export type Say = (key: string, args?: TextArgs) => string;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useSay(): Say {
  const language = useLanguage();
  const digits = useDigits();
  return useMemo(() => (key, args = {}) => {
    const written = Object.entries(args).map(([name, value]) => [name, digits(language, value)]);
    return textOf(language, key, Object.fromEntries(written));
  }, [language, digits]);
}

/** Numbers of a text in the digits that its language is to have. */
export function useDigits(): (language: Language, text: string) => string {
  const tibetan = useContext(TibetanDigitsContext);
  return useMemo(
    () => (language, text) => tibetan && language === "bo" ? tibetanDigits(text) : text,
    [tibetan],
  );
}

/** Money, numbers, dates and times in the dashboard's language, or in another. */
export interface Format {
  readonly yuan: (amount: Fen) => string;
  readonly integer: (value: number) => string;
  readonly seconds: (length: Micros) => string;
  readonly date: (wall_ms: number) => string;
  readonly timeOfDay: (wall_ms: number) => string;
}

export function useFormat(other?: Language): Format {
  const own = useLanguage();
  const language = other ?? own;
  const digits = useDigits();
  return useMemo(() => ({
    yuan: (amount) => digits(language, formatYuan(language, amount)),
    integer: (value) => digits(language, formatInteger(value)),
    seconds: (length) => digits(language, formatSeconds(language, length)),
    date: (wall_ms) => digits(language, formatDate(language, wall_ms)),
    timeOfDay: (wall_ms) => digits(language, formatTimeOfDay(wall_ms)),
  }), [language, digits]);
}
