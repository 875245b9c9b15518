/** What stands on a receipt, row by row. Numbers come masked. */
import { formatDate, formatTimeOfDay, formatYuan, textOf } from "../locale/mod.ts";
import type { Language } from "../session/mod.ts";
import type { Fen } from "../units.ts";

export interface Receipt {
  readonly language: Language;
  readonly terminal: string;
  /** DE 11: by this number a bank finds the withdrawal again. */
  readonly stan: string;
  readonly wall_ms: number;
  readonly amount: Fen;
  readonly account: string;
}

/** Left and right end of each row; a row of one text stands in the middle. */
export function receiptRows(receipt: Receipt): (readonly [string, string] | readonly [string])[] {
  const { language, terminal, stan, wall_ms, amount, account } = receipt;
  return [
    ["ATM"],
    [formatDate(language, wall_ms), formatTimeOfDay(wall_ms)],
    [textOf(language, "de-41"), terminal],
    [textOf(language, "de-11"), stan],
    [textOf(language, "de-2"), account],
    [textOf(language, "de-4"), formatYuan(language, amount)],
  ];
}
