/**
 * Wall-clock fields of a message, by integer arithmetic: no `Date`, no time zone data, the same
 * everywhere. China keeps one time, UTC+8, without daylight saving.
 */

const MS_PER_DAY = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3_600_000;

export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * Calendar date and time of a moment, UTC.
 *
 * The date follows Howard Hinnant's "civil_from_days" (proleptic Gregorian, eras of 400 years).
 */
export function civilTime(ms: number): CivilTime {
  const days = Math.floor(ms / MS_PER_DAY);
  const rest = Math.floor((ms - days * MS_PER_DAY) / 1000);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  };
}

/** The same moment as clocks in China show it. */
export function chinaTime(ms: number): CivilTime {
  return civilTime(ms + CHINA_OFFSET_MS);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** DE 7, MMDDhhmmss, Greenwich time as the standard asks. */
export function transmissionTime(ms: number): string {
  const t = civilTime(ms);
  return two(t.month) + two(t.day) + two(t.hour) + two(t.minute) + two(t.second);
}

/** DE 12 (hhmmss) and DE 13 (MMDD), local. */
export function localTime(ms: number): { readonly 12: string; readonly 13: string } {
  const t = chinaTime(ms);
  return {
    12: two(t.hour) + two(t.minute) + two(t.second),
    13: two(t.month) + two(t.day),
  };
}
