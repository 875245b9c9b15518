/** What stands on a receipt, row by row. Numbers come masked. */
import { formatDate, formatTimeOfDay, formatYuan, machineText } from "../locale/mod.ts";
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
    [machineText(language, "de-41"), terminal],
    [machineText(language, "de-11"), stan],
    [machineText(language, "de-2"), account],
    [machineText(language, "de-4"), formatYuan(language, amount)],
  ];
}
