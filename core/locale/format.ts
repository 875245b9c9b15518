/**
 * Money, numbers, dates and times in our own formats, checked against CLDR 48 by hand.
 *
 * `Intl` is not used: Chromium has no Tibetan locale, and what a trace or a receipt says must not
 * depend on the ICU data a runtime happens to carry. Digits are 0–9 in every language, as in 558 of
 * 576 numbers in Tibetan interfaces of the PRC; who wants ༠–༩ asks for `tibetanDigits`. Spaces inside an
 * amount do not break.
 *
 * @module
 */
import { CHINA_OFFSET_MS, chinaTime, MS_PER_DAY } from "../calendar.ts";
import type { Language } from "../session/mod.ts";
import type { Fen, Micros } from "../units.ts";

const NO_BREAK = "\u00a0";

const MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
/** CLDR 48 `bo`, wide month names without the leading ཟླ་བ་ and the closing tsheg. */
const MONTHS_BO = [
  "དང་པོ",
  "གཉིས་པ",
  "གསུམ་པ",
  "བཞི་པ",
  "ལྔ་པ",
  "དྲུག་པ",
  "བདུན་པ",
  "བརྒྱད་པ",
  "དགུ་པ",
  "བཅུ་པ",
  "བཅུ་གཅིག་པ",
  "བཅུ་གཉིས་པ",
];

/** Groups the digits of an integer in threes: 1234567 → 1,234,567. */
export function formatInteger(value: number): string {
  const digits = Math.abs(Math.trunc(value)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ",");
  return value <= -1 ? `−${grouped}` : grouped;
}

/** An amount of money: ¥1,234 · 1,234 元 · སྒོར་ 1,234. Fen are shown when there are any. */
export function formatYuan(language: Language, amount: Fen): string {
  const fen = Math.abs(amount) % 100;
  const whole = formatInteger((Math.abs(amount) - fen) / 100);
  const sign = amount < 0 ? "−" : "";
  const number = fen === 0 ? whole : `${whole}.${fen.toString().padStart(2, "0")}`;
  switch (language) {
    case "en":
      return `${sign}¥${number}`;
    case "zh":
      return `${sign}${number}${NO_BREAK}元`;
    case "bo":
      return `སྒོར་${NO_BREAK}${sign}${number}`;
  }
}

/** The bank's date (UTC+8) of a moment in milliseconds since 1970. */
export function formatDate(language: Language, wall_ms: number): string {
  const { year, month, day } = chinaTime(wall_ms);
  switch (language) {
    case "en":
      return `${day} ${MONTHS_EN[month - 1]} ${year}`;
    case "zh":
      return `${year}年${month}月${day}日`;
    case "bo":
      return `སྤྱི་ལོ་${year}${NO_BREAK}ཟླ་བ་${MONTHS_BO[month - 1]}འི་ཚེས་${day}`;
  }
}

/** The bank's time of day (UTC+8), 24 hours: 10:30:05. The same in every language. */
export function formatTimeOfDay(wall_ms: number): string {
  const ms = ((wall_ms + CHINA_OFFSET_MS) % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
  const two = (value: number) => Math.floor(value).toString().padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}`;
}

/** A moment of a run as a clock, minutes:seconds.milliseconds: 0:12.345. */
export function formatMoment(at: Micros): string {
  const ms = Math.floor(at / 1_000);
  const seconds = Math.floor(ms / 1_000);
  const clock = `${Math.floor(seconds / 60)}:${(seconds % 60).toString().padStart(2, "0")}`;
  return `${clock}.${(ms % 1_000).toString().padStart(3, "0")}`;
}

/** A length of time in seconds with one decimal: 18.4 s · 18.4 秒 · སྐར་ཆ་ 18.4. */
export function formatSeconds(language: Language, length: Micros): string {
  const tenths = Math.round(length / 100_000);
  const number = `${formatInteger(Math.floor(tenths / 10))}.${tenths % 10}`;
  switch (language) {
    case "en":
      return `${number}${NO_BREAK}s`;
    case "zh":
      return `${number}${NO_BREAK}秒`;
    case "bo":
      return `སྐར་ཆ་${NO_BREAK}${number}`;
  }
}

/** The same text with the digits ༠–༩ (U+0F20–0F29). For numbers and amounts, not for names or hashes. */
export function tibetanDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0f20 + Number(digit)));
}
