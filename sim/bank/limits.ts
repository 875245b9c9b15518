import { CHINA_OFFSET_MS, MS_PER_DAY } from "../../core/calendar.ts";
import { type Fen, yuan } from "../../core/units.ts";
import type { Profile } from "../../devices/mod.ts";

const MS_PER_HOUR = 3_600_000;

/** What a customer may do. */
export interface BankLimits {
  readonly per_withdrawal: Fen;
  /** In one banking day, all withdrawals together. */
  readonly per_day: Fen;
  readonly per_day_count: number;
  /** Wrong PINs in a row until the customer is locked. */
  readonly pin_tries: number;
  /** How long that lock lasts; absent: until somebody at a branch lifts it. */
  readonly pin_lock_ms?: number;
  /** Faces in a row that were not the customer's, until the way with the face is closed; absent: never. */
  readonly face_refusals?: number;
  readonly face_lock_ms?: number;
}

/** The limits a machine profile states, in the bank's units. */
export function bankLimitsOf(limits: Profile["limits"]): BankLimits {
  return {
    per_withdrawal: yuan(limits.per_withdrawal_yuan),
    per_day: yuan(limits.per_day_yuan),
    per_day_count: limits.per_day_count,
    pin_tries: limits.pin_tries,
    ...(limits.pin_lock_h === undefined ? {} : { pin_lock_ms: limits.pin_lock_h * MS_PER_HOUR }),
    ...(limits.face_refusals === undefined ? {} : { face_refusals: limits.face_refusals }),
    ...(limits.face_lock_h === undefined ? {} : { face_lock_ms: limits.face_lock_h * MS_PER_HOUR }),
  };
}

/** What a customer has withdrawn today, reversed withdrawals not counted. */
export interface Today {
  readonly count: number;
  readonly amount: Fen;
}

/** 61 exceeds an amount, 65 a frequency, 51 what there is; `null` when it may be paid. */
export function refusalOf(
  amount: Fen,
  today: Today,
  balance: Fen,
  limits: BankLimits,
): "61" | "65" | "51" | null {
  if (amount > limits.per_withdrawal) return "61";
  if (today.amount + amount > limits.per_day) return "61";
  if (today.count >= limits.per_day_count) return "65";
  if (amount > balance) return "51";
  return null;
}

/** The banking day: days since 1970 by the clock of all China, which has no summer time. */
export function dayOf(wall_ms: number): number {
  return Math.floor((wall_ms + CHINA_OFFSET_MS) / MS_PER_DAY);
}
