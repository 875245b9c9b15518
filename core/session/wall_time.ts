/** Wall-clock fields of an ISO 8583 message. */
import { chinaTime, civilTime } from "../calendar.ts";

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
