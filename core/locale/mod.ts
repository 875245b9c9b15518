/** What the product says, in Tibetan, Chinese and English; and how it writes money and time. @module */
export {
  formatDate,
  formatInteger,
  formatMoment,
  formatSeconds,
  formatTimeOfDay,
  formatYuan,
  tibetanDigits,
} from "./format.ts";
export * from "./names.ts";
export { controlLabel, isChosen, type ScreenTexts, screenTexts } from "./screen_texts.ts";
export {
  DASHBOARD_SOURCES,
  hasText,
  LANGUAGES,
  LOCALE_SOURCES,
  machineText,
  type Sources,
  type TextArgs,
  textOf,
} from "./text.ts";
