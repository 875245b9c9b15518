import type { Fen } from "../units.ts";

/**
 * An amount as a receipt writes it: yuan with two decimals and commas, no sign of the currency.
 *
 * Written out by hand because what the platform's formatter writes depends on its build.
 *
 * @example
 * ```ts
 * import { fen } from "../units.ts";
 * formatYuan(fen(860_050)); // "8,600.50"
 * ```
 */
export function formatYuan(amount: Fen): string {
  const size = Math.abs(amount);
  const whole = String(Math.floor(size / 100)).replace(/\B(?=([0-9]{3})+$)/g, ",");
  return `${amount < 0 ? "-" : ""}${whole}.${String(size % 100).padStart(2, "0")}`;
}

/** The same without decimals when they are zero, as a screen writes it: "500", "8,600.50". */
export function formatYuanShort(amount: Fen): string {
  return formatYuan(amount).replace(/\.00$/, "");
}
