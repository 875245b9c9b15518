/**
 * Which runs of the table are shown, and in which order.
 *
 * @module
 */
import type { TitleOf } from "../run_title.ts";
import type { AuditRow } from "./fetch.ts";

export interface Filter {
  /** Part of the scenario's id or title, the masked number, the reason or the root. */
  readonly text: string;
  readonly outcome: string;
  readonly decided_by: string;
  readonly money: string;
  /** Only runs in which an oracle found something. */
  readonly broken: boolean;
}

export const EVERYTHING: Filter = {
  text: "",
  outcome: "",
  decided_by: "",
  money: "",
  broken: false,
};

export const SORTS = {
  when: (row: AuditRow) => row.started_ms ?? 0,
  scenario: (row: AuditRow) => row.scenario,
  outcome: (row: AuditRow) => row.outcome,
  decided: (row: AuditRow) => row.decided_by,
  duration: (row: AuditRow) => row.session_ms,
  money: (row: AuditRow) => row.money.taken_fen,
} as const;
export type SortName = keyof typeof SORTS;

export interface Sort {
  readonly by: SortName;
  readonly down: boolean;
}

/** The rows that pass, sorted; rows that compare alike keep their order. */
export function shownOf(
  rows: readonly AuditRow[],
  filter: Filter,
  sort: Sort,
  title: TitleOf,
): AuditRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const passes = (row: AuditRow) =>
    (filter.outcome === "" || row.outcome === filter.outcome) &&
    (filter.decided_by === "" || row.decided_by === filter.decided_by) &&
    (filter.money === "" || row.money.state === filter.money) &&
    (!filter.broken || row.findings.length > 0) &&
    words.every((word) => textOf(row, title).includes(word));
  const key = SORTS[sort.by];
  const sign = sort.down ? -1 : 1;
  return rows.filter(passes).sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
}

function textOf(row: AuditRow, title: TitleOf): string {
  const { id, scenario, seed, who, reason, root } = row;
  const told = [id, scenario, title(row), seed, who ?? "", reason, root];
  return told.join(" ").toLowerCase();
}

/** The values that occur, for a list to choose from. */
export function valuesOf(
  rows: readonly AuditRow[],
  value: (row: AuditRow) => string,
): readonly string[] {
  return [...new Set(rows.map(value))].sort();
}
